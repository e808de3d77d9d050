"""Well-known binary to PostGIS's extended form: with the SRID, and in the type the column holds.

The usual batch, little-endian and of one type, is rewritten by its bytes alone; anything else (mixed
types, a third dimension, big-endian) is read and written again by shapely. Coordinates are not touched.
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

_HAS_SRID = 0x2000_0000
_SINGLE_TO_MULTI = {1: 4, 2: 5, 3: 6}
_TYPE_BYTES = 5
_TYPES = {"POINT": 1, "LINESTRING": 2, "POLYGON": 3, "MULTIPOINT": 4, "MULTILINESTRING": 5, "MULTIPOLYGON": 6}
_BUILD_MULTI: dict[int, Callable[..., NDArray[np.object_]]] = {
    4: shapely.multipoints,
    5: shapely.multilinestrings,
    6: shapely.multipolygons,
}


def to_ewkb(wkb: pa.Array, srid: int, column_type: str) -> pa.Array:
    """A large-binary array of WKB as EWKB; null stays null.

    column_type: the geometry type of the column in capitals. A single geometry is made a multi where the
    column holds multis; any other type is passed on for the database to judge.
    """
    kind = _only_type(wkb)
    target = _TYPES.get(column_type)
    if kind is None or kind not in _TYPES.values():
        return _by_shapely(wkb, srid, target)
    empty = pa.scalar(b"", pa.large_binary())
    if target is not None and target == _SINGLE_TO_MULTI.get(kind):
        return pc.binary_join_element_wise(pa.scalar(_head(target, srid, parts=1), wkb.type), wkb, empty)
    return pc.binary_join_element_wise(pa.scalar(_head(kind, srid), wkb.type), _without_type(wkb), empty)


def _head(kind: int, srid: int, parts: int | None = None) -> bytes:
    numbers = [kind | _HAS_SRID, srid, *([] if parts is None else [parts])]
    return b"\x01" + np.array(numbers, "<u4").tobytes()


def _only_type(wkb: pa.Array) -> int | None:
    """The type of all geometries when they are little-endian and alike."""
    values = wkb.drop_null() if wkb.null_count else wkb
    if len(values) == 0:
        return _TYPES["POINT"]
    offsets, data = _parts(values)
    if int(np.diff(offsets).min()) < _TYPE_BYTES:
        return None
    heads = data[offsets[:-1, None] + np.arange(_TYPE_BYTES)]
    if (heads != heads[0]).any() or heads[0, 0] != 1:
        return None
    return int(heads[0, 1:].copy().view("<u4")[0])


def _without_type(wkb: pa.Array) -> pa.Array:
    offsets, data = _parts(wkb)
    first, last = int(offsets[0]), int(offsets[-1])
    lengths = np.diff(offsets)
    starts = offsets[:-1][lengths > 0] - first
    keep = np.ones(last - first, bool)
    keep[(starts[:, None] + np.arange(_TYPE_BYTES)).reshape(-1)] = False
    shorter = np.zeros(len(wkb) + 1, np.int64)
    np.cumsum(np.where(lengths > 0, lengths - _TYPE_BYTES, 0), out=shorter[1:])
    bodies = pa.Array.from_buffers(
        wkb.type, len(wkb), [None, pa.py_buffer(shorter), pa.py_buffer(data[first:last][keep])]
    )
    return bodies if not wkb.null_count else pc.if_else(wkb.is_valid(), bodies, pa.scalar(None, wkb.type))


def _by_shapely(wkb: pa.Array, srid: int, target: int | None) -> pa.Array:
    shapes = shapely.force_2d(shapely.from_wkb(wkb.to_numpy(zero_copy_only=False)))
    kinds = shapely.get_type_id(shapes)
    for single, multi in ((0, 4), (1, 5), (3, 6)):
        alone = np.flatnonzero(kinds == single)
        if target == multi and len(alone):
            shapes[alone] = _BUILD_MULTI[multi](shapes[alone], indices=np.arange(len(alone)))
    written = shapely.to_wkb(shapely.set_srid(shapes, srid), include_srid=True, flavor="extended")
    return pa.array(written, wkb.type)


def _parts(array: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    _, offsets, data = array.buffers()
    ends = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    return ends, np.frombuffer(data or b"", np.uint8)
