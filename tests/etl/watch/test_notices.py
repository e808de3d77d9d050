"""Stewards are told once, for as long as it lasts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import psycopg
import pytest

from etl.watch.contracts import state_contract
from etl.watch.notices import Changed, renew_notices
from gis_platform.access.roles import Role
from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.layer import installed_layers
from tests.etl.watch.conftest import enter_delivery
from tests.support.acting import connected_as

CITY, LAYERS = load_city("my_tho"), installed_layers()
TODAY = date(2026, 11, 23)


@pytest.fixture
def anyio_backend() -> str:
    """As the platform runs."""
    return "asyncio"


async def _renew(places: Logins, today: date = TODAY) -> Changed:
    async with await psycopg.AsyncConnection[Any].connect(places.app) as connection:
        return await renew_notices(connection, CITY, LAYERS, today)


def _enter(places: Logins, source_date: str, **more: Any) -> int:
    with psycopg.connect(places.owner) as connection:
        return enter_delivery(connection, source_date, **more)


def _set(places: Logins, delivery: int, status: str) -> None:
    with psycopg.connect(places.owner) as connection:
        connection.execute("UPDATE core.delivery SET status = %s WHERE id = %s", [status, delivery])


def _parcel(places: Logins, day: str) -> None:
    with psycopg.connect(places.owner) as connection:
        connection.execute(
            """INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
               SELECT '28249', '12', '1', d, d,
                      ST_Multi(ST_MakeEnvelope(567000, 1145000, 567010, 1145010, core.working_srid()))
               FROM CAST(%s AS date) d""",
            [day],
        )


def _open(places: Logins) -> Mapping[str, str]:
    with psycopg.connect(places.owner) as connection:
        rows = connection.execute("SELECT kind, text_vi FROM core.notice WHERE cleared_at IS NULL")
        return {str(row[0]): str(row[1]) for row in rows}


@pytest.mark.anyio
async def test_what_is_overdue_is_told_once_and_ends(database: Logins) -> None:
    _parcel(database, "2018-09-01")
    assert await _renew(database) == Changed(1, 0)
    assert await _renew(database) == Changed(0, 0)
    assert await _renew(database, date(2026, 12, 24)) == Changed(0, 0)
    assert _open(database) == {
        "overdue": "Quá hạn cập nhật: Thửa đất. Số liệu ngày 01/09/2018, hạn giao 02/10/2018."
    }
    with psycopg.connect(database.owner) as connection:
        connection.execute("UPDATE layer.parcels SET source_date = '2026-11-20', valid_from = '2026-11-20'")
    assert await _renew(database) == Changed(0, 1)
    assert _open(database) == {}
    assert await _renew(database, date(2027, 6, 1)) == Changed(1, 0)


@pytest.mark.anyio
async def test_a_source_that_owes_by_contract_is_told_by_its_name(database: Logins) -> None:
    _enter(database, "2026-09-30")
    with psycopg.connect(database.owner) as connection:
        said = {"cycle_days": 30, "valid_from": date(2026, 1, 1)}
        state_contract(connection, LAYERS, "parcels", "sở", said, "test")
    await _renew(database)
    assert "Thửa đất, nguồn sở" in _open(database)["overdue_source"]


@pytest.mark.anyio
async def test_deliveries_that_wait_or_failed_are_told_until_it_is_over(database: Logins) -> None:
    waits, fails = (
        _enter(database, "2026-10-31", status="ready"),
        _enter(database, "2026-10-31", status="refused"),
    )
    assert await _renew(database) == Changed(2, 0)
    told = _open(database)
    assert f"Đợt giao số {waits}" in told["waiting"]
    assert f"Đợt giao số {fails}" in told["failed"]
    _set(database, waits, "applied")
    assert await _renew(database) == Changed(0, 1)
    _enter(database, "2026-10-31", status="received")
    assert await _renew(database) == Changed(0, 1)
    assert _open(database) == {}


@pytest.mark.anyio
async def test_what_makes_no_progress_is_told(database: Logins) -> None:
    _enter(database, "2026-10-31", status="preparing", received_at="2026-11-01T03:00:00Z")
    _enter(database, "2026-10-31", status="received")
    assert await _renew(database) == Changed(1, 0)
    assert "không có tiến triển" in _open(database)["stuck"]


@pytest.mark.anyio
async def test_the_database_shows_a_notice_to_those_it_is_for(database: Logins) -> None:
    _enter(database, "2026-10-31", status="ready")
    await _renew(database)
    for role in (Role.STEWARD, Role.ADMIN, Role.PLANNER, Role.AUDITOR):
        with connected_as(database, role) as connection:
            row = connection.execute("SELECT count(*) FROM core.notice").fetchone()
            assert row == (int(role in (Role.STEWARD, Role.ADMIN)),)
    with (
        connected_as(database, Role.PUBLIC) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT count(*) FROM core.notice")
