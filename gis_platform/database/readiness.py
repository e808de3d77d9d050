"""Whether a database is what the code needs: migrated, and loaded where a demo city is asked for."""

from functools import cache
from typing import Any

import psycopg

from gis_platform.city import City
from gis_platform.database.migrate import migration_heads
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@cache
def _heads() -> frozenset[str]:
    return migration_heads()


def wants_demo(settings: Settings, city: City) -> bool:
    """True where the city's profile has a demo and the settings ask for it."""
    return city.demo and settings.load_demo


async def why_not_ready(
    connection: psycopg.AsyncConnection[Any], settings: Settings, city: City
) -> list[str]:
    """Sentences on what is missing; empty when the platform can serve."""
    there = await (await connection.execute(SQL["tables"].text.encode())).fetchone()
    if there is None or not all(there):
        return ["The database is not migrated: run `gis-platform migrate`."]
    versions = await (await connection.execute(SQL["versions"].text.encode())).fetchall()
    if {row[0] for row in versions} != _heads():
        return ["The database is at another version than the code: run `gis-platform migrate`."]
    demo = await (await connection.execute(SQL["demo_loaded"].text.encode())).fetchone()
    if wants_demo(settings, city) and demo is None:
        return ["The demo city is not loaded: run `gis-platform demo`."]
    return []
