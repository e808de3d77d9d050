"""Reading the catalogue of rasters; the database shows each role only what is for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row

from gis_platform.clock.bounds import EARLIEST, LATEST
from gis_platform.errors import NotFound
from gis_platform.raster.entry import RasterEntry
from gis_platform.sqlfiles import Query, named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included; the newest version within is the one meant."""

    first: date = EARLIEST
    last: date = LATEST


ALWAYS = Period()


async def all_rasters(connection: psycopg.AsyncConnection[Any]) -> dict[str, list[RasterEntry]]:
    """Every raster the connection's role sees, its versions newest first."""
    found: dict[str, list[RasterEntry]] = {}
    for row in await _rows(connection, SQL["all_versions"], {}):
        found.setdefault(row["name"], []).append(RasterEntry.from_row(row))
    return found


async def versions_of(connection: psycopg.AsyncConnection[Any], name: str) -> list[RasterEntry]:
    """The versions of one raster, newest first; none where there is no such raster for this role."""
    return [RasterEntry.from_row(row) for row in await _rows(connection, SQL["versions"], {"name": name})]


async def version_at(connection: psycopg.AsyncConnection[Any], name: str, period: Period) -> RasterEntry:
    """The newest version within a period.

    Raises:
        NotFound: no such raster for this role, or no version in the period.
    """
    asked: dict[str, object] = {"name": name, "first": period.first, "last": period.last}
    rows = await _rows(connection, SQL["version_at"], asked)
    if rows:
        return RasterEntry.from_row(rows[0])
    known = await versions_of(connection, name)
    if not known:
        raise no_such_raster(name)
    dates = ", ".join(str(entry.date) for entry in reversed(known[:20]))
    raise NotFound(
        f"{name} has no version between {period.first} and {period.last}. There are: {dates}.",
        parameter="datetime",
    )


def no_such_raster(name: str) -> NotFound:
    """What is said of a name that nothing visible has."""
    return NotFound(f"There is no raster {name[:80]!r} that you may see.", parameter="collection")


async def _rows(
    connection: psycopg.AsyncConnection[Any], query: Query, parameters: dict[str, object]
) -> Sequence[DictRow]:
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query.text.encode(), parameters)
        return await cursor.fetchall()
