"""PostgreSQL's binary COPY format, packed a whole column at a time.

A row is its number of fields, then for each field its length (-1 for NULL) and its bytes, big-endian.
Fields of fixed width become matrices of bytes, all else stays in Arrow buffers, and Arrow interleaves
them: no Python object is made for a value.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.ewkb import to_ewkb

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

Bytes = NDArray[np.uint8]

_LENGTH = np.dtype(">i4")
_TEXT_OID = 25
_UNIX_TO_2000_DAYS = 10_957
_UNIX_TO_2000_US = 946_684_800_000_000

#: PostgreSQL type: Arrow type to bring the column to, bytes on the wire, what to take away first.
_FIXED: dict[str, tuple[pa.DataType, np.dtype[np.generic], int]] = {
    "bool": (pa.bool_(), np.dtype("u1"), 0),
    "int2": (pa.int16(), np.dtype(">i2"), 0),
    "int4": (pa.int32(), np.dtype(">i4"), 0),
    "int8": (pa.int64(), np.dtype(">i8"), 0),
    "float4": (pa.float32(), np.dtype(">f4"), 0),
    "float8": (pa.float64(), np.dtype(">f8"), 0),
    "date": (pa.date32(), np.dtype(">i4"), _UNIX_TO_2000_DAYS),
    "timestamptz": (pa.timestamp("us", tz="UTC"), np.dtype(">i8"), _UNIX_TO_2000_US),
}
_PLAIN = {"date": pa.int32(), "timestamptz": pa.int64(), "bool": pa.uint8()}


@dataclass(frozen=True, slots=True)
class Target:
    """A column to fill: PostgreSQL's name of its type, and the geometry type of a geometry column."""

    name: str
    kind: str
    geometry: str = ""


def pack_rows(batch: pa.RecordBatch, targets: list[Target], srid: int) -> memoryview:
    """The rows of a batch in the COPY format, without header and trailer. Raises as `copy_rows` does."""
    rows = batch.num_rows
    pieces: list[Bytes | pa.Array] = [_repeated(np.array([len(targets)], ">i2").tobytes(), rows)]
    for target in targets:
        position = batch.schema.get_field_index(target.name)
        if position < 0:
            raise ValueError(f"a batch has no column {target.name!r}; it has {batch.schema.names}")
        pieces += _field(batch.column(position), target, srid)
    return memoryview(_joined(*_as_arrow(pieces)).buffers()[2] or b"")


def _field(column: pa.Array, target: Target, srid: int) -> list[Bytes | pa.Array]:
    if target.kind in _FIXED:
        return [_fixed(column, target.kind)]
    if target.kind == "text":
        return _sized(_as_bytes(column))
    if target.kind in ("json", "jsonb"):
        return _json(_as_bytes(column), b"\x01" if target.kind == "jsonb" else b"")
    if target.kind == "_text":
        return _sized(_text_array(column))
    if target.kind == "bytea":
        return _sized(column.cast(pa.large_binary()))
    if target.kind == "geometry":
        return _sized(to_ewkb(column.cast(pa.large_binary()), srid, target.geometry))
    raise ValueError(f"column {target.name}: type {target.kind} has no binary form here")


def _fixed(column: pa.Array, kind: str) -> Bytes | pa.Array:
    wanted, wire, epoch = _FIXED[kind]
    column = column.cast(wanted)
    plain = column.cast(_PLAIN[kind]) if kind in _PLAIN else column
    values = np.asarray(plain.fill_null(0) if column.null_count else plain)
    if epoch:
        values = values - values.dtype.type(epoch)
    fields = np.empty(len(values), np.dtype([("length", _LENGTH), ("value", wire)]))
    fields["length"] = wire.itemsize
    fields["value"] = values
    if not column.null_count:
        return _matrix(fields)
    present = np.asarray(column.is_valid())
    fields["length"][~present] = -1
    matrix = _matrix(fields)
    keep = np.ones(matrix.shape, bool)
    keep[~present, _LENGTH.itemsize :] = False
    return _from_lengths(matrix[keep], keep.sum(axis=1))


def _sized(values: pa.Array) -> list[Bytes | pa.Array]:
    lengths = pc.fill_null(pc.binary_length(values), -1)
    prefix = _matrix(np.asarray(lengths).astype(_LENGTH))
    return [prefix, values.fill_null(b"") if values.null_count else values]


def _json(values: pa.Array, version: bytes) -> list[Bytes | pa.Array]:
    if not version:
        return _sized(values)
    return _sized(_joined(pa.scalar(version, values.type), values))


def _text_array(column: pa.Array) -> pa.Array:
    """One-dimensional arrays: dimensions, has-null flag, element type, length, lower bound, elements."""
    lists = column.cast(pa.list_(pa.large_string()))
    elements = lists.flatten()
    ends = np.concatenate(([0], np.cumsum(np.asarray(pc.fill_null(pc.list_value_length(lists), 0)))))
    packed = _joined(*_as_arrow(_sized(_as_bytes(elements))))
    byte_ends = _offsets(packed)
    sizes = np.diff(byte_ends[ends])
    body = _from_lengths(_data(packed), sizes)
    counts = np.diff(ends)
    head = np.zeros((len(counts), 5), _LENGTH)
    head[:, 0] = counts > 0
    head[:, 1] = elements.null_count > 0
    head[:, 2] = _TEXT_OID
    head[:, 3] = counts
    head[:, 4] = 1
    # An empty array has no dimension, so no length and no lower bound either.
    keep = np.ones((len(counts), 20), bool)
    keep[counts == 0, 12:] = False
    heads = _from_lengths(_matrix(head)[keep], keep.sum(axis=1))
    return pc.if_else(lists.is_valid(), _joined(heads, body), pa.scalar(None, pa.large_binary()))


def _joined(*arrays: pa.Array) -> pa.Array:
    """Row by row one after the other; null where one is null."""
    return pc.binary_join_element_wise(*arrays, pa.scalar(b"", pa.large_binary()))


def _as_bytes(column: pa.Array) -> pa.Array:
    return column.cast(pa.large_string()).cast(pa.large_binary())


def _as_arrow(pieces: list[Bytes | pa.Array]) -> list[pa.Array]:
    """Arrow arrays of the same rows, matrices that stand side by side made one."""
    arrays: list[pa.Array] = []
    waiting: list[Bytes] = []
    for piece in [*pieces, None]:
        if isinstance(piece, np.ndarray):
            waiting.append(piece)
            continue
        if waiting:
            matrix = np.hstack(waiting)
            arrays.append(_from_lengths(matrix.reshape(-1), np.full(len(matrix), matrix.shape[1])))
            waiting = []
        if piece is not None:
            arrays.append(piece)
    return arrays


def _matrix(values: NDArray[np.generic]) -> Bytes:
    """A row of bytes for each row of the values."""
    width = values.dtype.itemsize * (values.shape[1] if values.ndim > 1 else 1)
    return np.ascontiguousarray(values).view(np.uint8).reshape(len(values), width)


def _repeated(value: bytes, rows: int) -> Bytes:
    return np.broadcast_to(np.frombuffer(value, np.uint8), (rows, len(value)))


def _from_lengths(data: Bytes, lengths: NDArray[np.integer]) -> pa.Array:
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(data))]
    return pa.Array.from_buffers(pa.large_binary(), len(lengths), buffers)


def _offsets(array: pa.Array) -> NDArray[np.int64]:
    raw = np.frombuffer(array.buffers()[1], np.int64)
    return raw[array.offset : array.offset + len(array) + 1]


def _data(array: pa.Array) -> Bytes:
    return np.frombuffer(array.buffers()[2] or b"", np.uint8)
