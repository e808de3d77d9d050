"""The city's main lines: two families of smooth curves whose meshes are the cells every other part fills."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.demo import roles
from etl.demo.randomness import hashed
from etl.demo.warp import warp

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RIVER_ROWS = 2
"""The southernmost rows of cells are the river's."""

SAMPLES = 33
"""Points along each edge of a cell; all that follows an edge uses the same ones."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Meshes between u-lines (north-south) and v-lines (east-west), numbered from the centre.

    `across[a, b]` is the edge of v-line `first_v + b` between u-lines `first_u + a` and the next;
    `along[a, b]` that of u-line `first_u + a` between v-lines. Each is SAMPLES points of EPSG:9210, to 1 mm.
    """

    first_u: int
    first_v: int
    u_at: Floats
    v_at: Floats
    across: Floats
    along: Floats

    @property
    def columns(self) -> int:
        """Number of cells from west to east."""
        return len(self.u_at) - 1

    @property
    def rows(self) -> int:
        """Number of cells from south to north, two rows of river included."""
        return len(self.v_at) - 1

    def cells(self) -> NDArray[np.object_]:
        """Every cell as a polygon, (columns, rows); neighbours share all points of their edge."""
        across, along = self.across, self.along
        sides = [across[:, :-1, :-1], along[1:, :, :-1], across[:, 1:, :0:-1], along[:-1, :, :0:-1]]
        return np.asarray(shapely.polygons(np.concatenate(sides, axis=2)))


def spacing(number: int, centre: float, step: float, widest: float) -> Floats:
    """Distances of lines 0..number from line 0: narrow meshes in the old centre, wider outwards."""
    widths = np.minimum(centre + step * np.arange(number), widest)
    return np.concatenate([[0.0], np.cumsum(widths)])


def make_grid(seed: int, west: float, east: float, north: float) -> Grid:
    """The lines needed to reach plan coordinates `west` (negative), `east` and `north`, in metres."""
    u_reach = spacing(400, 330.0, 38.0, 610.0)
    v_reach = spacing(400, 310.0, 36.0, 590.0)
    to_west = int(np.searchsorted(u_reach, -west))
    to_east = int(np.searchsorted(u_reach, east))
    to_north = int(np.searchsorted(v_reach, north))
    u_at = np.concatenate([-u_reach[to_west:0:-1], u_reach[: to_east + 1]])
    v_at = np.concatenate([[-2.0, -1.0], v_reach[: to_north + 1]])
    u_lines = np.arange(-to_west, to_east + 1)
    v_lines = np.arange(-2, to_north + 1)

    u = np.broadcast_to(u_at[:, None], (len(u_at), len(v_at))).copy()
    v = np.broadcast_to(np.maximum(v_at, 0.0)[None, :], u.shape).copy()
    for _ in range(12):  # the curves are flat enough for this to settle below a millimetre
        u = u_at[:, None] + sway_u(seed, u_lines[:, None], v)
        v = height_v(seed, v_lines[None, :], v_at[None, :], u)

    share = np.linspace(0.0, 1.0, SAMPLES)
    u_run = u[:-1, :, None] + (u[1:] - u[:-1])[:, :, None] * share
    across = warp(u_run, height_v(seed, v_lines[None, :, None], v_at[None, :, None], u_run))
    v_run = v[:, :-1, None] + (v[:, 1:] - v[:, :-1])[:, :, None] * share
    along = warp(u_at[:, None, None] + sway_u(seed, u_lines[:, None, None], v_run), v_run)
    # One point for each crossing, whichever edge it is read from.
    corner = warp(u, v)
    across[:, :, 0], across[:, :, -1] = corner[:-1], corner[1:]
    along[:, :, 0], along[:, :, -1] = corner[:, :-1], corner[:, 1:]
    return Grid(-to_west, -2, u_at, v_at, np.round(across, 3), np.round(along, 3))


def sway_u(seed: int, line: Ints, v: Floats) -> Floats:
    """How far u-line `line` leaves its straight course at plan coordinate v, in metres."""
    v = np.maximum(v, -200.0)
    size = 18.0 + 30.0 * hashed(seed, 11, line)
    reach = 380.0 + 420.0 * hashed(seed, 12, line)
    sway = size * np.sin(v / reach + 6.3 * hashed(seed, 13, line))
    meander = 34.0 * np.sin(v / 260.0 + 0.4) + 17.0 * np.sin(v / 118.0 + 1.0)
    wide = roles.canal_width(line, "u") > 0
    return np.where(line == 0, meander, sway + np.where(wide, 0.45 * meander, 0.0))


def height_v(seed: int, line: Ints, level: Floats, u: Floats) -> Floats:
    """Plan coordinate v of v-line `line` at u; lines -1 and -2 divide the river between the units."""
    size = 16.0 + 30.0 * hashed(seed, 21, line)
    reach = 420.0 + 420.0 * hashed(seed, 22, line)
    street = level + size * np.sin(u / reach + 6.3 * hashed(seed, 23, line))
    west = 1.0 / (1.0 + np.exp((u + 1000.0) / 260.0))
    near, far = -210.0 - 170.0 * west, -790.0 - 1080.0 * west
    return np.select([line == 0, line == -1, line == -2], [np.zeros_like(u), near, far], street)
