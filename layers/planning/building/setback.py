"""The table of setbacks: metres from the red line, by width of the road and height of the building."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: metres, and whether the copies leave in doubt what stands there."""

    metres: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class SetbackTable:
    """Rows by road width between red lines, columns by height, both in metres and each "below"."""

    road_m: tuple[float, ...]
    height_m: tuple[float, ...]
    cells: tuple[tuple[Cell, ...], ...]
    not_for_kinds: frozenset[str]

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "SetbackTable":
        """The table from the value of its rule."""
        rows = zip(value["setback_m"], value["doubtful"], strict=True)
        return cls(
            road_m=tuple(value["road_m_below"]),
            height_m=tuple(value["height_m_below"]),
            cells=tuple(
                tuple(Cell(float(metres), doubt) for metres, doubt in zip(*row, strict=True)) for row in rows
            ),
            not_for_kinds=frozenset(value["not_for_kinds"]),
        )

    def is_for(self, street_kind: str) -> bool:
        """Whether the table speaks of such streets at all."""
        return street_kind not in self.not_for_kinds

    def at(self, road_m: float, height_m: float) -> Cell:
        """The cell for a road and a building: 19 m is no longer "below 19 m"."""
        return self.cells[bisect_right(self.road_m, road_m)][bisect_right(self.height_m, height_m)]
