"""Houses that are called by an address, or ever were, many addresses at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.folding import fold
from gis_platform.sqlfiles import named_queries
from layers.references.address import Address, street_spellings
from layers.references.house_path import LARGEST, MOST_ALLEYS, members_of

SQL = named_queries(__file__)

_KINDS = ("", "duong ", "pho ")

How = Literal["in_force", "reserved", "retired", "planned", "former", "later", "old_number"]


@dataclass(frozen=True, slots=True)
class Registered:
    """A house that an address names.

    Attributes:
        how: the number is in force on the day asked about, retired or planned then; the house had it on
            another day (``former``, ``later``); or the register says that it had it before (``old_number``).
        on, until: days from and until which it had the number, where they are known.
        street: the street as it was asked for, by the name on record; ``street_id`` is its id.
        now: number and street of the house on the day asked about; None where it is not on the register then.
        parcel_id: the lot it is registered for; ``held`` says whether there is such a parcel on that day.
        at_gate: the lots at its gate, where it is registered for none.
    """

    id: int
    how: How
    on: date | None
    until: date | None
    street: str
    street_id: int
    now: str | None
    parcel_id: int | None
    held: bool
    at_gate: tuple[int, ...]
    lon: float
    lat: float


async def registered(
    work: UnitOfWork, asked: Mapping[int, Address], times: Mapping[str, str]
) -> dict[int, list[Registered]]:
    """By the key of the address: the houses it names, those whose number is in force first.

    ``times`` are ``as_of`` and ``known_at`` as queries take them.
    """
    wanted = {key: one for key, one in asked.items() if one.path and in_bounds(one)}
    if not wanted:
        return {}
    rows = await work.rows(
        SQL["registered"],
        keys=list(wanted),
        paths=[json.dumps(members_of(one.path)) for one in wanted.values()],
        # Of each as one text: folded names break no line.
        streets=["\n".join(spelt([one.street])) for one in wanted.values()],
        **times,
    )
    found: defaultdict[int, list[Registered]] = defaultdict(list)
    for row in rows:
        told = {name: value for name, value in row.items() if name not in ("key", "at_gate")}
        found[row["key"]].append(Registered(at_gate=tuple(row["at_gate"]), **told))
    return found


async def standing_of(
    work: UnitOfWork, pairs: Sequence[tuple[int, int, str]], along_m: float, times: Mapping[str, str]
) -> dict[int, list[dict[str, Any]]]:
    """By key, of parcels: sheet and parcel number, ``number`` of the house on the register or None, and
    whether they lie ``along`` one of some streets. ``pairs`` are keys, parcels, and ids of streets parted by
    blanks.
    """
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    if pairs:
        keys, ids, streets = (list(column) for column in zip(*pairs, strict=True))
        asked = {"keys": keys, "ids": ids, "streets": streets, "along_m": along_m}
        for row in await work.rows(SQL["standing"], **asked, **times):
            found[row["key"]].append(dict(row))
    return found


def in_bounds(reading: Address) -> bool:
    """Whether the register could hold such a house at all."""
    fits = all(0 < number <= LARGEST and len(suffix) <= 3 for number, suffix in reading.path)
    return fits and len(reading.path) <= MOST_ALLEYS + 1 and bool(fold(reading.street))


def spelt(names: Iterable[str]) -> list[str]:
    """How streets of these names may stand in the index."""
    return [f"{kind}{form}" for name in names for form in street_spellings(name) for kind in _KINDS]


def own(reading: Address) -> dict[str, Any]:
    """The path of a house as queries take it: its alleys, and its own number."""
    return {
        "alleys": json.dumps(members_of(reading.path[:-1])),
        "number": reading.path[-1][0],
        "suffix": reading.path[-1][1],
    }
