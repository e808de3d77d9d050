"""Lists of cases: what is overdue, due today, due soon, waiting on others; by page, in the order of due
days.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from psycopg.rows import DictRow, dict_row

from gis_platform.audit.record import record
from gis_platform.casework.case import Case
from gis_platform.casework.codes import is_code, read_code
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.registry import installed_workflows
from gis_platform.clock.calendar_store import load_calendar_async
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter
from gis_platform.folding import fold
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

ListName = Literal["overdue", "today", "soon", "waiting", "open", "closed"]
#: How many working days ahead a case is said to be due soon.
SOON_DAYS = 3
MOST_ROWS = 200
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)
_NO_MOMENT = datetime(9999, 12, 31)  # noqa: DTZ001  # as text, with the zone of the query
_COUNTED = ("workflow", "unit_code", "state", "assigned_to", "today", "soon_until")
_CURSOR = re.compile(r"([0-9TZ:.+-]{10,40})_([0-9]{1,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases: a list, narrowed by whatever is not None; ``text`` is a code, a place or a name."""

    name: ListName = "open"
    workflow: str | None = None
    unit_code: str | None = None
    state: str | None = None
    assigned_to: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases, the mark to go on from (None at the end), and how many each open list holds.

    The counts are narrowed as the list is, save by its text.
    """

    cases: list[Case]
    after: str | None
    counts: dict[str, int]


async def page_of(work: UnitOfWork, wanted: Wanted, today: date, *, after: str | None, limit: int) -> Page:
    """One page of a list.

    Raises:
        BadParameter: ``after`` is no mark of such a list, or the text holds nothing to look for.
    """
    asked = await _asked(work, wanted, today)
    closed = wanted.name == "closed"
    asked |= _start(after, closed=closed) | {"limit": limit + 1}
    rows = await work.rows(SQL["closed" if closed else "by_due"], **asked)
    counts = await work.row(SQL["counts"], **{name: asked[name] for name in _COUNTED})
    if asked["people"]:
        # That somebody was looked for, not who. Last, since it holds up everybody else who writes there.
        await record(work, "personal-data.read", "cases", {"asked": ["applicant"], "rows": len(rows)})
    last = rows[limit - 1] if len(rows) > limit else None
    mark = _mark(last, closed=closed) if last else None
    return Page([_case(row) for row in rows[:limit]], mark, dict(counts or {}))


@asynccontextmanager
async def every_row(work: UnitOfWork, wanted: Wanted, today: date) -> AsyncIterator[AsyncIterator[Case]]:
    """All cases of a list, read as they are needed and not at once."""
    asked = await _asked(work, wanted, today)
    closed = wanted.name == "closed"
    asked |= _start(None, closed=closed) | {"limit": None}
    query = SQL["closed" if closed else "by_due"].text.encode()

    async def cases(cursor: Any) -> AsyncIterator[Case]:
        async for row in cursor:
            yield _case(row)

    async with work.raw.cursor(name="cases", row_factory=dict_row) as cursor:
        cursor.itersize = 500
        await cursor.execute(query, asked)
        yield cases(cursor)
    if asked["people"]:
        await record(work, "personal-data.read", "cases", {"asked": ["applicant"], "exported": True})


async def _asked(work: UnitOfWork, wanted: Wanted, today: date) -> dict[str, Any]:
    soon = await _soon_until(work, today)
    first, last = {
        "overdue": (_FIRST, today - timedelta(days=1)),
        "today": (today, today),
        "soon": (today + timedelta(days=1), soon),
    }.get(wanted.name, (_FIRST, _LAST))
    text = (wanted.text or "").strip()
    code = read_code(text) if text and is_code(text) else None
    folded = fold(text) if text and code is None else None
    if text and code is None and not folded:
        raise BadParameter("q holds nothing to look for.", parameter="q")
    return {
        "workflow": wanted.workflow,
        "unit_code": wanted.unit_code,
        "state": wanted.state,
        "assigned_to": wanted.assigned_to,
        "today": today,
        "soon_until": soon,
        "due_from": first,
        "due_to": last,
        "waiting": True if wanted.name == "waiting" else None,
        "code": code,
        "folded": folded,
        "people": folded is not None and _handles_any(work),
    }


async def _soon_until(work: UnitOfWork, today: date) -> date:
    calendar, day = await load_calendar_async(work.raw), today
    for _ in range(SOON_DAYS):
        day = calendar.next_working_day(day + timedelta(days=1))
    return day


def _handles_any(work: UnitOfWork) -> bool:
    return any(work.caller.role in workflow.handlers for workflow in installed_workflows().values())


def _start(after: str | None, *, closed: bool) -> dict[str, Any]:
    if after is None:
        return (
            {"after_closed": _NO_MOMENT, "after_id": 2**62}
            if closed
            else {"after_due": _FIRST, "after_id": 0}
        )
    found = _CURSOR.fullmatch(after)
    try:
        if found is None:
            raise ValueError(after)
        place: Any = datetime.fromisoformat(found[1]) if closed else date.fromisoformat(found[1])
    except ValueError:
        raise BadParameter(
            "after is no mark of this list; follow the next one it told.", parameter="after"
        ) from None
    return {"after_closed" if closed else "after_due": place, "after_id": int(found[2])}


def _mark(row: DictRow, *, closed: bool) -> str:
    return f"{(row['closed_at'] if closed else row['due_sort']).isoformat()}_{row['id']}"


def _case(row: DictRow) -> Case:
    return Case(**{name: value for name, value in row.items() if name != "due_sort"})


def known_workflow(name: str | None) -> Workflow | None:
    """The workflow of a filter.

    Raises:
        BadParameter: there is none of that name.
    """
    if name is None:
        return None
    found = installed_workflows().get(name)
    if found is None:
        known = ", ".join(installed_workflows())
        raise BadParameter(
            f"There is no workflow {name[:40]!r}. There are: {known}.",
            parameter="workflow",
            detail_vi=f"Không có loại hồ sơ “{name[:40]}”. Các loại: {known}.",
        )
    return found
