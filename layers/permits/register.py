"""Permits as they stand in the register: found, written one officer at a time, held against what is there."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from psycopg.errors import SerializationFailure, UniqueViolation

from gis_platform.access.caller import Caller
from gis_platform.casework.case import WHOLE_CITY
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict, Forbidden, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.planning.tolerance import TOLERANCE_M2

SQL = named_queries(__file__)

Row = dict[str, Any]


async def take_turn(work: UnitOfWork) -> None:
    """Wait until nobody else writes a permit; until the transaction ends it is ours.

    Two permits on one ground cannot then both find it free.
    """
    await work.value(SQL["turn"])


async def permit_of(work: UnitOfWork, permit: int, on: date, language: Language) -> Row:
    """One permit as it stands; ``in_force`` on that day.

    Raises:
        NotFound: there is none with that id.
    """
    row = await work.row(SQL["one"], permit=permit, on=on)
    if row is None:
        told = Text(f"Không có giấy phép xây dựng mã {permit}.", f"There is no permit {permit}.")
        raise refusal(NotFound, told, language, parameter="permit")
    return dict(row)


async def permit_named(work: UnitOfWork, number: str, parcel: int, on: date, language: Language) -> Row:
    """The permit in force of that number on a parcel: issued for it, or standing on its ground.

    Raises:
        NotFound: there is none of that number on the parcel.
        Conflict: none of them is in force, or more than one.
    """
    rows = await work.rows(SQL["named"], number=number, parcel=parcel, on=on, tolerance=TOLERANCE_M2)
    if not rows:
        told = Text(
            f"Không có giấy phép số {number} trên thửa đất của hồ sơ. Đề nghị xem lại số giấy phép đã ghi.",
            f"There is no permit {number} on the parcel of the case. Look at the number again.",
        )
        raise refusal(NotFound, told, language, parameter="permit")
    holding = [row for row in rows if row["in_force"]]
    if len(holding) > 1:
        told = Text(
            f"Trên thửa đất có {len(holding)} giấy phép số {number} còn hiệu lực.",
            f"{len(holding)} permits {number} are in force on the parcel.",
        )
        raise refusal(Conflict, told, language, parameter="permit")
    return dict((holding or rows)[0])


async def overlapping(work: UnitOfWork, ground: bytes, on: date, but: int | None) -> list[Row]:
    """Permits in force that share more of the ground (WKB) than two drawings may differ by."""
    return [
        dict(row)
        for row in await work.rows(SQL["overlapping"], ground=ground, on=on, but=but, tolerance=TOLERANCE_M2)
    ]


async def write(work: UnitOfWork, change: Mapping[str, Any], ground: bytes | None, language: Language) -> int:
    """Store a new permit, or the changes of the one whose ``id`` is given; its id.

    Raises:
        Conflict: the number was given this year, or somebody changed the permit meanwhile.
    """
    try:
        async with work.raw.transaction():
            found = await work.value(SQL["write"], change=json.dumps(change, default=str), ground=ground)
    except UniqueViolation as clash:
        told = Text(
            f"Số {change.get('permit_no')} đã cấp cho giấy phép khác trong năm. Hãy ghi số khác.",
            f"The number {change.get('permit_no')} was given to another permit this year. Write another.",
        )
        raise refusal(Conflict, told, language, parameter="document") from clash
    except SerializationFailure as late:
        raise refusal(Conflict, _MEANWHILE, language, parameter="permit") from late
    if found is None:
        raise refusal(Conflict, _MEANWHILE, language, parameter="permit")
    return int(found)


def require_unit(caller: Caller, unit: str, language: Language) -> None:
    """Raises Forbidden where the permit is another unit's."""
    if caller.unit_code not in (unit, WHOLE_CITY):
        told = Text(
            f"Giấy phép thuộc đơn vị {unit}; tài khoản này không làm việc cho đơn vị đó.",
            f"The permit is of unit {unit}, for which this account does not work.",
        )
        raise refusal(Forbidden, told, language)


_MEANWHILE = Text(
    "Giấy phép này vừa được người khác thay đổi. Hãy xem lại rồi làm lại; chưa có gì được lưu.",
    "Somebody changed this permit meanwhile. Look at it and do it again; nothing was stored.",
)
