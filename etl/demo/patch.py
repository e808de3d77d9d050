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
        p00, p10, p01, p11 = self.south[0], self.south[-1], self.north[0], self.north[-1]
        ruled_t = _along(self.south, s) * (1 - t_) + _along(self.north, s) * t_
        ruled_s = _along(self.west, t) * (1 - s_) + _along(self.east, t) * s_
        both: Floats = (
            ruled_t + ruled_s - ((p00 * (1 - s_) + p10 * s_) * (1 - t_) + (p01 * (1 - s_) + p11 * s_) * t_)
        )
        return both

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
    d_s = (patch.at(s + step, t) - patch.at(s - step, t)) / (2 * step)
    d_t = (patch.at(s, t + step) - patch.at(s, t - step)) / (2 * step)
    area = np.abs(d_s[:, 0] * d_t[:, 1] - d_s[:, 1] * d_t[:, 0])
    run_s, run_t = np.hypot(*d_s.T), np.hypot(*d_t.T)
    shape = (lattice, lattice)
    return Scale(
        run_s.reshape(shape),
        run_t.reshape(shape),
        (area / run_t).reshape(shape),
        (area / run_s).reshape(shape),
    )


def _along(edge: Floats, share: Floats) -> Floats:
    place = share * (len(edge) - 1)
    below = np.clip(place.astype(np.int64), 0, len(edge) - 2)
    start = edge[below]
    return start + (edge[below + 1] - start) * (place - below)[:, None]
