"""Writing a number: one officer at a time on a street, and a clash told to who came second."""

import json
from collections.abc import Mapping
from typing import Any

from psycopg.errors import ExclusionViolation, SerializationFailure

from gis_platform.access.caller import Caller
from gis_platform.casework.case import WHOLE_CITY
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict, Forbidden, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.refusing import refusal
from layers.references.address import Number, format_path
from layers.references.house_path import members_of

SQL = named_queries(__file__)


async def take_turn(work: UnitOfWork, street: int) -> None:
    """Wait until nobody else gives numbers on that street; until the transaction ends it is ours."""
    await work.value(SQL["turn"], street=street)


async def house(work: UnitOfWork, number_id: int, language: Language) -> dict[str, Any]:
    """One house number as it stands.

    Raises:
        NotFound: there is none with that id.
    """
    row = await work.row(SQL["house"], house=number_id)
    if row is None:
        told = Text(f"Không có số nhà mã {number_id}.", f"There is no house number {number_id}.")
        raise refusal(NotFound, told, language, parameter="number")
    return dict(row)


async def write(work: UnitOfWork, change: Mapping[str, Any], language: Language) -> int:
    """Store a new house, or the changes of the one whose ``id`` is given; its id.

    Raises:
        Conflict: another current house of the street has the number, or somebody changed this one meanwhile.
    """
    try:
        async with work.raw.transaction():
            found = await work.value(SQL["write"], change=json.dumps(change, default=str))
    except ExclusionViolation as clash:
        raise await _taken(work, change, language) from clash
    except SerializationFailure as late:
        raise refusal(Conflict, _MEANWHILE, language) from late
    return int(found)


async def _taken(work: UnitOfWork, change: Mapping[str, Any], language: Language) -> Conflict:
    row = await work.row(
        SQL["held_by"],
        street=change.get("street_id"),
        alleys=json.dumps(change.get("alley_path", [])),
        number=change.get("number"),
        suffix=change.get("suffix", ""),
    )
    if row is None:
        return refusal(Conflict, _MEANWHILE, language)
    told = Text(
        f"Số {row['address']} đã dành hoặc đã cấp cho nhà khác. Hãy lấy đề xuất mới.",
        f"Number {row['address']} is reserved or given to another house. Ask for a new proposal.",
    )
    return refusal(Conflict, told, language, held_by=row["id"], held_by_parcel=row["parcel_id"])


def require_unit(caller: Caller, unit: str | None, language: Language) -> None:
    """An officer of a ward decides for that ward, one of the whole city for all, one without a unit for none.

    Raises:
        Forbidden: the place lies in another unit, or the account has none.
    """
    require_some_unit(caller, language)
    if caller.unit_code not in (unit, WHOLE_CITY):
        told = Text(
            f"Vị trí này thuộc đơn vị {unit or 'không rõ'}; tài khoản của bạn làm việc cho đơn vị "
            f"{caller.unit_code}.",
            f"This place lies in unit {unit or 'unknown'}; your account works for unit {caller.unit_code}.",
        )
        raise refusal(Forbidden, told, language)


def require_some_unit(caller: Caller, language: Language) -> None:
    """Raises Forbidden where the account works for no unit: it decides nothing."""
    if caller.unit_code is None:
        raise refusal(Forbidden, _NO_UNIT, language)


async def release(work: UnitOfWork, house_id: int) -> bool:
    """Let a number go that was kept and never given; False where it is not such a one any more."""
    return bool(await work.value(SQL["release"], house=house_id))


async def unit_at(work: UnitOfWork, place: str) -> str | None:
    """The unit of today at a place (EWKB as hex); None where none is."""
    found = await work.value(SQL["unit_at"], place=place)
    return None if found is None else str(found)


def unit_to_keep(caller: Caller, unit: str | None) -> str:
    """The unit a number is kept under: that of its place, else the officer's own, else "?"."""
    own = caller.unit_code if caller.unit_code != WHOLE_CITY else None
    return unit or own or "?"


def of_path(path: tuple[Number, ...], street: str) -> dict[str, Any]:
    """The members of a house that follow from its path."""
    return {
        "alley_path": members_of(path[:-1]),
        "number": path[-1][0],
        "suffix": path[-1][1],
        "address": f"{format_path(path)} {street}",
    }


_NO_UNIT = Text(
    "Tài khoản của bạn chưa được giao đơn vị nào nên chưa quyết định số nhà. Hãy liên hệ quản trị hệ thống.",
    "Your account works for no unit and decides no house numbers. Ask an administrator to state its unit.",
)
_MEANWHILE = Text(
    "Số nhà này vừa được người khác thay đổi. Hãy xem lại rồi làm lại; chưa có gì được lưu.",
    "Somebody changed this house number meanwhile. Look at it and do it again; nothing was stored.",
)
