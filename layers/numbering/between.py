"""Which number a house gets between its neighbours: pure, no database.

By side one parity (left odd, right even, facing the ascending numbers); a free number where there is one,
else the smaller neighbour's with a letter; and each vacant lot on the way keeps a number for itself.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from layers.references.address import Number
from layers.references.house_path import LARGEST

Side = Literal["left", "right"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_LOOKED_AT = 5_000
_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A number for a house.

    Attributes:
        number: None where none can be given.
        how: ``free`` for a number of its own, ``suffix`` for the smaller neighbour's with a letter.
        alternatives: others that would be in order too, the nearest first.
        enough: whether every vacant lot between the neighbours can have a number as well.
    """

    number: Number | None
    how: Literal["free", "suffix"] | None
    alternatives: tuple[Number, ...]
    enough: bool


def odd_side(side: Side) -> bool:
    """True where houses have odd numbers."""
    return side == "left"


def of_parity(number: int, side: Side) -> bool:
    """Whether a number is one of that side."""
    return number % 2 == int(odd_side(side))


def between(
    before: Number | None,
    after: Number | None,
    side: Side,
    taken: Collection[Number],
    vacant_before: int = 0,
    vacant_after: int = 0,
) -> Choice:
    """A number above ``before`` and below ``after``, its neighbours on the same side.

    None for a neighbour: the house is the first or the last. ``taken`` are all numbers of the street or
    alley, of both sides. ``vacant_*`` count the vacant lots between the house and each neighbour.
    """
    held = set(taken)
    wanted = vacant_before + 1 + (vacant_after if after is not None else 0)
    free = list(_free(before, after, side, held, wanted + _ALTERNATIVES))
    letters = list(_lettered(before, after, held))
    if not free:
        first = letters[0] if letters else None
        return Choice(first, "suffix" if first else None, tuple(letters[1 : 1 + _ALTERNATIVES]), enough=False)
    place = min(vacant_before, len(free) - 1)
    others = [*free[place + 1 :], *reversed(free[:place]), *letters[:1]]
    return Choice(free[place], "free", tuple(others[:_ALTERNATIVES]), enough=len(free) >= wanted)


def _free(
    before: Number | None, after: Number | None, side: Side, held: set[Number], most: int
) -> Iterator[Number]:
    lowest = before[0] + 1 if before is not None else 1
    lowest += 0 if of_parity(lowest, side) else 1
    highest = after[0] - 1 if after is not None else LARGEST
    for number in range(lowest, min(highest, lowest + _MOST_LOOKED_AT) + 1, 2):
        if most == 0:
            return
        if (number, "") not in held:
            most -= 1
            yield number, ""


def _lettered(before: Number | None, after: Number | None, held: set[Number]) -> Iterator[Number]:
    if before is None:
        return
    for letter in _LETTERS:
        number = (before[0], letter)
        if number > before and number not in held and (after is None or number < after):
            yield number
