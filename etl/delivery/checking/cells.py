"""The ground cut into cells of about as many rows: a city of any size is looked at a piece at a time."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.delivery.checking.subject import Subject
from etl.delivery.composing import compose
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Rows in a cell, as far as the grid below can tell them apart; a piece of them takes some tens of megabytes.
ROWS_IN_A_CELL = 10_000
_GRID = 256

#: West, south, east, north; what lies on the east or north side is the neighbour's.
Cell = tuple[float, float, float, float]


def cells(subject: Subject) -> Iterator[Cell]:
    """Cells that together cover the fresh rows and do not share ground."""
    table = {"fresh": subject.fresh_table()}
    extent = subject.connection.execute(compose(SQL["extent"], **table)).fetchone()
    if extent is None or extent[0] is None:
        return
    west, south, east, north = (float(side) for side in extent)
    wide, high = (max(east - west, 1.0) * 1.001 / _GRID, max(north - south, 1.0) * 1.001 / _GRID)
    counted = subject.connection.execute(
        compose(SQL["counted"], **table), {"west": west, "south": south, "wide": wide, "high": high}
    ).fetchall()
    counts = np.zeros((_GRID, _GRID), np.int64)
    for column, row, count in counted:
        counts[int(column), int(row)] = count
    for left, right, low, top in _halved(counts, 0, _GRID, 0, _GRID):
        yield west + left * wide, south + low * high, west + right * wide, south + top * high


def _halved(
    counts: NDArray[np.int64], left: int, right: int, low: int, top: int
) -> Iterator[tuple[int, int, int, int]]:
    held = counts[left:right, low:top]
    total = int(held.sum())
    if total <= ROWS_IN_A_CELL or held.size == 1:
        yield left, right, low, top
        return
    if right - left >= top - low:
        middle = left + _middle(held.sum(axis=1))
        yield from _halved(counts, left, middle, low, top)
        yield from _halved(counts, middle, right, low, top)
    else:
        middle = low + _middle(held.sum(axis=0))
        yield from _halved(counts, left, right, low, middle)
        yield from _halved(counts, left, right, middle, top)


def _middle(sums: NDArray[Any]) -> int:
    """Where to cut so that both sides hold about as many, and neither is without a column."""
    half = int(np.searchsorted(np.cumsum(sums), sums.sum() / 2)) + 1
    return min(max(half, 1), len(sums) - 1)
