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
        NotFound: there is none; ``candidates`` are those whose names are like it.
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
        spelt = [f"{kind}{form}" for form in street_spellings(name) for kind in ("", "duong ")]
        if rows := await work.rows(SQL["streets_named"], names=spelt, unit=unit):
            return [dict(row) for row in rows]
    return []


async def _refuse_unknown(work: UnitOfWork, written: str, language: Language) -> NoReturn:
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
