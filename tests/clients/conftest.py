"""What the clients should find: the rows of the database as the public sees them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
import psycopg
import pytest
import shapely
from psycopg import sql

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.layers import LAYERS
from tests.support.server import RunningServer

PUBLIC = tuple(layer.name for layer in LAYERS if Role.PUBLIC in layer.audience)
GRID = 9210

Shapes = Mapping[int, Any]
Stored = Callable[..., Shapes]

_ROWS = sql.SQL("SELECT id, ST_AsBinary(geom) FROM layer.{} WHERE {}")


@pytest.fixture(scope="session")
def stored(small_city: Logins) -> Stored:
    """Shapes by id in the working grid, EPSG:9210: of a layer, and of its rows that fulfil ``where``."""

    def ask(layer: str, where: str = "true", **values: object) -> Shapes:
        with psycopg.connect(small_city.public) as connection:
            # The conditions are the tests' own words.
            statement = _ROWS.format(sql.Identifier(layer), sql.SQL(where))
            rows = connection.execute(statement, values)
            return {number: shapely.from_wkb(shape) for number, shape in rows}

    return ask


@pytest.fixture(scope="session")
def some_sheet(small_city: Logins) -> str:
    """The number of a map sheet that has parcels, not all of them."""
    with psycopg.connect(small_city.public) as connection:
        row = connection.execute("SELECT min(sheet_no) FROM layer.parcels").fetchone()
    assert row is not None
    return str(row[0])


@pytest.fixture(scope="session")
def officer(live_city: RunningServer, base_settings: Settings) -> str:
    """A bearer token of the operations centre."""
    accounts = json.loads((base_settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    answer = httpx2.post(f"{live_city.url}/api/auth/token", data=accounts[Role.OPERATOR], timeout=60)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])
