"""Parcels of many addresses at once, found as the look-up finds each by itself (``asking/by_address.py``)."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.by_address import beginnings_of, in_unit, is_same_house
from layers.planning.asking.question import Times
from layers.planning.asking.units import AskedUnit, asked_unit
from layers.references.address import Address, read_address, street_spellings
from layers.references.unit import read_unit

SQL = named_queries(__file__)

Parcels = list[dict[str, Any]]


class Addresses:
    """Looks up addresses of a table; units that were asked for are remembered from one call to the next."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._units: dict[str, AskedUnit | None] = {}

    async def find(self, work: UnitOfWork, written: Mapping[int, str]) -> dict[int, list[int] | Text]:
        """By the number of its row: the ids of the parcels of an address, or why there is none."""
        readings = {row: read_address(text) for row, text in written.items()}
        houses = await self._houses(work, readings)
        inside = await self._inside(work, readings, houses)
        found: dict[int, list[int] | Text] = {}
        missing: dict[int, Address] = {}
        for row, read in readings.items():
            ids = self._chosen(read, houses[row], inside) if read else _NO_ADDRESS
            if isinstance(ids, Text) or ids:
                found[row] = ids
            else:
                missing[row] = read[0]
        return found | await _unfound(work, missing)

    async def _houses(
        self, work: UnitOfWork, readings: Mapping[int, tuple[Address, ...]]
    ) -> dict[int, dict[int, Parcels]]:
        """Parcels of each reading that names a house, by row and place of the reading."""
        keys: list[str] = []
        texts: list[str] = []
        asked: list[tuple[int, int, Address]] = []
        for row, read in readings.items():
            for place, address in enumerate(read):
                if address.path:
                    begun = beginnings_of(address)
                    keys += [str(len(asked))] * len(begun)
                    texts += begun
                    asked.append((row, place, address))
        houses: defaultdict[int, dict[int, Parcels]] = defaultdict(dict)
        if not texts:
            return houses
        # As two texts: thousands of small ones take as long to send as to look up. None breaks a line.
        lines = {"keys": " ".join(keys), "beginnings": "\n".join(texts)}
        for parcel in await work.rows(SQL["beginning"], **lines):
            row, place, address = asked[parcel["key"]]
            if is_same_house(address, parcel["address"]):
                houses[row].setdefault(place, []).append(dict(parcel))
        return houses

    async def _inside(
        self,
        work: UnitOfWork,
        readings: Mapping[int, tuple[Address, ...]],
        houses: Mapping[int, dict[int, Parcels]],
    ) -> dict[str, frozenset[int]]:
        """For each unit that is named and known: which of the parcels found with it lie in it."""
        together: defaultdict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        for row, of_row in houses.items():
            for place, parcels in of_row.items():
                if named := readings[row][place].unit:
                    together[named].update((parcel["id"], parcel) for parcel in parcels)
        inside = {}
        for named, of_unit in together.items():
            if (unit := await self._unit(work, named)) is not None:
                kept = await in_unit(work, list(of_unit.values()), unit, Times())
                inside[named] = frozenset(parcel["id"] for parcel in kept)
        return inside

    async def _unit(self, work: UnitOfWork, named: str) -> AskedUnit | None:
        if named not in self._units:
            try:
                self._units[named] = await asked_unit(work, named, self._language)
            except (NotFound, BadParameter):
                self._units[named] = None
        return self._units[named]

    def _chosen(
        self,
        read: tuple[Address, ...],
        houses: Mapping[int, Parcels],
        inside: Mapping[str, frozenset[int]],
    ) -> list[int] | Text:
        """Of the first reading that has any, those in the unit that it names."""
        for place, address in enumerate(read):
            ids = {parcel["id"] for parcel in houses.get(place, ())}
            if ids and address.unit:
                surely = read_unit(address.unit) is not None
                if address.unit not in inside:
                    if surely:
                        return _no_unit(address.unit)
                elif surely or ids & inside[address.unit]:
                    ids &= inside[address.unit]
            if ids:
                return sorted(ids)
        return []


async def _unfound(work: UnitOfWork, missing: Mapping[int, Address]) -> dict[int, list[int] | Text]:
    """Whether the street is known at least."""
    spelt = {
        row: [f"{kind}{form}" for form in street_spellings(address.street) for kind in ("", "duong ")]
        for row, address in missing.items()
    }
    names = sorted({name for forms in spelt.values() for name in forms})
    known = {row["name"] for row in await work.rows(SQL["known_streets"], names=names)} if names else set()
    told: dict[int, list[int] | Text] = {}
    for row, address in missing.items():
        if not known.intersection(spelt[row]):
            told[row] = _no_street(address)
        elif address.path:
            told[row] = _no_house(address)
        else:
            told[row] = _only_street(address)
    return told


_NO_ADDRESS = Text(
    "Không đọc được địa chỉ: cần số nhà và tên đường.",
    "No address: the number of the house and the street are needed.",
)


def _no_unit(written: str) -> Text:
    return Text(f"Không có phường, xã nào là “{written}”.", f"There is no unit {written!r}.")


def _no_street(asked: Address) -> Text:
    return Text(f"Không có đường nào tên “{asked.street}”.", f"There is no street {asked.street!r}.")


def _no_house(asked: Address) -> Text:
    where_vi = f" thuộc {asked.unit}" if asked.unit else ""
    where_en = f" in {asked.unit}" if asked.unit else ""
    return Text(
        f"Có đường {asked.street}, nhưng không có thửa đất nào ghi số nhà {asked.number}{where_vi}.",
        f"The street {asked.street} is on record, but no parcel has the number {asked.number}{where_en}.",
    )


def _only_street(asked: Address) -> Text:
    return Text(
        f"“{asked.street}” là tên đường; cần thêm số nhà.",
        f"{asked.street!r} is a street; the number of a house is needed.",
    )
