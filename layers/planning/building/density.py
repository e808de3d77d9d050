"""The table of densities: per cent of a lot that may be built on, by the lot's area."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class DensityTable:
    """Points of area (m²) and density (%), areas ascending; straight between two of them, level outside."""

    points: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "DensityTable":
        """The table from the value of its rule."""
        return cls(tuple(zip(value["lot_m2"], value["density_pct"], strict=True)))

    def at(self, lot_m2: float) -> float:
        """Per cent. The footprint that follows is not monotonic: a lot of 95 m² bears more than one
        of 100."""
        if lot_m2 <= self.points[0][0]:
            return float(self.points[0][1])
        for (small, dense), (large, open_) in pairwise(self.points):
            if lot_m2 <= large:
                return dense + (open_ - dense) * (lot_m2 - small) / (large - small)
        return float(self.points[-1][1])
