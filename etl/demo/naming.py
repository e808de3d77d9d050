"""Names of the lanes of each cell, given in the order cells are made."""

from __future__ import annotations

from collections import Counter

from etl.demo import roles
from etl.demo.blocks import FIRST_LANE, Layout
from etl.demo.city import Cell, City
from etl.demo.names import SIDE_STREETS
from etl.demo.units import FIRST

_LONG_ENOUGH_M = 210.0


class Namer:
    """Hands out street names. Two namers that see the same cells in the same order agree."""

    def __init__(self, city: City) -> None:
        """Start at the first cell of the city."""
        self._city = city
        self._streets = 0
        self._alleys: Counter[str] = Counter()
        taken = {name.text for name in roles.all_names()} | {way.name for way in city.streets}
        self._pool = [name for name in SIDE_STREETS if name not in taken]

    def names(self, cell: Cell, layout: Layout) -> list[str]:
        """Name of each street of the cell: its four sides, then its lanes."""
        city = self._city
        u, v = (float(x) for x in city.centres[cell.column, cell.row])
        if cell.kind == "island":
            names = [f"Bờ kè {FIRST[cell.unit].name}"] * FIRST_LANE
        else:
            names = [
                roles.beside_name(family, line, u, v, side)
                for side, (family, line) in enumerate(city.lines_around(cell))
            ]
        for lane in layout.lanes:
            run = float((layout.scale.run_s if lane.with_s else layout.scale.run_t).mean()) * (
                lane.end - lane.start
            )
            if cell.kind == "island":
                names.append(f"Đường trung tâm {FIRST[cell.unit].full_name}")
            elif lane.kind == "collector" and run > _LONG_ENOUGH_M:
                names.append(self._next_street())
            else:
                names.append(self._next_alley(names[lane.parent]))
        return names

    def _next_alley(self, parent: str) -> str:
        while parent.startswith("Hẻm"):  # an alley off an alley counts from the street
            parent = parent.split(" ", 2)[2]
        if parent[0].isdigit():
            parent = f"đường {parent}"
        self._alleys[parent] += 1
        return f"Hẻm {3 * self._alleys[parent] + len(parent) % 5} {parent}"

    def _next_street(self) -> str:
        self._streets += 1
        if self._streets <= len(self._pool):
            return self._pool[self._streets - 1]
        return f"Đường số {self._streets - len(self._pool)}"
