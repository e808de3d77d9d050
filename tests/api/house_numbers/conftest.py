"""A database of its own for the towns of these tests, with officers who sign in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from tests.support.accounts import PASSWORD, make_account
from tests.support.databases import fresh_database
from tests.support.towns import UNIT


@dataclass(frozen=True)
class Office:
    """The application over the towns; ``officer`` works for the whole city, ``ward`` for one unit."""

    client: TestClient
    places: Logins
    officer: dict[str, str]
    ward: dict[str, str]
    elsewhere: dict[str, str]
    planner: dict[str, str]

    def get(self, path: str, **asked: Any) -> Any:
        """Ask as anybody."""
        return self.client.get(path, params=asked)

    def review(self, **asked: Any) -> Any:
        """The dry run."""
        return self.client.get("/api/house-numbers/review", params=asked, headers=self.officer)

    def post(self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
        """Do something as the officer."""
        return self.client.post(path, json=body, headers=headers or self.officer)


@pytest.fixture(scope="module")
def office(server: str, template: str, base_settings: Settings) -> Iterator[Office]:
    """A fresh database for each module."""
    places = logins(base_settings, fresh_database(server, "gis_numbers_test", template))
    make_account(places, "hoa", Role.PERMIT, unit_code="*")
    make_account(places, "lan", Role.PERMIT, unit_code=UNIT)
    make_account(places, "mai", Role.PERMIT, unit_code="28999")
    make_account(places, "an", Role.PLANNER)
    with TestClient(create_app(base_settings, places), raise_server_exceptions=False) as client:
        signed = [_sign_in(client, name) for name in ("hoa", "lan", "mai", "an")]
        yield Office(client, places, *signed)


@pytest.fixture
def owner(office: Office) -> Iterator[psycopg.Connection[Any]]:
    """The owner's connection; each statement is committed."""
    with psycopg.connect(office.places.owner, autocommit=True) as connection:
        yield connection


def _sign_in(client: TestClient, name: str) -> dict[str, str]:
    answer = client.post("/api/auth/token", data={"username": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
