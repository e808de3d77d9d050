"""A parcel in a zone, and how to ask for it."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.accounts import PASSWORD, make_account

Connection = psycopg.Connection[Any]
Ask = Callable[[], dict[str, Any]]
SignIn = Callable[[Role], dict[str, str]]

_GROUND = """
    INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    VALUES ('28249', '12', '45', '2025-01-01', '2025-01-01',
            ST_Multi(ST_MakeEnvelope(567200, 1145150, 567210, 1145170, core.working_srid())));
    INSERT INTO layer.zoning (code, title, theme, plan_code, plan_name, plan_level, decision_no,
                              decision_date, function_code, source_date, valid_from, geom)
    VALUES ('C1', 'Khu ở C1', 'land_function', 'QHC', 'Quy hoạch chung', 'chung', '1/QĐ-UBND', '2022-01-01',
            'ODT', '2022-06-30', '2022-06-30',
            ST_Multi(ST_MakeEnvelope(567100, 1145100, 567300, 1145300, core.working_srid())));
"""


@pytest.fixture
def ground(database: Logins) -> Iterator[Connection]:
    """An owner's connection, each statement committed at once."""
    with psycopg.connect(database.owner, autocommit=True) as connection:
        connection.execute(_GROUND)
        yield connection


@pytest.fixture
def ask(client: TestClient, ground: Connection) -> Ask:  # noqa: ARG001  (something must lie there)
    """The planning answer of the parcel."""

    def answer() -> dict[str, Any]:
        told = client.get("/api/planning/lookup", params={"sheet": "12", "parcel": "45"})
        assert told.status_code == 200, told.text
        return dict(told.json())

    return answer


@pytest.fixture
def sign_in(client: TestClient, database: Logins) -> SignIn:
    """Headers of an account of a role, made for it."""

    def headers(role: Role) -> dict[str, str]:
        make_account(database, f"nguoi-{role}", role)
        told = client.post("/api/auth/token", data={"username": f"nguoi-{role}", "password": PASSWORD})
        return {"Authorization": f"Bearer {told.json()['access_token']}"}

    return headers
