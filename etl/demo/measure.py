"""Areas and centres of many rings at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.demo.lots import Lots

Floats = NDArray[np.float64]


def areas(lots: Lots) -> Floats:
    """Areas in square metres of the grid."""
    x, y, after = _around(lots)
    return np.asarray(np.add.reduceat(x * y[after] - x[after] * y, lots.start[:-1]) / 2)


def centres(lots: Lots) -> Floats:
    """Centroids in EPSG:9210: inside the lot, as the lots are near convex."""
    x, y, after = _around(lots)
    cross = x * y[after] - x[after] * y
    six = 3 * np.add.reduceat(cross, lots.start[:-1])
    cx = np.add.reduceat((x + x[after]) * cross, lots.start[:-1]) / six
    cy = np.add.reduceat((y + y[after]) * cross, lots.start[:-1]) / six
    return np.stack([cx, cy], axis=1) + lots.points[lots.start[:-1]]


def chosen(lots: Lots, numbers: NDArray[np.int64]) -> Lots:
    """Some of the lots, in the order given."""
    sizes = np.diff(lots.start)[numbers]
    take = np.repeat(lots.start[numbers] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    start = np.concatenate([[0], np.cumsum(sizes)])
    return Lots(lots.points[take], start, lots.block[numbers], lots.street[numbers])


def _around(lots: Lots) -> tuple[Floats, Floats, NDArray[np.int64]]:
    sizes = np.diff(lots.start)
    near = lots.points - np.repeat(lots.points[lots.start[:-1]], sizes, axis=0)  # keeps the digits
    after = np.arange(1, len(near) + 1)
    after[lots.start[1:] - 1] = lots.start[:-1]
    return near[:, 0], near[:, 1], after
