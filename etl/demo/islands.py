"""The two islands in the Tiền: Thới Sơn upstream, Tân Long before the old centre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.demo.grid import SAMPLES, Grid
from etl.demo.patch import Patch
from etl.demo.warp import warp

Floats = NDArray[np.float64]

SHORE_M = 26.0
"""Green shore between the water and the first plot."""


@dataclass(frozen=True, slots=True)
class Island:
    """A lens from plan coordinate `west` to `east`, `half` metres thick on each side of its spine."""

    name: str
    west: float
    east: float
    spine: float
    half: float
    bend: float

    def shores(self, u: Floats) -> tuple[Floats, Floats]:
        """Plan coordinates v of the south and north shore."""
        share = np.clip((u - self.west) / (self.east - self.west), 0.0, 1.0)
        thick = self.half * (4 * share * (1 - share)) ** 0.62 * (1 + 0.10 * np.sin(u / 410.0))
        middle = self.spine + self.bend * np.sin(u / 1450.0)
        return middle - thick, middle + thick * (1 + 0.06 * np.sin(u / 190.0))

    def outline(self) -> Floats:
        """The shore line as a ring of EPSG:9210 points."""
        turn = np.linspace(0, np.pi, 160)
        u = (self.west + self.east) / 2 - (self.east - self.west) / 2 * np.cos(turn)
        south, north = self.shores(u)
        ring = np.concatenate([np.stack([u, south], -1), np.stack([u, north], -1)[-2:0:-1]])
        return np.round(warp(ring[:, 0], ring[:, 1]), 3)


THOI_SON = Island("Cồn Thới Sơn", -7500.0, -1350.0, -1130.0, 430.0, 60.0)
TAN_LONG = Island("Cồn Tân Long", 420.0, 3050.0, -490.0, 150.0, 25.0)
ISLANDS = (THOI_SON, TAN_LONG)
WEST_END = -7800.0


def south_bank(u: Floats) -> Floats:
    """Plan coordinate v of the south bank of the river."""
    west = 1.0 / (1.0 + np.exp((u + 1100.0) / 420.0))
    return np.asarray(-1180.0 - 900.0 * west - 70.0 * np.sin(u / 900.0 + 0.5) - 40.0 * np.sin(u / 370.0))


def cells(grid: Grid) -> list[tuple[int, int]]:
    """Columns of the grid whose whole width lies on an island, with the river row they belong to."""
    found = []
    for column in range(grid.columns):
        for island in ISLANDS:
            edge = 0.06 * (island.east - island.west)
            if grid.u_at[column] > island.west + edge and grid.u_at[column + 1] < island.east - edge:
                found.append((column, 0))
    return found


def patch(grid: Grid, column: int) -> Patch:
    """The part of an island in one column, its shores kept free."""
    west, east = float(grid.u_at[column]), float(grid.u_at[column + 1])
    island = THOI_SON if west < -1000 else TAN_LONG
    share = np.linspace(0, 1, SAMPLES)
    u = west + (east - west) * share
    south, north = island.shores(u)
    south, north = south + SHORE_M, north - SHORE_M

    def side(at: int) -> Floats:
        return warp(np.full(SAMPLES, u[at]), south[at] + (north[at] - south[at]) * share)

    return Patch(warp(u, south), warp(u, north), side(0), side(-1))
