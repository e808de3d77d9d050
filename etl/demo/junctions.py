"""Where streets meet: crossings of main lines, and where the collectors of the centre open into them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.demo import roles
from etl.demo.avenues import edge_name, present_edges
from etl.demo.blocks import SOUTH, WEST
from etl.demo.city import City
from etl.demo.grid import RIVER_ROWS
from etl.demo.ground import lay_out
from etl.demo.naming import Namer
from etl.demo.streets import lane_points

_CENTRE_CELLS = 40


@dataclass(frozen=True, slots=True)
class Junction:
    """A meeting of two streets in EPSG:9210; `bearing` is that of the first, degrees clockwise from north."""

    first: str
    second: str
    at: tuple[float, float]
    bearing: float
    main: bool


def crossings(city: City) -> list[Junction]:
    """Crossings of two main streets, the nearest to the centre first."""
    grid = city.grid
    along, across = present_edges(city, "u"), present_edges(city, "v")
    found = []
    for a in range(1, len(grid.u_at) - 1):
        if roles.canal_metres(a + grid.first_u, "u") > 0:
            continue
        for b in range(RIVER_ROWS, len(grid.v_at) - 1):
            if roles.canal_metres(b + grid.first_v, "v") > 0 or not (along[a, b] and across[a, b]):
                continue
            names = edge_name(city, "u", a, b).text, edge_name(city, "v", a, b).text
            course = grid.along[a, b]
            found.append(Junction(*names, _point(course[0]), _bearing(course[0], course[3]), main=True))
    middle = np.array(grid.along[-grid.first_u, 3, 0])
    return sorted(found, key=lambda j: float(np.hypot(j.at[0] - middle[0], j.at[1] - middle[1])))


def openings(city: City) -> list[Junction]:
    """Where collectors of the built-up cells open into the main streets around them, near the centre."""
    namer, quarters = Namer(city), 0
    found: list[Junction] = []
    for cell in city.cells:
        layout = lay_out(city, cell)
        names = namer.names(cell, layout)
        if cell.kind != "quarter":
            continue
        if quarters == _CENTRE_CELLS or not city.built[cell.column, cell.row]:
            break
        quarters += 1
        for lane, name in zip(layout.lanes, names[4:], strict=True):
            if lane.kind != "collector" or name.startswith("Hẻm"):
                continue
            points = lane_points(city, cell, layout, lane)
            low = WEST if lane.with_s else SOUTH
            for end, (side, here, inward) in enumerate(((low, 0, 1), (low + 1, -1, -2))):
                if (lane.start, lane.end)[end] == float(end):
                    bearing = _bearing(points[here], points[inward])
                    found.append(Junction(name, names[side], _point(points[here]), bearing, main=False))
    return found


def _point(place: NDArray[np.float64]) -> tuple[float, float]:
    return float(place[0]), float(place[1])


def _bearing(start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
    east, north = end - start
    return float(np.degrees(np.arctan2(east, north)) % 360)
