"""Counting the due days of open cases anew when the calendar has changed; what moved is told in the journal.

Closed cases keep the days of their time, and so do clocks that were stopped.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from gis_platform.casework.clocks import running
from gis_platform.clock.calendar_store import load_calendar_async
from gis_platform.clock.days import WorkingCalendar
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many clocks were looked at, and how many of them are due on another day now."""

    looked_at: int
    moved: int


async def recount(connection: psycopg.AsyncConnection[Any]) -> Recounted:
    """Count anew where the calendar is not the one that was last counted with, as the application.

    The caller commits. Who changes a case meanwhile is waited for, and counts with the new calendar himself.
    """
    calendar = await load_calendar_async(connection)
    mark = _fingerprint(calendar)
    cursor = await connection.execute(SQL["renew"].text.encode(), {"fingerprint": mark})
    if cursor.rowcount == 0:
        return Recounted(0, 0)
    async with connection.cursor(row_factory=dict_row) as reader:
        await reader.execute(SQL["running"].text.encode())
        rows = await reader.fetchall()
    moved: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        clock = running(row)
        counted = clock.counted(calendar, clock.started_on) if not clock.paused else clock
        if (counted.due_on, counted.working) == (clock.due_on, clock.working):
            continue
        await connection.execute(
            SQL["counted"].text.encode(),
            {
                "clock": clock.id,
                "due_on": counted.due_on,
                "working": json.dumps(counted.working, ensure_ascii=False),
            },
        )
        if counted.due_on == clock.due_on:
            continue
        change = {"clock": clock.name, "before": str(clock.due_on), "now": str(counted.due_on)}
        moved.setdefault(row["case_id"], []).append(change)
    for case_id, changes in moved.items():
        await connection.execute(SQL["case_due"].text.encode(), {"case_id": case_id})
        for change in changes:
            told = {"case_id": case_id, "detail": Jsonb(change)}
            await connection.execute(SQL["tell"].text.encode(), told)
    return Recounted(len(rows), sum(map(len, moved.values())))


def _fingerprint(calendar: WorkingCalendar) -> bytes:
    days = sorted(
        (day.isoformat(), named.kind.value, named.confirmed) for day, named in calendar.days.items()
    )
    return hashlib.sha256(json.dumps(days).encode()).digest()
