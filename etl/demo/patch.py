"""One cell of the grid as a surface: (s, t) in the unit square to EPSG:9210, true to its curved edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Patch:
    """A Coons patch. South and north edges run with s, west and east ones with t; all share their corners."""

    south: Floats
    north: Floats
    west: Floats
    east: Floats

    def at(self, s: Floats, t: Floats) -> Floats:
        """Points, shape (n, 2), for arrays s and t of shape (n,)."""
        s_, t_ = s[:, None], t[:, None]
        south, north = _along(self.south, self.north, s)
        west, east = _along(self.west, self.east, t)
        ruled = south + (north - south) * t_ + west + (east - west) * s_
        p00, p10, p01, p11 = self.south[0], self.south[-1], self.north[0], self.north[-1]
        flat: Floats = p00 + (p10 - p00) * s_ + (p01 - p00) * t_ + (p11 - p10 - p01 + p00) * (s_ * t_)
        return ruled - flat

    def outline(self) -> Floats:
        """The ring of the whole cell, closed, anticlockwise."""
        return np.concatenate([self.south[:-1], self.east[:-1], self.north[:0:-1], self.west[::-1]])


@dataclass(frozen=True, slots=True)
class Scale:
    """Metres per unit of s and t, sampled on a square lattice of the patch.

    `run_*` is measured along the curve, `gap_*` square to the other family: a street of `w` metres between
    two curves of equal s needs `w / gap_s`.
    """

    run_s: Floats
    run_t: Floats
    gap_s: Floats
    gap_t: Floats

    def window(self, field: Floats, s0: float, s1: float, t0: float, t1: float) -> Floats:
        """The samples of `field` around a rectangle of the patch, at least one cell of the lattice."""
        last = field.shape[0] - 1
        low_s, high_s = int(s0 * last), int(np.ceil(s1 * last))
        low_t, high_t = int(t0 * last), int(np.ceil(t1 * last))
        return field[max(low_s, 0) : min(high_s, last) + 1, max(low_t, 0) : min(high_t, last) + 1]


def scale_of(patch: Patch, lattice: int = 13) -> Scale:
    """Measure a patch by central differences."""
    step = 0.02
    line = np.linspace(step, 1 - step, lattice)
    s, t = (axis.ravel() for axis in np.meshgrid(line, line, indexing="ij"))
    around_s = np.concatenate([s + step, s - step, s, s])
    around_t = np.concatenate([t, t, t + step, t - step])
    right, left, up, down = patch.at(around_s, around_t).reshape(4, -1, 2)
    d_s, d_t = (right - left) / (2 * step), (up - down) / (2 * step)
    area = np.abs(d_s[:, 0] * d_t[:, 1] - d_s[:, 1] * d_t[:, 0])
    run_s, run_t = np.hypot(*d_s.T), np.hypot(*d_t.T)
    shape = (lattice, lattice)
    return Scale(
        run_s.reshape(shape),
        run_t.reshape(shape),
        (area / run_t).reshape(shape),
        (area / run_s).reshape(shape),
    )


def _along(one: Floats, other: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Points of two opposite edges at the same shares, straight on beyond their ends."""
    edges = np.concatenate([one, other], axis=1)
    place = share * (len(edges) - 1)
    below = np.minimum(np.maximum(place.astype(np.int64), 0), len(edges) - 2)
    found = edges[below] + np.diff(edges, axis=0)[below] * (place - below)[:, None]
    return found[:, :2], found[:, 2:]
