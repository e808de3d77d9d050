"""A provider of OpenID Connect, and a visitor of the application that trusts it."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, Person, Provider
from tests.support.swept import database, swept_clone

__all__ = ["database", "provider", "swept_clone", "visitor"]


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider at which the steward Hoa sits."""
    with Provider() as running:
        claims = {"role": "steward", "preferred_username": "hoa", "name": "Lê Thị Hoa"}
        running.person = Person("subject-1", claims)
        yield running


@pytest.fixture
def visitor(provider: Provider, database: Logins, settings: Settings) -> Iterator[TestClient]:
    """A browser at the application, which knows the provider."""
    issued = settings.model_copy(
        update={
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": SecretStr(CLIENT_SECRET),
        }
    )
    with TestClient(create_app(issued, database), follow_redirects=False) as opened:
        yield opened
