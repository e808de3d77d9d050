"""Tilings for the plans: each grid cell in sub-zones whose edges run beside the streets, not on them.

Two neighbours always share every vertex of their edge, so that the zones of one plan neither overlap nor
leave gaps; lots are straddled because the whole mesh is pushed some metres aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.demo.city import City
from etl.demo.patch import Patch
from etl.demo.randomness import generator

Floats = NDArray[np.float64]
_BORDER = np.linspace(0.0, 1.0, 9)
_INSIDE_POINTS = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """A sub-zone: its cell, its place in the cell, and its shape."""

    column: int
    row: int
    part: tuple[int, int]
    parts: tuple[int, int]
    shape: shapely.Geometry


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where the lines of a cell meet its borders: s on south and north, t on west and east; ends included."""

    south: Floats
    north: Floats
    west: Floats
    east: Floats


def pushed(points: Floats, metres: float) -> Floats:
    """Points moved aside by up to `metres`, smoothly, so that shapes keep their topology."""
    x, y = points[..., 0], points[..., 1]
    aside = metres * np.stack([0.7 + 0.3 * np.sin(y / 310.0), -0.75 + 0.25 * np.sin(x / 270.0)], axis=-1)
    return np.asarray(np.round(points + aside, 3))


class ZoneMesh:
    """Tiles of a plan. `parts` gives for each covered cell how many sub-zones it has along s and t."""

    def __init__(
        self, city: City, parts: dict[tuple[int, int], tuple[int, int]], push_m: float, salt: int
    ) -> None:
        """Prepare the lines of every covered cell."""
        self._city, self._parts, self._push, self._salt = city, parts, push_m, salt
        self._cuts = cache(self._make_cuts)

    def tiles(self) -> list[Tile]:
        """All sub-zones, cell by cell."""
        return [tile for cell in self._parts for tile in self._cell_tiles(*cell)]

    def _make_cuts(self, column: int, row: int) -> _Cuts:
        along, up = self._parts[column, row]
        rng = generator(self._city.seed, self._salt, column + self._city.grid.first_u, row)

        def cut(parts: int) -> Floats:
            inner = (np.arange(1, parts) + rng.uniform(-0.24, 0.24, parts - 1)) / parts
            return np.concatenate([[0.0], np.round(inner, 4), [1.0]])

        return _Cuts(cut(along), cut(along), cut(up), cut(up))

    def _border(self, column: int, row: int, side: str) -> Floats:
        """Shares along one border at which either neighbour has a vertex."""
        beyond = {
            "south": (0, -1, "north"),
            "north": (0, 1, "south"),
            "west": (-1, 0, "east"),
            "east": (1, 0, "west"),
        }
        step_a, step_b, facing = beyond[side]
        found = [_BORDER, getattr(self._cuts(column, row), side)]
        other = (column + step_a, row + step_b)
        if other in self._parts:
            found.append(getattr(self._cuts(*other), facing))
        return np.unique(np.concatenate(found))

    def _patch(self, column: int, row: int) -> Patch:
        grid = self._city.grid
        edges = (
            grid.across[column, row],
            grid.across[column, row + 1],
            grid.along[column, row],
            grid.along[column + 1, row],
        )
        return Patch(*(pushed(edge, self._push) for edge in edges))

    def _cell_tiles(self, column: int, row: int) -> list[Tile]:
        patch, cuts = self._patch(column, row), self._cuts(column, row)
        along, up = self._parts[column, row]
        borders = {side: self._border(column, row, side) for side in ("south", "north", "west", "east")}
        # Crossing of the i-th line along and the j-th up, in (s, t).
        share_up, share_along = np.linspace(0, 1, up + 1), np.linspace(0, 1, along + 1)
        s = cuts.south[:, None] + (cuts.north - cuts.south)[:, None] * share_up
        t = cuts.west[None, :] + (cuts.east - cuts.west)[None, :] * share_along[:, None]
        found = []
        for i in range(along):
            for j in range(up):
                low = _run(s, t, (i, j), (i + 1, j), borders["south"] if j == 0 else None, 0)
                right = _run(s, t, (i + 1, j), (i + 1, j + 1), borders["east"] if i == along - 1 else None, 1)
                high = _run(s, t, (i, j + 1), (i + 1, j + 1), borders["north"] if j == up - 1 else None, 0)
                left = _run(s, t, (i, j), (i, j + 1), borders["west"] if i == 0 else None, 1)
                ring = np.concatenate([low[:-1], right[:-1], high[:0:-1], left[:0:-1]])
                points = np.round(patch.at(ring[:, 0], ring[:, 1]), 3)
                found.append(Tile(column, row, (i, j), (along, up), shapely.Polygon(points)))
        return found


def _run(
    s: Floats, t: Floats, start: tuple[int, int], end: tuple[int, int], border: Floats | None, axis: int
) -> Floats:
    """Points from one crossing to the next in (s, t), following the border where it lies there."""
    a = np.array([s[start], t[start]])
    b = np.array([s[end], t[end]])
    if border is None:
        return np.asarray(a + (b - a) * np.linspace(0, 1, _INSIDE_POINTS)[:, None])
    moving = border[(border >= a[axis]) & (border <= b[axis])]
    points = np.empty((len(moving), 2))
    points[:, axis], points[:, 1 - axis] = moving, a[1 - axis]
    return points
