"""WKB of many rings without a geometry object for each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

_HEAD = 1 + 4 + 4 + 1 + 4 + 4 + 4  # multipolygon of one, polygon of one ring, number of points


def multipolygons(rings: NDArray[np.float64], start: NDArray[np.int64]) -> pa.Array:
    """One little-endian MultiPolygon for each unclosed ring rings[start[i]:start[i + 1]]."""
    sizes = np.diff(start) + 1
    lengths = _HEAD + 16 * sizes
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    out = np.empty(int(offsets[-1]), dtype=np.uint8)
    for size in np.unique(sizes):
        found = np.flatnonzero(sizes == size)
        order = np.arange(size)
        order[-1] = 0
        block = np.empty((len(found), _HEAD + 16 * int(size)), dtype=np.uint8)
        block[:, :_HEAD] = np.frombuffer(_head(int(size)), dtype=np.uint8)
        ring = rings[start[:-1][found][:, None] + order].astype("<f8")
        block[:, _HEAD:] = ring.reshape(len(found), -1).view(np.uint8)
        out[offsets[:-1][found][:, None] + np.arange(block.shape[1])] = block
    return pa.BinaryArray.from_buffers(
        pa.binary(), len(sizes), [None, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(out)]
    )


def geometries(shapes: Sequence[shapely.Geometry]) -> pa.Array:
    """WKB of geometries as they are."""
    return pa.array(list(shapely.to_wkb(np.array(shapes, dtype=object), byte_order=1)), pa.binary())


def points(places: NDArray[np.float64]) -> pa.Array:
    """WKB of points, rounded to 1 mm."""
    return pa.array(list(shapely.to_wkb(shapely.points(np.round(places, 3)), byte_order=1)), pa.binary())


def _head(points: int) -> bytes:
    numbers = np.array([6, 1, 3, 1, points], dtype="<u4").tobytes()
    return b"\x01" + numbers[:8] + b"\x01" + numbers[8:]
