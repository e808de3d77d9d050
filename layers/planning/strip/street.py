"""Which street is meant: by its id, or by its name as people write it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.folding import fold
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.references.address import street_spellings
from layers.references.street import read_street

SQL = named_queries(__file__)

_ID = re.compile(r"[0-9]{1,18}")
_LISTED = 20


@dataclass(frozen=True, slots=True)
class AskedStreet:
    """A street; its centre line in metres of the working grid.

    Attributes:
        planned: whether ``half_m`` is half of a planned width; else half of today's.
        half_m: from the centre line to the planned line.
        units: today's wards and communes that it runs through.
    """

    id: int
    name: str | None
    kind: str
    width_m: float | None
    planned_width_m: float | None
    units: str | None
    source_date: date
    synthetic: bool
    line: BaseGeometry

    @property
    def planned(self) -> bool:
        return self.planned_width_m is not None

    @property
    def half_m(self) -> float:
        return (self.planned_width_m or self.width_m or 0.0) / 2


async def find_street(work: UnitOfWork, written: str, language: Language) -> AskedStreet:
    """The street of an id or a name.

    Raises:
        NotFound: there is none; ``candidates`` are those whose names are like it. Or there is one, but not in
            that ward, or no such ward; ``candidates`` are the streets of the name.
        BadParameter: several have the name, listed in ``streets``; or nobody stated how wide it is.
    """
    found = await _of_id(work, int(written)) if _ID.fullmatch(written.strip()) else None
    if found is None:
        named = await _named(work, written)
        if not named:
            await _refuse_unknown(work, written, language)
        if len(named) > 1:
            raise _several(written, named, language)
        found = await _of_id(work, named[0]["id"])
    if found is None:
        raise refusal(NotFound, _unknown(written, []), language, parameter="street", candidates=[])
    if not found.half_m:
        raise refusal(BadParameter, _no_width(found), language, parameter="street")
    return found


async def _of_id(work: UnitOfWork, number: int) -> AskedStreet | None:
    row = await work.row(SQL["street_of_id"], id=number)
    if row is None:
        return None
    line = shapely.line_merge(shapely.from_wkb(bytes(row.pop("wkb"))))
    return AskedStreet(line=line, **row)


async def _named(work: UnitOfWork, written: str) -> list[dict[str, Any]]:
    """Those of the first reading that has any."""
    readings = [(written, ""), *((reading.name, reading.unit) for reading in read_street(written))]
    for name, unit in readings:
        if rows := await _in_unit(work, name, unit):
            return rows
    return []


async def _in_unit(work: UnitOfWork, name: str, unit: str) -> list[dict[str, Any]]:
    """Streets of a name in a unit, or in all of the city ("")."""
    spelt = [f"{kind}{form}" for form in street_spellings(name) for kind in ("", "duong ")]
    return [dict(row) for row in await work.rows(SQL["streets_named"], names=spelt, unit=unit)]


async def _refuse_unknown(work: UnitOfWork, written: str, language: Language) -> NoReturn:
    for reading in read_street(written):
        # The street is there: what was said of the ward is at fault.
        if reading.unit and (elsewhere := await _in_unit(work, reading.name, "")):
            known = await work.value(SQL["unit_is_known"], unit=reading.unit)
            told = (_not_there if known else _no_unit)(reading.unit, elsewhere)
            shown = [{name: row[name] for name in ("id", "name", "units")} for row in elsewhere[:_LISTED]]
            raise refusal(NotFound, told, language, parameter="street", candidates=shown)
    folded = fold(written)
    like = [dict(row) for row in await work.rows(SQL["names_like"], folded=folded)] if folded else []
    names = [str(row["name"]) for row in like]
    raise refusal(NotFound, _unknown(written, names), language, parameter="street", candidates=like)


def _unknown(written: str, like: list[str]) -> Text:
    near_vi = f" Có phải: {', '.join(like)}?" if like else " Hãy kiểm tra lại tên đường."
    near_en = f" Did you mean: {', '.join(like)}?" if like else " Check the name."
    return Text(
        f"Không có đường nào mang tên hoặc mã “{written[:80]}” trong dữ liệu.{near_vi}",
        f"There is no street of the name or id {written[:80]!r}.{near_en}",
    )


def _no_unit(unit: str, streets: list[dict[str, Any]]) -> Text:
    name, where = _where(streets)
    return Text(
        f"Không có phường, xã nào là “{unit[:80]}”. Có đường {name}{where.vi}. Hãy sửa tên phường, xã (cũ "
        "hoặc mới), bỏ tên phường, xã, hoặc hỏi bằng mã (id) của tuyến đường.",
        f"There is no ward or commune {unit[:80]!r}. There is a street {name}{where.en}. Correct the ward "
        "(old or new), leave it out, or ask by the id of the street.",
    )


def _not_there(unit: str, streets: list[dict[str, Any]]) -> Text:
    name, where = _where(streets)
    return Text(
        f"Đường {name} không đi qua {unit[:80]}; đường này có trong dữ liệu{where.vi}. Hãy sửa hoặc bỏ tên "
        "phường, xã, hoặc hỏi bằng mã (id) của tuyến đường.",
        f"The street {name} does not run through {unit[:80]}; it is on record{where.en}. Correct the ward or "
        "leave it out, or ask by the id of the street.",
    )


def _where(streets: list[dict[str, Any]]) -> tuple[str, Text]:
    units = ", ".join(dict.fromkeys(row["units"] for row in streets if row["units"]))
    return streets[0]["name"], Text(f" ({units})", f" ({units})") if units else Text("", "")


def _several(written: str, named: list[dict[str, Any]], language: Language) -> BadParameter:
    count = f"{len(named)}" if len(named) <= _LISTED else f"hơn {_LISTED}"
    count_en = f"{len(named)}" if len(named) <= _LISTED else f"more than {_LISTED}"
    told = Text(
        f"Có {count} tuyến đường mang tên “{written[:80]}”. Hãy ghi thêm phường, xã, hoặc hỏi bằng mã (id) "
        "của một tuyến trong danh sách.",
        f"{count_en} streets are called {written[:80]!r}. Name the ward too, or ask by the id of one.",
    )
    return refusal(BadParameter, told, language, parameter="street", streets=named[:_LISTED])


def _no_width(street: AskedStreet) -> Text:
    return Text(
        f"Chưa có bề rộng quy hoạch lẫn bề rộng hiện trạng của {street.name or street.id}, nên không xác "
        "định được chỉ giới đường đỏ.",
        f"Neither a planned width nor today's is loaded for {street.name or street.id}, so that its planned "
        "line cannot be told.",
    )
