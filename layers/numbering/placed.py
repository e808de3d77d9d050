"""Houses along a street or an alley: where each stands, and what of it is irregular. Pure, no database.

An irregular street is reported and never blocked: much of a city was numbered long before the rules.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from layers.numbering.between import Side, of_parity
from layers.references.address import Number, format_path

Irregularity = Literal["out_of_order", "wrong_parity", "same_number"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A house with its own number along a line; ``at_m`` from the start, ``point`` lon and lat.

    ``side`` is where the gate stands, None on the line itself; ``state`` that of the number.
    """

    id: int
    number: Number
    at_m: float
    side: Side | None
    state: str
    parcel_id: int | None
    address: str | None
    point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest houses of the right parity before and behind a place, on its side."""

    before: Placed | None
    after: Placed | None


def neighbours(along: Iterable[Placed], at_m: float, side: Side) -> Neighbours:
    """Those between which a gate at ``at_m`` stands; what has the parity of the other side is passed over."""
    same = [one for one in along if one.side == side and of_parity(one.number[0], side)]
    # At one place the smaller number comes first, whatever the order they were read in.
    before = max((one for one in same if one.at_m <= at_m), key=lambda o: (o.at_m, o.number), default=None)
    after = min((one for one in same if one.at_m > at_m), key=lambda o: (o.at_m, o.number), default=None)
    return Neighbours(before, after)


def irregularities(along: Sequence[Placed]) -> list[tuple[Irregularity, Placed]]:
    """What stands against the rules, house by house in the order of the street.

    Out of order is the least set of houses without which the others ascend: one house that was numbered
    wrongly does not make its neighbours wrong.
    """
    found: list[tuple[Irregularity, Placed]] = []
    for side in ("left", "right"):
        here = sorted((o for o in along if o.side == side), key=lambda o: (o.at_m, o.number))
        found += [("wrong_parity", one) for one in here if not of_parity(one.number[0], side)]
        regular = [one for one in here if of_parity(one.number[0], side)]
        found += [("out_of_order", one) for one in _against_the_order(regular)]
    counted = Counter(one.number for one in along if one.state in ("reserved", "issued"))
    found += [("same_number", one) for one in along if counted[one.number] > 1]
    return sorted(found, key=lambda pair: (pair[1].at_m, pair[1].id, pair[0]))


def _against_the_order(row: Sequence[Placed]) -> list[Placed]:
    """All but a longest ascending run, found by patience sorting."""
    tops: list[int] = []
    back: list[int | None] = []
    for place, one in enumerate(row):
        low, high = 0, len(tops)
        while low < high:
            middle = (low + high) // 2
            if row[tops[middle]].number < one.number:
                low = middle + 1
            else:
                high = middle
        back.append(tops[low - 1] if low else None)
        tops[low : low + 1] = [place]
    kept: set[int] = set()
    at: int | None = tops[-1] if tops else None
    while at is not None:
        kept.add(at)
        at = back[at]
    return [one for place, one in enumerate(row) if place not in kept]


def told_house(one: Placed) -> dict[str, Any]:
    """A house for an answer."""
    return {
        "id": one.id,
        "number": format_path((one.number,)),
        "address": one.address,
        "state": one.state,
        "parcel_id": one.parcel_id,
        "at_m": round(one.at_m, 2),
        "side": one.side,
        "geometry": {"type": "Point", "coordinates": list(one.point)},
    }
