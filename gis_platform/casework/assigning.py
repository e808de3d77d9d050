"""Who works on a case: an officer of its unit whose role makes moves in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import class_row

from gis_platform.casework.case import WHOLE_CITY, Case, find_case, hold_case, require_handles, require_open
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.journal import append
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Officer:
    """An account that may work on the cases of a unit."""

    username: str
    display_name: str


async def officers(
    connection: psycopg.AsyncConnection[Any], workflow: Workflow, unit_code: str
) -> Sequence[Officer]:
    """Who may be given a case; asked as the application, which alone reads accounts."""
    asked = {"roles": sorted(workflow.handlers), "units": [unit_code, WHOLE_CITY]}
    async with connection.cursor(row_factory=class_row(Officer)) as cursor:
        await cursor.execute(SQL["officers"].text.encode(), asked)
        return await cursor.fetchall()


async def assign(
    work: UnitOfWork, workflow: Workflow, code: str, version: int, to: str | None, among: Sequence[Officer]
) -> Case:
    """Give a case to an officer, or to nobody; the case as it is then.

    Raises:
        BadParameter: no such officer works for the case's unit.
        Conflict: it was changed since, or is closed.
    """
    require_handles(work, workflow.handlers, await find_case(work, code))
    case = await hold_case(work, code, version)
    require_open(case)
    if to is not None and to not in {officer.username for officer in among}:
        raise BadParameter(
            f"{to[:100]!r} does not work on such cases of unit {case.unit_code}.",
            parameter="to",
            detail_vi="Cán bộ này không xử lý loại hồ sơ này của đơn vị.",
        )
    await work.rows(SQL["assign"], case_id=case.id, to=to)
    await append(work, case.id, "case.assigned", {"from": case.assigned_to, "to": to})
    return await find_case(work, case.code)
