"""How fresh everything is that a caller may see, layer by layer and source by source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import dict_row

from gis_platform.city import City
from gis_platform.clock.calendar_store import load_calendar_async
from gis_platform.clock.days import WorkingCalendar
from gis_platform.freshness.due import NextDue, next_due
from gis_platform.freshness.terms import AgreedTerms, Terms, read_terms
from gis_platform.layer import Layer
from gis_platform.layer.freshness import Freshness, read_freshness
from gis_platform.raster.catalogue import all_rasters
from gis_platform.raster.entry import RasterEntry
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of a layer: the newest date it stated, and how often it came.

    ``due`` is None for a source that owes nothing: another has taken its place, or nothing has a cycle.
    """

    source: str
    source_date: date | None
    received_at: datetime | None
    deliveries: int
    synthetic: bool
    terms: Terms
    due: NextDue | None


@dataclass(frozen=True, slots=True)
class LayerLine:
    """One layer: the age of its oldest rows counts, for 2018 must not hide behind one new row."""

    layer: Layer
    known: Freshness
    terms: Terms
    due: NextDue | None
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class RasterLine:
    """One raster by its newest version."""

    newest: RasterEntry
    received_at: datetime
    versions: int
    terms: Terms
    due: NextDue | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on one day of the city."""

    today: date
    layers: tuple[LayerLine, ...]
    rasters: tuple[RasterLine, ...]


async def read_report(
    connection: psycopg.AsyncConnection[Any], city: City, layers: Iterable[Layer], today: date
) -> Report:
    """Ask the database; the connection's role decides which rows and rasters count."""
    terms = await read_terms(connection, city, today)
    calendar = await load_calendar_async(connection)
    zone = ZoneInfo(city.timezone)
    standing = await _standing(connection, zone)
    lines = []
    for layer in layers:
        known = await read_freshness(connection, layer)
        sources = _sources(layer, standing.get(layer.name, []), terms, calendar)
        own = terms.of(layer, sources[0].source if sources else None)
        lines.append(LayerLine(layer, known, own, next_due(calendar, known.oldest, own), sources))
    rasters = []
    for versions in (await all_rasters(connection)).values():
        agreed = terms.of_raster(versions[0].name)
        due = next_due(calendar, versions[0].date, agreed)
        received_at = versions[0].registered_at.astimezone(zone)
        rasters.append(RasterLine(versions[0], received_at, len(versions), agreed, due))
    return Report(today, tuple(lines), tuple(rasters))


async def _standing(
    connection: psycopg.AsyncConnection[Any], zone: ZoneInfo
) -> dict[str, list[dict[str, Any]]]:
    """Rows by layer; moments in the city's own time."""
    found: dict[str, list[dict[str, Any]]] = {}
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(SQL["sources"].text.encode())
        for row in await cursor.fetchall():
            row["received_at"] = row["received_at"].astimezone(zone)
            found.setdefault(row["layer"], []).append(row)
    return found


def _sources(
    layer: Layer, standing: list[dict[str, Any]], terms: AgreedTerms, calendar: WorkingCalendar
) -> tuple[SourceLine, ...]:
    """Those that brought something, newest first, then those that a contract names and that never came."""
    lines = []
    for place, row in enumerate(standing):
        own = terms.of(layer, row["source"])
        owes = own.stated or place == 0
        due = next_due(calendar, row["source_date"], own) if owes else None
        told = (row["source_date"], row["received_at"], row["deliveries"], row["synthetic"])
        lines.append(SourceLine(row["source"], *told, own, due))
    came = {line.source for line in lines}
    for source in terms.sources_of(layer.name):
        if source not in came:
            own = terms.of(layer, source)
            lines.append(SourceLine(source, None, None, 0, False, own, next_due(calendar, own.since, own)))
    return tuple(lines)
