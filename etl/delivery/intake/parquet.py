"""GeoParquet, which this GDAL does not read: rows as Arrow has them, the geometry as the footer tells."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from etl.delivery.faults import refuse
from etl.delivery.intake.piece import BATCH_ROWS, Piece

#: Of the whole file as it would be unpacked, and of what one group of rows puts into memory.
_MOST_ROWS, _MOST_BYTES, _MOST_GROUP_BYTES = 100_000_000, 50 * 2**30, 2**30
_WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class ParquetInfo:
    """What the footer says; ``crs`` is None where the file says that it does not know."""

    geometry: str
    fields: tuple[str, ...]
    crs: str | None
    rows: int


def read_info(name: str, place: str) -> ParquetInfo:
    """The footer of a file. Raises `DeliveryRefused` where it is no GeoParquet, or beyond what is read."""
    with pq.ParquetFile(place, memory_map=False) as opened:
        return _info(name, opened)


def read_pieces(name: str, place: str, columns: list[str]) -> Iterator[Piece]:
    """The rows, a batch at a time; they are numbered from 0, for the form has no numbers of its own."""
    with pq.ParquetFile(place, memory_map=False, pre_buffer=False, buffer_size=2**20) as opened:
        geometry = _info(name, opened).geometry
        first = 0
        for batch in opened.iter_batches(batch_size=BATCH_ROWS, columns=[*columns, geometry]):
            held = dict(zip(batch.schema.names, batch.columns, strict=True))
            fids = np.arange(first, first + batch.num_rows)
            first += batch.num_rows
            yield Piece(fids, {column: _plain(held[column]) for column in columns}, _plain(held[geometry]))


def _info(name: str, opened: pq.ParquetFile) -> ParquetInfo:
    footer = opened.metadata
    groups = [footer.row_group(number).total_byte_size for number in range(footer.num_row_groups)]
    if (
        footer.num_rows > _MOST_ROWS
        or sum(groups) > _MOST_BYTES
        or max(groups, default=0) > _MOST_GROUP_BYTES
    ):
        told = f"{footer.num_rows} rows in {len(groups)} groups would become {sum(groups)} bytes"
        raise refuse(name, "unsafe_file", f"the file is not opened: {told}. Write it in smaller groups.")
    told_of = _told_of(name, footer.metadata or {})
    geometry = str(told_of.get("primary_column", ""))
    column = told_of.get("columns", {}).get(geometry)
    if geometry not in opened.schema_arrow.names or not isinstance(column, dict):
        raise refuse(name, "no_geometry", "its footer names no column that holds the geometry.")
    if column.get("encoding") != "WKB":
        told = f"its geometry is written as {column.get('encoding')!r}. Write it as WKB."
        raise refuse(name, "unreadable", told)
    others = {geometry, *told_of["columns"]}
    fields = tuple(field for field in opened.schema_arrow.names if field not in others)
    return ParquetInfo(geometry, fields, _crs(column), footer.num_rows)


def _told_of(name: str, footer: dict[bytes, bytes]) -> dict[str, Any]:
    try:
        told = json.loads(footer[b"geo"])
        if isinstance(told, dict) and isinstance(told.get("columns"), dict):
            return told
    except (KeyError, ValueError, RecursionError):
        pass
    raise refuse(name, "no_geometry", "it is a Parquet without geometry: its footer holds no member 'geo'.")


def _crs(column: dict[str, Any]) -> str | None:
    """As the others say it; nothing said means longitude and latitude, by the standard."""
    if "crs" not in column:
        return _WGS84
    if column["crs"] is None:
        return None
    try:
        known = CRS.from_json_dict(column["crs"])
    except (CRSError, TypeError, ValueError):
        return None
    if known.to_authority() == ("OGC", "CRS84"):
        return _WGS84
    code = known.to_epsg()
    return f"EPSG:{code}" if code else str(known.to_wkt())


def _plain(column: pa.Array) -> pa.Array:
    """In a type that the other forms have too."""
    held = column.storage if isinstance(column.type, pa.ExtensionType) else column
    if pa.types.is_dictionary(held.type):
        held = held.dictionary_decode()
    if pa.types.is_decimal(held.type):
        return held.cast(pa.float64())
    return held.cast(pa.large_string()) if pa.types.is_string_view(held.type) else held
