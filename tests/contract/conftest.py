"""The shared, empty database, and one more that holds one delivered feature of every layer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from etl.delivery.deliver import deliver
from etl.delivery.request import DeliveryRequest
from gis_platform.access.roles import STAFF, Role
from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from tests.support.accounts import PASSWORD, make_account
from tests.support.databases import fresh_database
from tests.support.features import collection_of, make_feature
from tests.support.layers import LAYERS

SOURCE_DATE = date(2020, 9, 1)


@dataclass(frozen=True)
class Delivered:
    """The application over a database with one feature a layer; the features as they were sent."""

    client: TestClient
    places: Logins
    features: Mapping[str, dict[str, Any]]
    headers: Mapping[Role, dict[str, str]]

    def get(self, path: str, role: Role, **asked: Any) -> Any:
        """Ask as a role."""
        return self.client.get(path, params=asked, headers=self.headers[role])


@pytest.fixture(scope="session")
def places(shared: str, base_settings: Settings) -> Logins:
    """The three logins of the shared database; what is done through them must not stay."""
    return logins(base_settings, shared)


@pytest.fixture(scope="session")
def delivered(
    server: str, template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Delivered]:
    """Every layer got a GeoJSON file with one feature, the way another office would send it."""
    places = logins(base_settings, fresh_database(server, "gis_contract_test", template))
    folder = tmp_path_factory.mktemp("contract")
    features = {}
    with psycopg.connect(places.owner) as connection:
        for layer in LAYERS:
            features[layer.name] = make_feature(connection, layer)
    for name, feature in features.items():
        file = folder / f"{name}.geojson"
        file.write_text(collection_of(feature), encoding="utf-8")
        request = DeliveryRequest(file=file, layer=name, source_date=SOURCE_DATE)
        assert deliver(base_settings, request, places.owner).status == "applied"
    for role in sorted(STAFF):
        make_account(places, f"contract-{role}", role)
    with TestClient(create_app(base_settings, places), raise_server_exceptions=False) as client:
        headers: dict[Role, dict[str, str]] = {Role.PUBLIC: {}}
        headers |= {role: _sign_in(client, role) for role in sorted(STAFF)}
        yield Delivered(client, places, features, headers)


def _sign_in(client: TestClient, role: Role) -> dict[str, str]:
    answer = client.post("/api/auth/token", data={"username": f"contract-{role}", "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
