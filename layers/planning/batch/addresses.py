"""Parcels of many addresses at once, found as the look-up finds each by itself (``asking/by_address.py``)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.planning.asking.at_house import House, houses_of, meant, no_lot, together
from layers.planning.asking.by_address import beginnings_of, in_unit, is_same_house
from layers.planning.asking.question import Times
from layers.planning.asking.units import AskedUnit, asked_unit
from layers.references.address import Address, read_address, street_spellings
from layers.references.unit import read_unit

SQL = named_queries(__file__)

Place = tuple[int, int]
"""A row and one of its readings."""


@dataclass(frozen=True, slots=True)
class Lots:
    """The parcels of an address, and what is to be said of how they were found."""

    ids: tuple[int, ...]
    notes: tuple[Text, ...] = ()


class Addresses:
    """Looks up addresses of a table; units that were asked for are remembered from one call to the next."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._units: dict[str, AskedUnit | None] = {}

    async def find(self, work: UnitOfWork, written: Mapping[int, str]) -> dict[int, Lots | Text]:
        """By the number of its row: the parcels of an address, or why there is none."""
        readings = {row: read_address(text) for row, text in written.items()}
        asked = {
            (row, place): address
            for row, read in readings.items()
            for place, address in enumerate(read)
            if address.path
        }
        by_text = await self._by_text(work, asked)
        houses = await self._registered(work, asked)
        inside = await self._inside(work, asked, by_text, houses)
        found: dict[int, Lots | Text] = {}
        missing: dict[int, Address] = {}
        chosen: dict[Place, tuple[list[House], frozenset[int]]] = {}
        for row, read in readings.items():
            picked = self._picked(row, read, by_text, houses, inside) if read else _NO_ADDRESS
            if isinstance(picked, Text):
                found[row] = picked
            elif picked is None:
                missing[row] = read[0]
            else:
                chosen[picked[0]] = picked[1:]
        return found | await self._told(work, asked, chosen) | await _unfound(work, missing)

    async def _told(
        self,
        work: UnitOfWork,
        asked: Mapping[Place, Address],
        chosen: Mapping[Place, tuple[list[House], frozenset[int]]],
    ) -> dict[int, Lots | Text]:
        places = dict(enumerate(chosen))
        all_meant = await together(
            work,
            {key: asked[place] for key, place in places.items()},
            {key: chosen[place][0] for key, place in places.items()},
            {key: chosen[place][1] for key, place in places.items()},
            Times(),
        )
        told: dict[int, Lots | Text] = {}
        for key, (row, _) in places.items():
            lots, houses = all_meant[key], chosen[places[key]][0]
            told[row] = Lots(tuple(lots.ids), tuple(lots.notices)) if lots.ids else no_lot(houses[0].entry)
        return told

    async def _registered(self, work: UnitOfWork, asked: Mapping[Place, Address]) -> dict[Place, list[House]]:
        places = dict(enumerate(asked))
        found = await houses_of(work, {key: asked[place] for key, place in places.items()}, Times())
        return {places[key]: houses for key, houses in found.items()}

    async def _by_text(self, work: UnitOfWork, asked: Mapping[Place, Address]) -> dict[Place, set[int]]:
        """Parcels whose own address is that of a reading."""
        keys: list[str] = []
        texts: list[str] = []
        places = list(asked)
        for key, place in enumerate(places):
            begun = beginnings_of(asked[place])
            keys += [str(key)] * len(begun)
            texts += begun
        found: defaultdict[Place, set[int]] = defaultdict(set)
        if not texts:
            return found
        # As two texts: thousands of small ones take as long to send as to look up. None breaks a line.
        lines = {"keys": " ".join(keys), "beginnings": "\n".join(texts)}
        for parcel in await work.rows(SQL["beginning"], **lines):
            place = places[parcel["key"]]
            if is_same_house(asked[place], parcel["address"]):
                found[place].add(parcel["id"])
        return found

    async def _inside(
        self,
        work: UnitOfWork,
        asked: Mapping[Place, Address],
        by_text: Mapping[Place, set[int]],
        houses: Mapping[Place, list[House]],
    ) -> dict[str, frozenset[int]]:
        """For each unit that is named and known: which of the parcels found with it lie in it."""
        of_units: defaultdict[str, set[int]] = defaultdict(set)
        for place, address in asked.items():
            lots = _lots(by_text.get(place, set()), houses.get(place, ()))
            if address.unit and lots:
                of_units[address.unit] |= lots
        inside = {}
        for named, of_unit in of_units.items():
            if (unit := await self._unit(work, named)) is not None:
                kept = await in_unit(work, [{"id": one} for one in sorted(of_unit)], unit, Times())
                inside[named] = frozenset(parcel["id"] for parcel in kept)
        return inside

    async def _unit(self, work: UnitOfWork, named: str) -> AskedUnit | None:
        if named not in self._units:
            try:
                self._units[named] = await asked_unit(work, named, self._language)
            except (NotFound, BadParameter):
                self._units[named] = None
        return self._units[named]

    def _picked(
        self,
        row: int,
        read: tuple[Address, ...],
        by_text: Mapping[Place, set[int]],
        houses: Mapping[Place, list[House]],
        inside: Mapping[str, frozenset[int]],
    ) -> tuple[Place, list[House], frozenset[int]] | Text | None:
        """Of the first reading that has any, the houses and parcels in the unit that it names."""
        unplaced: tuple[Place, list[House], frozenset[int]] | None = None
        for place, address in enumerate(read):
            at = (row, place)
            of_text, of_register = by_text.get(at, set()), houses.get(at, [])
            lots = _lots(of_text, of_register)
            if lots and address.unit:
                surely = read_unit(address.unit) is not None
                if address.unit not in inside:
                    if surely:
                        return _no_unit(address.unit)
                elif surely or lots & inside[address.unit]:
                    lots &= inside[address.unit]
                    of_text = of_text & lots
                    of_register = [house for house in of_register if house.ids & lots]
            first, _ = meant(of_register)
            if of_text or any(house.ids for house in first):
                return at, of_register, frozenset(of_text)
            if first and unplaced is None:
                unplaced = at, of_register, frozenset()
        return unplaced


def _lots(by_text: set[int], houses: Sequence[House]) -> set[int]:
    return set(by_text).union(*(house.ids for house in houses))


async def _unfound(work: UnitOfWork, missing: Mapping[int, Address]) -> dict[int, Lots | Text]:
    """Whether the street is known at least."""
    spelt = {
        row: [f"{kind}{form}" for form in street_spellings(address.street) for kind in ("", "duong ")]
        for row, address in missing.items()
    }
    names = sorted({name for forms in spelt.values() for name in forms})
    known = {row["name"] for row in await work.rows(SQL["known_streets"], names=names)} if names else set()
    told: dict[int, Lots | Text] = {}
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
