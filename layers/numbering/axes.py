"""Stating from which end a street or an alley is numbered: the committee's decision, or what is assumed."""

import json
from dataclasses import dataclass
from typing import Any

import shapely
from psycopg.errors import ForeignKeyViolation, UniqueViolation

from gis_platform.audit.record import record
from gis_platform.casework.case import WHOLE_CITY
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, Forbidden, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.numbering.directed import directed, runs_as_ruled, shape_of
from layers.numbering.writing import require_some_unit, take_turn
from layers.planning.asking.refusing import refusal
from layers.references.address import Number, format_path
from layers.references.house_path import members_of

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Stated:
    """A direction: the line of layer streets, its start (WGS 84), and of an alley its street and path."""

    line: int
    start: tuple[float, float] | None = None
    street: int | None = None
    path: tuple[Number, ...] = ()
    document: str | None = None


async def state_direction(work: UnitOfWork, stated: Stated, language: Language) -> dict[str, Any]:
    """Store it as the caller; the axis as it then is. Without a start the rule for new streets says where.

    Raises:
        NotFound: there is no such line.
        BadParameter: an alley without its street or start, or one that opens into nothing with a direction.
        Conflict: another line has that street and path.
        Forbidden: no part of it lies in the officer's unit.
    """
    row = await work.row(SQL["line"], line=stated.line)
    if row is None:
        told = Text(f"Không có đường mã {stated.line}.", f"There is no street {stated.line}.")
        raise refusal(NotFound, told, language, parameter="line")
    require_some_unit(work.caller, language)
    if work.caller.unit_code not in (*row["units"], WHOLE_CITY):
        told = Text(
            f"{row['name']} không đi qua đơn vị {work.caller.unit_code} của bạn.",
            f"{row['name']} does not run through your unit {work.caller.unit_code}.",
        )
        raise refusal(Forbidden, told, language)
    street = stated.street or stated.line
    if stated.path:
        await _require_parent(work, stated, language)
    elif street != stated.line:
        raise refusal(BadParameter, _ALLEY_NUMBER, language, parameter="alley")
    start = None
    if stated.start is not None:
        place = await work.row(SQL["start"], lon=stated.start[0], lat=stated.start[1])
        assert place is not None  # noqa: S101  # a place is always there
        start = (place["east"], place["north"])
    line = directed(shape_of(row["line"]), start)
    await take_turn(work, street)
    try:
        async with work.raw.transaction():
            axis = await work.value(
                SQL["state"],
                street=street,
                alleys=json.dumps(members_of(stated.path)),
                line=stated.line,
                directed=shapely.to_wkb(line),
                basis="decided" if stated.document else "assumed",
                document=stated.document,
                who=work.caller.username,
            )
            await work.raw.execute(SQL["check_branches"].text.encode())
    except ForeignKeyViolation as alone:
        raise refusal(Conflict, _BRANCHES, language, parameter="alley") from alone
    except UniqueViolation as twice:
        told = Text(
            f"Đường này đã có một hẻm khác mang số {format_path(stated.path)}.",
            f"Another alley of this street is numbered {format_path(stated.path)} already.",
        )
        raise refusal(Conflict, told, language, parameter="alley") from twice
    detail = {
        "line": stated.line,
        "street": street,
        "alley": format_path(stated.path),
        "document": stated.document,
    }
    await record(work, "numbering.direction", f"streets/{stated.line}", detail)
    return {
        "axis": axis,
        "line": stated.line,
        "street": street,
        "alley": format_path(stated.path) or None,
        "as_for_new_streets": runs_as_ruled(line),
        "length_m": round(float(line.length), 2),
    }


async def _require_parent(work: UnitOfWork, stated: Stated, language: Language) -> None:
    if stated.street is None or stated.start is None:
        raise refusal(
            BadParameter, _ALLEY_START, language, parameter="street" if stated.street is None else "start"
        )
    known = await work.value(
        SQL["parent_known"], street=stated.street, alleys=json.dumps(members_of(stated.path[:-1]))
    )
    if not known:
        raise refusal(BadParameter, _NO_PARENT, language, parameter="alley")


_ALLEY_NUMBER = Text(
    "Hẻm của một đường cần có số (alley), ví dụ 12 hoặc 12/5.",
    "An alley of a street needs its number (alley), such as 12 or 12/5.",
)
_ALLEY_START = Text(
    "Với hẻm, hãy cho biết đường (street) và đầu hẻm (start).",
    "Of an alley give its street and where it starts (start), its mouth.",
)
_BRANCHES = Text(
    "Hẻm này có hẻm nhánh mang số cũ của nó. Hãy đánh số lại cả hẻm.",
    "This alley has branches under its old number. Review the whole alley instead.",
)
_NO_PARENT = Text(
    "Đường hoặc hẻm mà nó mở ra chưa có chiều đánh số. Hãy xác định cái đó trước.",
    "The street or alley it opens into has no direction yet. State that one first.",
)
