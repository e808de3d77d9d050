"""The application over a database of its own, staff signed in, and features to write."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.access.roles import STAFF, Role
from gis_platform.database.server import Logins, logins
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
from tests.support.accounts import PASSWORD, make_account
from tests.support.databases import drop_database, fresh_database
from tests.support.features import make_feature

Feature = dict[str, Any]
GEOJSON, MERGE = "application/geo+json", "application/merge-patch+json"


@dataclass(frozen=True)
class Desk:
    """Where staff write features; ``role`` of each call says as whom."""

    client: TestClient
    places: Logins
    headers: Mapping[Role, dict[str, str]]
    empty: str

    def sample(self, layer: str, number: int) -> Feature:
        """A feature that the layer takes, as JSON; each number gives another one in another place."""
        with psycopg.connect(self.empty) as owner:
            made = make_feature(owner, installed_layers()[layer], number)
            owner.rollback()
        feature: Feature = json.loads(json.dumps(made, default=lambda value: value.isoformat()))
        if "identifier" in feature["properties"]:
            feature["properties"]["identifier"] = f"{number:012d}"
        return feature

    def send(self, method: str, path: str, role: Role, body: Any = None, **asked: Any) -> Any:
        """Any request; ``headers`` are added, ``raw`` is a body sent as it is, the rest are parameters."""
        kind = MERGE if method == "PATCH" else GEOJSON
        headers = {"Content-Type": kind, **self.headers[role], **asked.pop("headers", {})}
        raw = asked.pop("raw", None)
        content = raw if raw is not None else None if body is None else json.dumps(body).encode()
        path = f"/ogc/collections/{path}"
        return self.client.request(method, path, content=content, headers=headers, params=asked)

    def create(self, layer: str, body: Feature, role: Role = Role.ADMIN, **asked: Any) -> tuple[str, str]:
        """Path and tag of a new feature."""
        answer = self.send("POST", f"{layer}/items", role, body, **asked)
        assert answer.status_code == 201, answer.text
        path = answer.headers["Location"].partition("/ogc/collections/")[2]
        return path, answer.headers["ETag"]

    def change(self, method: str, path: str, tag: str, body: Any = None, **asked: Any) -> Any:
        """PUT, PATCH or DELETE under a tag."""
        role = asked.pop("role", Role.ADMIN)
        headers = {"If-Match": tag, **asked.pop("headers", {})}
        return self.send(method, path, role, body, headers=headers, **asked)

    def get(self, path: str, role: Role = Role.ADMIN, **asked: Any) -> Any:
        """Read below ``/ogc/collections``."""
        return self.client.get(f"/ogc/collections/{path}", params=asked, headers=self.headers[role])

    def value(self, query: str, *parameters: object) -> Any:
        """The first value of a query as the owner."""
        with psycopg.connect(self.places.owner) as owner:
            row = owner.execute(query.encode(), parameters).fetchone()
        assert row is not None
        return row[0]


@pytest.fixture(scope="session")
def desk(server: str, shared: str, template: str, base_settings: Settings) -> Iterator[Desk]:
    """Shared by the tests of writing: each writes features of its own."""
    name = "gis_editing_test"
    places = logins(base_settings, fresh_database(server, name, template))
    for role in sorted(STAFF):
        make_account(places, f"editing-{role}", role)
    with TestClient(create_app(base_settings, places), raise_server_exceptions=False) as client:
        headers: dict[Role, dict[str, str]] = {Role.PUBLIC: {}}
        for role in sorted(STAFF):
            account = {"username": f"editing-{role}", "password": PASSWORD}
            answer = client.post("/api/auth/token", data=account)
            headers[role] = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        yield Desk(client, places, headers, shared)
    drop_database(server, name)
