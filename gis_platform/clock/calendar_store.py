"""The working calendar as stored in core.calendar_day, which an administrator corrects."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import dict_row

from gis_platform.clock.days import CalendarDay, DayKind, WorkingCalendar
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def load_calendar(connection: psycopg.Connection[Any]) -> WorkingCalendar:
    """The calendar as it stands in this transaction."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return calendar_of(cursor.execute(SQL["calendar_days"].text.encode()).fetchall())


async def load_calendar_async(connection: psycopg.AsyncConnection[Any]) -> WorkingCalendar:
    """The same for a request."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(SQL["calendar_days"].text.encode())
        return calendar_of(await cursor.fetchall())


def calendar_of(rows: Iterable[Mapping[str, Any]]) -> WorkingCalendar:
    """A calendar from rows of `calendar_days`."""
    return WorkingCalendar.of(_day(**row) for row in rows)


def _day(*, day: date, kind: str, name: str, confirmed: bool) -> CalendarDay:
    return CalendarDay(day, DayKind(kind), name, confirmed)
