"""The administrative unit that was asked for: its codes, and the days on which each meant it."""

from dataclasses import dataclass, field
from datetime import date

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.folding import nfc
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.references.unit import unit_or_text

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """Codes with the first and last day on which each stood for the unit, side by side.

    A code is used again for another unit: outside its days it means that one. ``named`` are those that were
    named themselves, as code@generation, not the units they were made of.
    """

    codes: list[str] = field(default_factory=list)
    since: list[date | None] = field(default_factory=list)
    until: list[date | None] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)


async def asked_unit(work: UnitOfWork, written: str, language: Language) -> AskedUnit:
    """The unit of any generation, by code or by name as people write it.

    Raises:
        NotFound: no unit is called so.
    """
    unit = nfc(written).strip()
    rows = await work.rows(SQL["named"], unit=unit)
    if not rows and (read := unit_or_text(unit)) != unit:
        rows = await work.rows(SQL["named"], unit=read)
    if not rows:
        if await work.value(SQL["unit_in_use"], unit=unit):
            return AskedUnit([unit], [None], [None])
        told = Text(
            f"Không có đơn vị hành chính nào là “{unit}”. "
            "Hãy nhập tên phường, xã (cũ hoặc mới) hoặc mã đơn vị.",
            f"There is no administrative unit {unit!r}. "
            "Give the name of a ward or commune, old or new, or a code.",
        )
        raise refusal(NotFound, told, language)
    by_code = any(row["code"] == unit for row in rows)
    return AskedUnit(
        codes=[row["code"] for row in rows],
        since=[None if by_code else row["since"] for row in rows],
        until=[None if by_code else row["until"] for row in rows],
        named=[f"{row['code']}@{row['generation']}" for row in rows if row["depth"] == 0],
        notices=_notices(unit, [row["full_name"] for row in rows if row["depth"] == 0]),
    )


def _notices(unit: str, named: list[str]) -> list[Text]:
    names = list(dict.fromkeys(named))
    if len(names) < 2:
        return []
    joined = ", ".join(names)
    return [
        Text(
            f"“{unit}” từng chỉ nhiều đơn vị ({joined}); kết quả gồm tất cả.",
            f"{unit!r} has meant several units ({joined}); all are included.",
        )
    ]
