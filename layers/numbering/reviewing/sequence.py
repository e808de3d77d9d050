"""Numbers for all houses and lots of a line in its order, and for the alleys that open into it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layers.numbering.between import Side, odd_side
from layers.numbering.mouth import free_alley
from layers.references.address import Number


@dataclass(frozen=True, slots=True)
class Standing:
    """A house (``house`` its id) or a vacant lot (None) along the line."""

    at_m: float
    side: Side
    house: int | None
    parcel: int | None


@dataclass(frozen=True, slots=True)
class Opening:
    """An alley as it is: the id of its axis, its own number, and where its mouth is."""

    axis: int
    number: Number
    at_m: float
    side: Side | None


def numbered(standing: Iterable[Standing]) -> list[tuple[Standing, Number]]:
    """Each with its number: odd ones ascending on the left, even ones on the right, one a house or lot."""
    ordered = sorted(standing, key=lambda one: (one.at_m, one.house or 0, one.parcel or 0))
    found: list[tuple[Standing, Number]] = []
    for side in ("left", "right"):
        first = 1 if odd_side(side) else 2
        here = [one for one in ordered if one.side == side]
        found += [(one, (first + 2 * place, "")) for place, one in enumerate(here)]
    return found


def alley_numbers(openings: Sequence[Opening], row: Sequence[tuple[Standing, Number]]) -> dict[int, Number]:
    """The number of each alley by the id of its axis: that of the house before its mouth, in the order of the
    mouths; where two mouths follow one house the second has a letter. Without a house before it, its own.
    """
    found: dict[int, Number] = {}
    taken: set[Number] = set()
    for opening in sorted(openings, key=lambda one: (one.at_m, one.axis)):
        before = [number for one, number in row if one.side == opening.side and one.at_m <= opening.at_m]
        number = free_alley(taken, max(before, default=opening.number))
        taken.add(number)
        found[opening.axis] = number
    return found
