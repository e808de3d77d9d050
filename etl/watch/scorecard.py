"""How well each source keeps to what it owes, counted from the register of deliveries."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from statistics import median
from typing import Any

import psycopg
from psycopg.rows import dict_row

from gis_platform.city import City
from gis_platform.clock.calendar_store import load_calendar, load_calendar_async
from gis_platform.clock.days import WorkingCalendar
from gis_platform.freshness.due import next_due
from gis_platform.freshness.terms import Terms, agreed
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_STANDS = ("applied", "partly_applied")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One source of one layer.

    Attributes:
        deliveries: how many came; refused: of them by the checks.
        on_time, late: those that stand, by the due day of the one before; the first has none.
        median_delay_days: from the date of the data to the day it came, of those that stand.
        faults_per_1000: errors and warnings for 1,000 rows checked, refused ones too; None without a row.
        last_source_date: of what stands; next_due and overdue_days follow from it.
    """

    layer: str
    source: str
    deliveries: int
    refused: int
    on_time: int
    late: int
    median_delay_days: float | None
    faults_per_1000: float | None
    last_source_date: date | None
    next_due: date | None
    next_due_vi: str | None
    next_due_en: str | None
    overdue_days: int

    def as_json(self) -> dict[str, Any]:
        """For programs; days are ISO."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }


def scorecards(
    connection: psycopg.Connection[Any], city: City, layers: Mapping[str, Layer], today: date
) -> list[Scorecard]:
    """Those of every source that ever delivered, by layer and source."""
    calendar = load_calendar(connection)
    with connection.cursor(row_factory=dict_row) as cursor:
        return score(cursor.execute(SQL["deliveries"].text).fetchall(), calendar, city, layers, today)


async def scorecards_async(
    connection: psycopg.AsyncConnection[Any], city: City, layers: Mapping[str, Layer], today: date
) -> list[Scorecard]:
    """The same for a request."""
    calendar = await load_calendar_async(connection)
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(SQL["deliveries"].text.encode())
        return score(await cursor.fetchall(), calendar, city, layers, today)


def score(
    rows: Iterable[Row],
    calendar: WorkingCalendar,
    city: City,
    layers: Mapping[str, Layer],
    today: date,
) -> list[Scorecard]:
    """From rows of `deliveries`, in their order; of layers that are not there nothing is told."""
    cards = []
    for (name, source), group in groupby(rows, key=lambda row: (row["layer"], row["source"])):
        if name in layers:
            cards.append(_card(layers[name], source, list(group), calendar, city, today))
    return cards


def _card(
    layer: Layer, source: str, came: list[Row], calendar: WorkingCalendar, city: City, today: date
) -> Scorecard:
    stand = [row for row in came if row["status"] in _STANDS]
    times = list(_in_time(layer, source, stand, calendar, city))
    last = max((row["source_date"] for row in stand), default=None)
    newest = {**came[-1], "received_on": today}
    due = next_due(calendar, last, _terms(layer, source, newest, city))
    # What was refused before its rows were counted has faults of columns or grid, not of rows.
    rows = sum(row["rows"] for row in came)
    faults = sum(row["faults"] for row in came if row["rows"])
    return Scorecard(
        layer=layer.name,
        source=source,
        deliveries=len(came),
        refused=sum(row["status"] == "refused" for row in came),
        on_time=sum(times),
        late=len(times) - sum(times),
        median_delay_days=median((row["received_on"] - row["source_date"]).days for row in stand)
        if stand
        else None,
        faults_per_1000=round(faults / rows * 1000, 2) if rows else None,
        last_source_date=last,
        next_due=due.on if due else None,
        next_due_vi=due.in_words("vi") if due else None,
        next_due_en=due.in_words("en") if due else None,
        overdue_days=due.overdue_days(today) if due else 0,
    )


def _in_time(
    layer: Layer, source: str, stand: list[Row], calendar: WorkingCalendar, city: City
) -> Iterable[bool]:
    """For each newer state but the first, whether it came by its due day."""
    before: date | None = None
    for row in stand:
        if before is not None and row["source_date"] <= before:
            continue  # a correction of what is there is nobody's duty
        due = next_due(calendar, before, _terms(layer, source, row, city))
        if due is not None:
            yield row["received_on"] <= due.on
        before = row["source_date"]


def _terms(layer: Layer, source: str, row: Row, city: City) -> Terms:
    """What was agreed on the day it came."""
    rows = [{**row, "valid_from": None}] if row["stated"] else []
    return agreed(city, rows, row["received_on"]).of(layer, source)
