"""Notices for officers: cases due today or overdue, by unit, and cases whose ground has changed."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from gis_platform.casework.codes import shown_code
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.filing import completed_words
from gis_platform.layer.declaration import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: The kinds of notices that are raised and cleared here.
KINDS = ("cases_due", "case_subject", "case_completed", "cases_online")
_MOST = 500

Connection = psycopg.AsyncConnection[Any]
Wanted = dict[str, Any]


async def remind(
    connection: Connection, workflows: Mapping[str, Workflow], layers: Mapping[str, Layer], today: date
) -> int:
    """Bring the notices up to now, as the application; tells how many there are. The caller commits."""
    wanted = await _due(connection, workflows, today)
    wanted += await _online(connection, workflows)
    wanted += await _completed(connection, workflows)
    for workflow in workflows.values():
        layer = layers.get(workflow.subject or "")
        if layer is not None and layer.history:
            wanted += await _changed(connection, workflow, layer)
    asked = {"wanted": json.dumps(wanted, ensure_ascii=False), "kinds": list(KINDS)}
    await connection.execute(SQL["clear"].text.encode(), asked)
    await connection.execute(SQL["raise"].text.encode(), asked)
    return len(wanted)


async def _due(connection: Connection, workflows: Mapping[str, Workflow], today: date) -> list[Wanted]:
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(SQL["due"].text.encode(), {"today": today})
        rows = await cursor.fetchall()
    return [
        {
            "kind": "cases_due",
            "subject": f"{row['workflow']}/{row['unit_code']}",
            "layer": None,
            "unit_code": row["unit_code"],
            "roles": sorted(workflows[row["workflow"]].handlers),
            "text_vi": f"{workflows[row['workflow']].title.vi}: {row['overdue']} hồ sơ quá hạn, "
            f"{row['today']} hồ sơ đến hạn hôm nay (đơn vị {row['unit_code']}).",
            "text_en": f"{workflows[row['workflow']].title.en}: {row['overdue']} overdue, {row['today']} "
            "due today "
            f"(unit {row['unit_code']}).",
        }
        for row in rows
        if row["workflow"] in workflows
    ]


async def _online(connection: Connection, workflows: Mapping[str, Workflow]) -> list[Wanted]:
    """What came on line and nobody has taken up yet."""
    first = {one.name: one.initial for one in workflows.values()}
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(SQL["online"].text.encode(), {"first": json.dumps(first)})
        rows = await cursor.fetchall()
    return [
        {
            "kind": "cases_online",
            "subject": f"{row['workflow']}/{row['unit_code']}",
            "layer": None,
            "unit_code": row["unit_code"],
            "roles": sorted(workflows[row["workflow"]].handlers),
            "text_vi": f"{workflows[row['workflow']].title.vi}: {row['count']} hồ sơ nộp trực tuyến "
            "chưa tiếp nhận "
            f"xử lý (đơn vị {row['unit_code']}).",
            "text_en": f"{workflows[row['workflow']].title.en}: {row['count']} filed on line and not "
            "taken up yet "
            f"(unit {row['unit_code']}).",
        }
        for row in rows
    ]


async def _completed(connection: Connection, workflows: Mapping[str, Workflow]) -> list[Wanted]:
    """Cases whose applicants say that the supplement is complete, until an officer moves them on."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(SQL["completed"].text.encode(), {"most": _MOST})
        rows = await cursor.fetchall()
    return [
        {
            "kind": "case_completed",
            "subject": row["code"],
            "layer": None,
            "unit_code": row["unit_code"],
            "roles": sorted(workflows[row["workflow"]].handlers),
        }
        | completed_words(shown_code(row["code"]))
        for row in rows
        if row["workflow"] in workflows
    ]


async def _changed(connection: Connection, workflow: Workflow, layer: Layer) -> list[Wanted]:
    """Open cases whose feature is not as it was; asked as a reader, since the application reads no layer."""
    reader = min(workflow.readers & layer.audience)
    statement = sql.SQL(SQL["changed"].text).format(table=sql.Identifier("layer", layer.name))
    asked = {"workflow": workflow.name, "layer": layer.name, "most": _MOST}
    await connection.execute(SQL["act_as"].text.encode(), {"role": reader.database_role})
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(statement, asked)
        rows = await cursor.fetchall()
    await connection.execute(SQL["act_as_oneself"].text.encode())
    return [
        {
            "kind": "case_subject",
            "subject": row["code"],
            "layer": layer.name,
            "unit_code": row["unit_code"],
            "roles": sorted(workflow.handlers),
            "text_vi": f"Hồ sơ {shown_code(row['code'])}: {layer.title.vi.lower()} của hồ sơ đã thay đổi "
            "sau lần xem "
            "gần nhất, cần xem lại trước khi quyết định.",
            "text_en": f"Case {shown_code(row['code'])}: its feature of {layer.title.en.lower()} has "
            "changed since it "
            "was last looked at; look again before you decide.",
        }
        for row in rows
    ]
