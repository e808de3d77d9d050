"""What the working calendar holds before an administrator corrects it.

Days come from the `holidays` package for Việt Nam. It lacks an official exchange of January 2026, holds a
day that was not yet law when read (24 November), and estimates what the Prime Minister decides each year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from holidays import country_holidays
from psycopg import Connection

from gis_platform.clock.days import CalendarDay, DayKind
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)
YEARS = range(2018, 2028)

#: An official exchange of days that the package does not know; read in the press, its number not found.
_OFFICIAL = (
    CalendarDay(date(2026, 1, 2), DayKind.OFF, "Nghỉ hoán đổi ngày làm việc (làm bù ngày 10/01/2026)"),
    CalendarDay(date(2026, 1, 10), DayKind.MAKEUP, "Làm bù cho ngày nghỉ 02/01/2026"),
)
_CULTURE_DAY = (11, 24)
#: Tết and the second day of National Day follow a yearly decision; for 2027 none has been seen.
_UNDECIDED = frozenset({*(date(2027, 2, day) for day in range(4, 11)), date(2027, 9, 3)})


class Source(StrEnum):
    """Who says so. Rows of an administrator are never changed by a seeding."""

    PACKAGE = "package"
    OFFICIAL = "official"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class SeedDay:
    """A calendar day and who says so."""

    calendar_day: CalendarDay
    source: Source


def seed_days() -> tuple[SeedDay, ...]:
    """All days of the seed, in order of date; where two sources speak, the official one holds."""
    by_date = {day.day: SeedDay(day, Source.PACKAGE) for day in _package_days()}
    by_date |= {day.day: SeedDay(day, Source.OFFICIAL) for day in _OFFICIAL}
    return tuple(by_date[day] for day in sorted(by_date))


def seed_calendar(connection: Connection[Any]) -> int:
    """Bring core.calendar_day to the seed and say how many rows changed; commits nothing.

    Safe to repeat. Rows of an administrator stay, whatever the seed says of their day.
    """
    seed = seed_days()
    values = {
        "day": [one.calendar_day.day for one in seed],
        "kind": [one.calendar_day.kind.value for one in seed],
        "name": [one.calendar_day.name for one in seed],
        "confirmed": [one.calendar_day.confirmed for one in seed],
        "source": [one.source.value for one in seed],
    }
    gone = connection.execute(SQL["drop_what_the_seed_no_longer_says"].text.encode(), values).rowcount
    return gone + connection.execute(SQL["write_seed"].text.encode(), values).rowcount


def _package_days() -> Iterable[CalendarDay]:
    known = country_holidays("VN", years=YEARS, language="vi")
    for day, name in known.items():
        doubtful = (day.month, day.day) == _CULTURE_DAY or day in _UNDECIDED
        yield CalendarDay(day, DayKind.OFF, name, confirmed=not doubtful)
    for day in known.weekend_workdays:
        if day.year in YEARS:
            yield CalendarDay(day, DayKind.MAKEUP, "Ngày làm bù")
