"""The parcels at an address: by the path of the house on its street, never by likeness of texts.

The register of house numbers comes first (``at_house.py``), then the addresses of parcels.

Where only the street is known, or the number is not on record, that is said, with what lies near: a wrong
parcel is worse than none.
"""

from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.folding import fold
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.at_house import House, houses_of, no_lot, point_of, together
from layers.planning.asking.question import Found, Times
from layers.planning.asking.refusing import refusal
from layers.planning.asking.unfound_address import refuse_address
from layers.planning.asking.units import AskedUnit, asked_unit
from layers.references.address import (
    Address,
    format_path,
    read_address,
    street_key,
    street_spellings,
)
from layers.references.unit import read_unit

SQL = named_queries(__file__)

_MOST_ROWS = 500
_BEFORE_NUMBER = ("", "so ", "so nha ", "nha so ", "nha ")
_BEFORE_STREET = ("", "duong ", "pho ", "d ", "dg ")
_BEFORE_ALLEY = ("hem ", "ngo ", "kiet ")


async def by_address(work: UnitOfWork, written: str, times: Times, language: Language) -> Found:
    """The parcels of the house, by the register and by their own addresses, in the unit where one is named.

    Raises:
        BadParameter: the text is no address.
        NotFound: no such house is on record; ``candidates`` are the nearest that are.
    """
    readings = read_address(written)
    if not readings:
        told = Text(
            "Hãy nhập số nhà và tên đường, ví dụ “12/5 Ấp Bắc, phường 5”.",
            "Give the number of the house and the street, such as “12/5 Ấp Bắc, phường 5”.",
        )
        raise refusal(BadParameter, told, language, parameter="address")
    read = dict(enumerate(reading for reading in readings if reading.path))
    registered = await houses_of(work, read, times)
    unplaced: House | None = None
    for key, reading in read.items():
        houses, rows = registered.get(key, []), await _of_house(work, reading, times)
        notices: list[Text] = []
        unit = ""
        if reading.unit and (houses or rows):
            lots = [{"id": one} for one in sorted(_lots(houses, rows))]
            lots, notices, unit = await _within(work, lots, reading.unit, times, language)
            houses, rows = _inside({row["id"] for row in lots}, houses, rows)
        text = frozenset(row["id"] for row in rows)
        found = (await together(work, {key: reading}, {key: houses}, {key: text}, times))[key]
        if found.ids:
            street = found.street or reading.street
            several = len(found.ids) > 1 and not found.one_lot
            more = [_several(Address(reading.path, street), len(found.ids))] if several else []
            understood = ", ".join(filter(None, (f"{reading.number} {street}", unit)))
            return Found(
                found.ids,
                [*notices, *found.notices, *more],
                path=found.path,
                ambiguous=several,
                understood=understood,
            )
        unplaced = unplaced or next(iter(houses), None)
    if unplaced is not None:
        raise refusal(NotFound, no_lot(unplaced.entry), language, house=point_of(unplaced.entry))
    await refuse_address(work, written, readings[0], language)


def _lots(houses: list[House], rows: list[dict[str, Any]]) -> set[int]:
    return {row["id"] for row in rows}.union(*(house.ids for house in houses))


def _inside(
    lots: set[int], houses: list[House], rows: list[dict[str, Any]]
) -> tuple[list[House], list[dict[str, Any]]]:
    """What of both has a lot among these."""
    return [house for house in houses if house.ids & lots], [row for row in rows if row["id"] in lots]


async def _of_house(work: UnitOfWork, asked: Address, times: Times) -> list[dict[str, Any]]:
    beginnings = beginnings_of(asked)
    if times.present:
        rows = await work.rows(SQL["beginning"], beginnings=beginnings, most=_MOST_ROWS)
    else:
        rows = await work.rows(
            SQL["beginning_at"], beginnings=beginnings, most=_MOST_ROWS, **times.parameters()
        )
    return [dict(row) for row in rows if is_same_house(asked, row["address"])]


def beginnings_of(asked: Address) -> list[str]:
    """How a stored address may begin, folded: "12/5 duong ap bac", "so 5 hem 12 ap bac"."""
    numbers = {fold(format_path(asked.path))}
    # "5/3 hẻm 7" and "3 hẻm 7/5" are the same house.
    for cut in range(1, len(asked.path)):
        own, alley = fold(format_path(asked.path[cut:])), fold(format_path(asked.path[:cut]))
        numbers |= {f"{own} {word}{alley}" for word in _BEFORE_ALLEY}
        numbers |= {f"{word}{alley} so {own}" for word in _BEFORE_ALLEY}
    numbers |= {number.replace("bis", " bis") for number in numbers}
    streets = street_spellings(asked.street)
    return [
        f"{before}{number} {kind}{street}"
        for before in _BEFORE_NUMBER
        for number in sorted(numbers)
        for kind in _BEFORE_STREET
        for street in streets
    ]


def is_same_house(asked: Address, address: str) -> bool:
    """Whether one reading of the stored address is that house."""
    key = street_key(asked.street)
    return any(
        reading.path == asked.path and _street_fits(key, street_key(reading.street))
        for reading in read_address(address)
    )


def _street_fits(asked: str, stored: str) -> bool:
    # "Lê Lợi khu phố 3" is Lê Lợi; "Lê Lợi nối dài" and "Lê Lợi 2" are other streets.
    rest = stored.removeprefix(asked)
    return stored == asked or (
        stored.startswith(asked) and rest.startswith((" khu pho ", " kp ", " to ", " ap "))
    )


async def _within(
    work: UnitOfWork, rows: list[dict[str, Any]], written: str, times: Times, language: Language
) -> tuple[list[dict[str, Any]], list[Text], str]:
    """Those in the unit, and the unit as it was written where it was one. What is written without its kind
    ("Mỹ Tho", "TP. Mỹ Tho") may well be the city.
    """
    surely = read_unit(written) is not None
    try:
        unit = await asked_unit(work, written, language, parameter="address")
    except (NotFound, BadParameter):
        if surely:
            raise
        return rows, [], ""
    inside = await in_unit(work, rows, unit, times)
    return (inside, unit.notices, unit.understood) if inside or surely else (rows, [], "")


async def in_unit(
    work: UnitOfWork, rows: list[dict[str, Any]], unit: AskedUnit, times: Times
) -> list[dict[str, Any]]:
    """Those of the parcels that lie in the unit, or are filed under one of its codes."""
    found = await work.rows(
        SQL["in_unit"],
        ids=[row["id"] for row in rows],
        codes=unit.codes,
        named=unit.named,
        **times.parameters(),
    )
    kept = {row["id"] for row in found}
    return [row for row in rows if row["id"] in kept]


def _several(asked: Address, count: int) -> Text:
    return Text(
        f"Có {count} thửa đất mang địa chỉ {asked.number} {asked.street}. Hãy chọn đúng thửa theo "
        "phường, xã.",
        f"{count} parcels have the address {asked.number} {asked.street}. Choose by ward.",
    )
