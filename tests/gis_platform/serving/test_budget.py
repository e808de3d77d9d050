"""A question that the planner finds too much for the role that asks is refused before it is asked."""

import asyncio
from typing import Any

import psycopg
import pytest

from gis_platform.database.server import Logins
from gis_platform.serving.budget import TooHeavy, require_affordable
from gis_platform.settings import Settings
from tests.support.filters import compiled

# Each parcel with each: four million pairs of polygons even in a small city.
HEAVY = b"""
    SELECT count(*) FROM layer.parcels a JOIN layer.parcels b ON ST_Distance(a.geom, b.geom) < %(metres)s
"""
LIGHT = b"SELECT id FROM layer.parcels WHERE id > %(after)s AND legal_area_m2 > 1 ORDER BY id LIMIT 100"


def asked(
    places: Logins,
    settings: Settings,
    statement: bytes,
    parameters: dict[str, Any],
    most: float | None = None,
) -> int:
    """Rows the statement gives, where it is affordable."""

    async def done() -> int:
        async with await psycopg.AsyncConnection.connect(places.public) as connection:
            bound = settings.max_query_cost if most is None else most
            await require_affordable(connection, statement, parameters, most=bound, parameter="filter")
            cursor = await connection.execute(statement, parameters)
            return len(await cursor.fetchall())

    return asyncio.run(done())


def test_every_parcel_with_every_other_is_refused(small_city: Logins, base_settings: Settings) -> None:
    with pytest.raises(TooHeavy) as refused:
        asked(small_city, base_settings, HEAVY, {"metres": 50_000})
    body = refused.value.body()
    assert (body["status"], body["parameter"]) == (400, "filter")
    assert body["type"].endswith(":too-heavy")
    assert "POST /api/exports" in body["detail"]
    assert body["cost"] > body["most"] == base_settings.max_query_cost


def test_an_ordinary_question_passes(small_city: Logins, base_settings: Settings) -> None:
    assert asked(small_city, base_settings, LIGHT, {"after": 0}) > 0


def test_the_bound_is_the_setting(small_city: Logins, base_settings: Settings) -> None:
    with pytest.raises(TooHeavy):
        asked(small_city, base_settings, LIGHT, {"after": 0}, most=0.01)


@pytest.mark.parametrize("text", ["CASEI(address)", "ACCENTI(address)", "ACCENTI(CASEI(address))"])
def test_the_price_of_a_text_made_plain_is_seen(
    small_city: Logins, base_settings: Settings, text: str
) -> None:
    """Per row it takes about as long as a comparison of shapes, which PostGIS tells the planner too."""
    rows = asked(small_city, base_settings, b"SELECT id FROM layer.parcels", {})
    for side, dear in (("address", False), (text, True)):
        condition = compiled(f"{side} LIKE '%hue%'")
        statement = f"SELECT t.id FROM layer.parcels t WHERE {condition.sql}".encode()  # noqa: S608
        if not dear:
            asked(small_city, base_settings, statement, dict(condition.parameters), most=rows)
            continue
        with pytest.raises(TooHeavy):
            asked(small_city, base_settings, statement, dict(condition.parameters), most=rows)


def test_nothing_is_run_to_find_out(small_city: Logins, base_settings: Settings) -> None:
    """The planner alone is asked: what would fail when run is not run."""
    with pytest.raises(TooHeavy):
        asked(small_city, base_settings, b"SELECT 1 / (id - id) FROM layer.parcels", {}, most=1)


def test_what_the_role_may_not_read_is_not_planned(small_city: Logins, base_settings: Settings) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked(small_city, base_settings, b"SELECT * FROM core.account", {})
