"""Geohashes of many points at once, as TT 19/2026/TT-BNNMT uses them for parcel identifiers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

LENGTH = 12
_ALPHABET = np.frombuffer(b"0123456789bcdefghjkmnpqrstuvwxyz", dtype=np.uint8)
_BITS = 30  # of longitude and of latitude


def geohash(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> pa.Array:
    """Codes of 12 characters for WGS 84 degrees; a cell is about 3.7 cm by 1.9 cm."""
    east = _cell(lon, -180.0, 360.0)
    north = _cell(lat, -90.0, 180.0)
    code = (_spread(east) << np.uint64(1)) | _spread(north)  # longitude has the first bit
    places = np.arange(5 * (LENGTH - 1), -1, -5, dtype=np.uint64)
    letters = _ALPHABET[((code[:, None] >> places) & np.uint64(31)).astype(np.intp)]
    offsets = np.arange(0, LENGTH * (len(code) + 1), LENGTH, dtype=np.int32)
    return pa.StringArray.from_buffers(len(code), pa.py_buffer(offsets), pa.py_buffer(letters.tobytes()))


def _cell(degrees: NDArray[np.float64], start: float, width: float) -> NDArray[np.uint64]:
    cell: NDArray[np.float64] = np.clip(np.floor((degrees - start) / width * 2**_BITS), 0, 2**_BITS - 1)
    return cell.astype(np.uint64)


def _spread(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each bit moved to twice its place."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits
