"""Cadastral sheets and parcel numbers: 1..n in each sheet, from the north in zigzag."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.demo.blocks import Layout
from etl.demo.city import Cell
from etl.demo.lots import Lots

Ints = NDArray[np.int64]

_BAND_M = 42.0
_TWICE = 0.002  # share of numbers given twice within a sheet, as in real cadastres


def sheet_of(cell: Cell, layout: Layout, lots: Lots) -> Ints:
    """Sheet number of each lot within its unit; a block is never split between sheets."""
    middle = np.array(
        [((b.s0 + b.s1) / 2 > 0.5, (b.t0 + b.t1) / 2 > 0.5) for b in layout.blocks], dtype=np.int64
    )
    east, north = middle[:, 0], middle[:, 1]
    part = {1: 0 * east, 2: east, 4: east + 2 * (1 - north)}[cell.sheets]
    return np.asarray(cell.first_sheet + part[lots.block], dtype=np.int64)


def numbered(sheet: Ints, centre: NDArray[np.float64], rng: np.random.Generator) -> Ints:
    """Parcel number of each lot; `centre` are EPSG:9210 points."""
    top = np.full(int(sheet.max()) + 1, -np.inf)
    np.maximum.at(top, sheet, centre[:, 1])
    band = ((top[sheet] - centre[:, 1]) / _BAND_M).astype(np.int64)
    along = np.where(band % 2 == 0, centre[:, 0], -centre[:, 0])
    order = np.lexsort((along, band, sheet))
    ordered = sheet[order]
    first = np.searchsorted(ordered, ordered)
    number = np.empty(len(sheet), dtype=np.int64)
    number[order] = np.arange(len(sheet)) - first + 1
    # A slip of the pen: the number of the plot before, once more.
    slip = (rng.random(len(sheet)) < _TWICE) & (number > 1)
    return np.where(slip, number - 1, number)
