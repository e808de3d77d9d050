"""Counting the due days of open cases anew when the calendar has changed; what moved is told in the journal.

Closed cases keep the days of their time, and so do stopped clocks and answered consultations.
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
    """How many terms were looked at, clocks and consultations, and how many are due on another day now."""

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
    clocks, moved = await _recount(connection, "running", "counted", calendar)
    for row, change in moved:
        change = {"clock": row["name"], **change}
        await connection.execute(SQL["case_due"].text.encode(), {"case_id": row["case_id"]})
        await _tell(connection, row["case_id"], "clock.recounted", change)
    asked, put_off = await _recount(connection, "waiting", "counted_consultation", calendar)
    for row, change in put_off:
        change = {"consultation": row["id"], "body": row["name"], **change}
        await _tell(connection, row["case_id"], "consultation.recounted", change)
    return Recounted(clocks + asked, len(moved) + len(put_off))


async def _recount(
    connection: psycopg.AsyncConnection[Any], which: str, kept_by: str, calendar: WorkingCalendar
) -> tuple[int, list[tuple[dict[str, Any], dict[str, str]]]]:
    """How many were looked at, and those due on another day, with the day before and that of now."""
    async with connection.cursor(row_factory=dict_row) as reader:
        await reader.execute(SQL[which].text.encode())
        rows = await reader.fetchall()
    moved = []
    for row in rows:
        term = running(row)
        counted = term.counted(calendar, term.started_on) if not term.paused else term
        if (counted.due_on, counted.working) == (term.due_on, term.working):
            continue
        working = json.dumps(counted.working, ensure_ascii=False)
        kept = {"id": term.id, "due_on": counted.due_on, "working": working}
        await connection.execute(SQL[kept_by].text.encode(), kept)
        if counted.due_on != term.due_on:
            moved.append((row, {"before": str(term.due_on), "now": str(counted.due_on)}))
    return len(rows), moved


async def _tell(
    connection: psycopg.AsyncConnection[Any], case_id: int, action: str, change: dict[str, Any]
) -> None:
    told = {"case_id": case_id, "action": action, "detail": Jsonb(change)}
    await connection.execute(SQL["tell"].text.encode(), told)


def _fingerprint(calendar: WorkingCalendar) -> bytes:
    days = sorted(
        (day.isoformat(), named.kind.value, named.confirmed) for day, named in calendar.days.items()
    )
    return hashlib.sha256(json.dumps(days).encode()).digest()
