"""One demo city: its grid, its cells, and what stands in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.demo import islands, roles, ways
from etl.demo.carve import Carver
from etl.demo.grid import Grid
from etl.demo.patch import Patch

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cell:
    """A mesh of the grid that holds parcels. `column` and `row` count from 0 in the grid's arrays."""

    column: int
    row: int
    kind: str  # quarter | hamlet | island
    fabric: str
    unit: int  # in units.FIRST
    first_sheet: int
    sheets: int


@dataclass(frozen=True, slots=True)
class City:
    """Everything the generators share. `cells` are in the order parcels are made."""

    seed: int
    parcels: int
    extent: float
    grid: Grid
    land: Bools  # the city's territory, river rows included, (columns, rows)
    unit: NDArray[np.int64]  # in units.FIRST, where `land`
    built: Bools
    streets: tuple[ways.Way, ...]
    waters: tuple[ways.Way, ...]
    carver: Carver
    cells: tuple[Cell, ...]
    centres: Floats  # plan coordinates of cell centres, (columns, rows, 2)

    def patch(self, cell: Cell) -> Patch:
        """The surface of a cell."""
        if cell.kind == "island":
            return islands.patch(self.grid, cell.column)
        a, b = cell.column, cell.row
        grid = self.grid
        return Patch(grid.across[a, b], grid.across[a, b + 1], grid.along[a, b], grid.along[a + 1, b])

    def lines_around(self, cell: Cell) -> tuple[tuple[str, int], ...]:
        """Family and number of the main lines south, north, west and east of a cell."""
        i, j = cell.column + self.grid.first_u, cell.row + self.grid.first_v
        return (("v", j), ("v", j + 1), ("u", i), ("u", i + 1))

    def margins(self, cell: Cell) -> tuple[float, ...]:
        """Metres kept free on each side of a cell, in the order of `lines_around`."""
        return tuple(roles.margin(self.seed, line, family) for family, line in self.lines_around(cell))
