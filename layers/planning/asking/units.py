"""The administrative unit that was asked for: its codes, and the days on which each meant it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.folding import nfc
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.references.unit import Beginning, beginnings

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """Codes with the first and last day on which each stood for the unit, side by side.

    A code is used again for another unit: outside its days it means that one. ``named`` are those that were
    named themselves, as code@generation, not the units they were made of. ``understood`` is what the text was
    read as, and means the same when it is asked by.
    """

    codes: list[str] = field(default_factory=list)
    since: list[date | None] = field(default_factory=list)
    until: list[date | None] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)
    understood: str = ""


async def asked_unit(
    work: UnitOfWork,
    written: str,
    language: Language,
    around: tuple[str, ...] = (),
    parameter: str = "unit",
) -> AskedUnit:
    """The unit of any generation, by code or by name as people write it.

    All of the text must be that: the unit, and what is written around one. ``around`` are names of what the
    units lie in.

    Raises:
        NotFound: no unit is called so.
        BadParameter: there is something else beside the unit.
    """
    unit = nfc(written).strip()
    if (found := await _named(work, unit)) is not None:
        return found
    begun = beginnings(unit, around)
    known = await _known(work, begun)
    for one in begun:
        name = next((name for name in one.names if name in known), None)
        if name is not None and one.whole and (not one.also or await _is_whole(work, one.also, around)):
            found = await _named(work, name)
            if found is not None:
                return found
    beside = next((name for one in begun for name in reversed(one.names) if name in known), None)
    if beside is not None:
        raise refusal(BadParameter, _something_else(beside), language, parameter=parameter)
    told = Text(
        f"Không có đơn vị hành chính nào là “{unit}”. Hãy nhập tên phường, xã (cũ hoặc mới) hoặc mã đơn vị.",
        f"There is no administrative unit {unit!r}. "
        "Give the name of a ward or commune, old or new, or a code.",
    )
    raise refusal(NotFound, told, language)


async def _named(work: UnitOfWork, name: str) -> AskedUnit | None:
    if rows := [dict(row) for row in await work.rows(SQL["named"], unit=name)]:
        return _of_rows(name, rows)
    in_use = await work.value(SQL["unit_in_use"], unit=name)
    return AskedUnit([name], [None], [None], understood=name) if in_use else None


async def _is_whole(work: UnitOfWork, text: str, around: tuple[str, ...]) -> bool:
    begun = beginnings(text, around)
    known = await _known(work, begun)
    return any(one.whole and not one.also and not known.isdisjoint(one.names) for one in begun)


async def _known(work: UnitOfWork, begun: tuple[Beginning, ...]) -> frozenset[str]:
    names = [name for one in begun for name in one.names]
    return frozenset(row["name"] for row in await work.rows(SQL["unit_names"], names=names))


def _of_rows(name: str, rows: list[dict[str, Any]]) -> AskedUnit:
    by_code = any(row["code"] == name for row in rows)
    meant = [row for row in rows if row["depth"] == 0]
    full_names = list(dict.fromkeys(row["full_name"] for row in meant))
    # Units of one code, or of one name and several kinds: what they share names them all.
    understood = name if by_code else full_names[0] if len(full_names) == 1 else meant[0]["name"]
    return AskedUnit(
        codes=[row["code"] for row in rows],
        since=[None if by_code else row["since"] for row in rows],
        until=[None if by_code else row["until"] for row in rows],
        named=[f"{row['code']}@{row['generation']}" for row in meant],
        notices=_notices(understood, full_names),
        understood=understood,
    )


def _something_else(unit: str) -> Text:
    return Text(
        f"Ở phần phường, xã chỉ hiểu được “{unit}”; những gì ghi kèm không phải tên đơn vị hành chính. "
        f"Hãy chỉ ghi “{unit}”, không kèm tên người, số điện thoại hay ghi chú.",
        f"Of the ward or commune “{unit}” alone was understood; what is written beside it is no unit. "
        f"Give “{unit}” by itself, without names of people, telephone numbers or notes.",
    )


def _notices(unit: str, names: list[str]) -> list[Text]:
    if len(names) < 2:
        return []
    joined = ", ".join(names)
    return [
        Text(
            f"“{unit}” từng chỉ nhiều đơn vị ({joined}); kết quả gồm tất cả.",
            f"{unit!r} has meant several units ({joined}); all are included.",
        )
    ]
