"""Planning a city: its territory, which cells are built and how, which are hamlets, and their order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.demo import islands, roles, units, ways
from etl.demo.carve import Carver
from etl.demo.city import Cell, City
from etl.demo.grid import RIVER_ROWS, Grid, make_grid
from etl.demo.randomness import hashed

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

WEST, EAST, NORTH = -6600.0, 5000.0, 6300.0
"""How far the land of the default city reaches from the mouth of the Bảo Định, metres of the plan."""

_LOT_GROSS_M2 = 268.0  # ground a lot takes with its share of streets, canals and public plots
LEAST_STREET_CELLS = 24  # streets of the centre are there in the smallest city
_RURAL_SHARE = 0.14
_LOTS_PER_M2 = {"old": 1 / 223, "urban": 1 / 274, "planned": 1 / 254, "edge": 1 / 385}
_LOTS_PER_HAMLET = 55
_FIRST_DENSE_SHEET = 11  # large-scale sheets of the quarters go on after those of the open ground


@dataclass(frozen=True, slots=True)
class _Draft:
    """What planning knows of the ground; arrays are (columns, rows)."""

    seed: int
    grid: Grid
    u: Floats  # plan coordinates of cell centres
    v: Floats
    land: Bools
    unit: NDArray[np.int64]
    area: Floats


def plan_city(seed: int, parcels: int) -> City:
    """Plan a city of at least `parcels` parcels. Its core does not change with their number."""
    ground = parcels * _LOT_GROSS_M2 * 1.1
    extent = max(1.0, float(np.sqrt(ground / (0.62 * (EAST - WEST) * NORTH))))
    draft = _draft(seed, extent)
    west, east, north = WEST * extent, EAST * extent, NORTH * extent
    streets, waters = ways.streets(extent), ways.waters(seed, west, east, north)
    order = _growth(draft, streets)
    # Hamlets lie outside what the city would need without them, then it needs less.
    open_land = draft.land.copy()
    open_land[:, :RIVER_ROWS] = False
    open_land[tuple(np.array(order[: _fabrics(draft, order, parcels)[1]]).T)] = False
    hamlets = _hamlets(draft, open_land, int(parcels * _RURAL_SHARE / _LOTS_PER_HAMLET) + 1)
    taken = {(a, b) for a, b, _ in hamlets}
    order = [place for place in order if place not in taken]
    fabric, enough = _fabrics(draft, order, parcels - len(hamlets) * _LOTS_PER_HAMLET)
    built = np.zeros(draft.land.shape, dtype=bool)
    built[tuple(np.array(order[: max(enough, LEAST_STREET_CELLS)]).T)] = True
    return City(
        seed=seed,
        parcels=parcels,
        extent=extent,
        grid=draft.grid,
        land=draft.land,
        unit=draft.unit,
        built=built,
        streets=tuple(streets),
        waters=tuple(waters),
        carver=Carver([*streets, *waters]),
        cells=_cells(draft, hamlets, order, fabric),
        centres=np.stack([draft.u, draft.v], axis=-1),
    )


def _draft(seed: int, extent: float) -> _Draft:
    grid = make_grid(seed, min(WEST * extent, islands.WEST_END) - 100, EAST * extent, NORTH * extent)
    mid_u, mid_v = (grid.u_at[:-1] + grid.u_at[1:]) / 2, (grid.v_at[:-1] + grid.v_at[1:]) / 2
    u, v = np.meshgrid(mid_u, mid_v, indexing="ij")
    row = np.broadcast_to(np.arange(grid.rows) + grid.first_v, u.shape)
    area = np.asarray(shapely.area(grid.cells()))
    return _Draft(seed, grid, u, v, _territory(u, v, row, extent), units.unit_of(u, v, row), area)


def _cells(
    draft: _Draft, hamlets: list[tuple[int, int, str]], order: list[tuple[int, int]], fabric: list[str]
) -> tuple[Cell, ...]:
    """Cells in the order parcels are made, with their sheets: numbers run on within each unit."""
    placed = [(a, b, kind, "rural", _LOTS_PER_HAMLET) for a, b, kind in hamlets]
    for (a, b), name in zip(order, fabric, strict=True):
        placed.append((a, b, "quarter", name, int(draft.area[a, b] * _LOTS_PER_M2[name])))
    cells, next_sheet = [], [1] * len(units.FIRST)
    for a, b, kind, name, lots in placed:
        sheets = 1 if lots < 330 else 2 if lots < 800 else 4
        unit = int(draft.unit[a, b])
        if kind == "quarter":
            next_sheet[unit] = max(next_sheet[unit], _FIRST_DENSE_SHEET)
        cells.append(Cell(a, b, kind, name, unit, next_sheet[unit], sheets))
        next_sheet[unit] += sheets
    return tuple(cells)


def _territory(u: Floats, v: Floats, row: NDArray[np.int64], extent: float) -> Bools:
    x, y = u / extent, v / extent
    north = NORTH * (0.90 + 0.07 * np.sin(x / 900 + 0.6) + 0.05 * np.sin(x / 370))
    west = WEST * (0.93 + 0.06 * np.sin(y / 800 + 1.0))
    east = EAST * (0.92 + 0.07 * np.sin(y / 700 + 2.2))
    inside = (y < north) & (x > west) & (x < east)
    shore = inside[:, row[0] == 0]
    thoi_son = (u > islands.WEST_END - 400) & (u < -1000)
    return np.asarray(
        np.where(row == -2, thoi_son | (shore & (u > -1000)), np.where(row == -1, shore, inside))
    )


def _growth(draft: _Draft, streets: list[ways.Way]) -> list[tuple[int, int]]:
    """Cells from the centre outwards, sooner along the boulevards, with a ragged edge."""
    grid = draft.grid
    far = np.hypot((draft.u + 150.0) / 1.25, draft.v - 200.0)
    column, row = np.meshgrid(np.arange(grid.columns) + grid.first_u, np.arange(grid.rows), indexing="ij")
    far = far * (0.86 + 0.28 * hashed(draft.seed, 51, column, row))
    edge = grid.across[:, :, grid.across.shape[2] // 2]
    middle = (edge[:, :-1] + edge[:, 1:]) / 2
    roads = shapely.union_all([shapely.LineString(way.line) for way in streets[1:4]])
    shapely.prepare(roads)
    close = shapely.dwithin(roads, shapely.points(middle), 420.0)
    far = np.where(close, far * 0.82, far)
    open_land = draft.land & (row >= RIVER_ROWS)
    far = np.where(open_land, far, np.inf)
    order = np.argsort(far, axis=None, kind="stable")[: int(open_land.sum())]
    return [(int(k) // grid.rows, int(k) % grid.rows) for k in order]


def _fabrics(draft: _Draft, order: list[tuple[int, int]], parcels: int) -> tuple[list[str], int]:
    """A fabric for each cell in order, and how many cells the parcels need, a few to spare."""
    a, b = np.array(order).T
    far = np.hypot((draft.u[a, b] + 150) / 1.2, draft.v[a, b] - 250)
    chance = hashed(draft.seed, 52, a + draft.grid.first_u, b)
    inner = np.select(
        [far < 660, far < 1250, chance < 0.3, chance < 0.72],
        ["old", np.where(chance < 0.85, "urban", "planned"), "planned", "urban"],
        "edge",
    )
    loose = np.where(chance < 0.72, "edge", "planned")

    def enough(names: NDArray[np.str_]) -> int:
        room = np.cumsum(draft.area[a, b] * np.array([_LOTS_PER_M2[name] for name in names]))
        return int(np.searchsorted(room, parcels * 1.015)) + 1

    # The city thins out over its last cells.
    rank = np.arange(len(order))
    names = np.where((rank > 0.48 * enough(inner)) & (far > 600), loose, inner)
    return names.tolist(), enough(names)


def _hamlets(draft: _Draft, open_land: Bools, wanted: int) -> list[tuple[int, int, str]]:
    """Rural cells beside a road, taken from each unit in turn, and the pieces of the islands."""
    grid = draft.grid
    by_unit: dict[int, list[tuple[float, int, int, str]]] = {n: [] for n in range(len(units.FIRST))}
    for column, row in islands.cells(grid):
        by_unit[int(draft.unit[column, row])].append((float(column), column, row, "island"))
    for a, b in zip(*np.nonzero(open_land), strict=True):
        i, j = int(a) + grid.first_u, int(b) + grid.first_v
        place = float(draft.u[a, b]), float(draft.v[a, b])
        lines = (("v", j), ("v", j + 1), ("u", i), ("u", i + 1))
        if any(roles.street_name(family, line, *place).rural for family, line in lines):
            far = float(np.hypot(place[0], place[1] - 800) * (0.7 + 0.6 * hashed(draft.seed, 53, i, j)))
            by_unit[int(draft.unit[a, b])].append((far, int(a), int(b), "hamlet"))
    queues = [sorted(waiting) for waiting in by_unit.values()]
    found: list[tuple[int, int, str]] = []
    while len(found) < wanted and any(queues):
        for queue in queues:
            for _ in range(2 if queue and queue[0][3] == "island" else 1):
                if queue and len(found) < wanted:
                    found.append(queue.pop(0)[1:])
    return found
