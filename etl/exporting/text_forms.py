"""The formats written here: GeoJSON, its sequence, and CSV.

GDAL's own writers of GeoJSON would move coordinates to WGS 84 by a transformation of their own choice.
"""

import json
import math
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from etl.exporting.fields import GEOMETRY, ID, SYNTHETIC, Field, fields_of
from etl.exporting.telling import Content, members
from gis_platform.geometry.crs import WGS84
from gis_platform.serving.selection import Selection
from gis_platform.spreadsheet import BOM, csv_lines, guarded

# About a millimetre in degrees, a tenth of one in metres.
_DEGREE_DIGITS, _METRE_DIGITS = 8, 4


def geojson(content: Content, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """One FeatureCollection that says of itself what the rows add up to."""
    selection, facts = content.selection, content.facts
    head = {
        "type": "FeatureCollection",
        "name": selection.layer.name,
        "numberReturned": facts.rows,
        "synthetic": bool(facts.synthetic),
        "hidden": [p.name for p in selection.layer.hidden_from(selection.role)],
        "metadata": members(content),
        **_crs(selection),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b',"features":['
    separator = b""
    for batch in batches:
        if batch.num_rows:
            yield separator + ",\n".join(_features(selection, batch, {})).encode()
            separator = b",\n"
    yield b"]}\n"


def geojson_sequence(content: Content, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """RFC 8142: each feature after a record separator; there is no head, so each says what it is."""
    selection = content.selection
    for batch in batches:
        texts = _features(selection, batch, _crs(selection), telling=True)
        yield "".join(f"\x1e{text}\n" for text in texts).encode()


def csv_table(content: Content, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8 with a byte order mark; the last column is WKT and its name tells the system."""
    selection = content.selection
    fields = fields_of(selection)
    names = [ID, *(f.name for f in fields), "synthetic", f"_WKT_EPSG_{selection.out.srid}"]
    yield BOM.encode() + csv_lines([names])
    digits = _digits(selection)
    for batch in batches:
        texts = shapely.to_wkt(
            shapely.from_wkb(batch.column(GEOMETRY).to_pylist()), rounding_precision=digits, trim=True
        )
        columns = [batch.column(i).to_pylist() for i in range(len(fields) + 1)]
        made_up = batch.column(SYNTHETIC).to_pylist()
        rows = zip(*columns, made_up, texts, strict=True)
        yield csv_lines([_csv_value(value) for value in row] for row in rows)


def _csv_value(value: Any) -> object:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return _plain(value)


def _crs(selection: Selection) -> dict[str, object]:
    """GeoJSON of 2008 could name its system, and GDAL and QGIS still read it; WGS 84 needs no name."""
    if selection.out.srid == WGS84:
        return {}
    name = f"urn:ogc:def:crs:EPSG::{selection.out.srid}"
    return {"crs": {"type": "name", "properties": {"name": name}}}


def _digits(selection: Selection) -> int:
    return _DEGREE_DIGITS if selection.out.srid == WGS84 else _METRE_DIGITS


def _features(
    selection: Selection, batch: pa.RecordBatch, more: dict[str, object], *, telling: bool = False
) -> Iterator[str]:
    fields = fields_of(selection)
    digits = _digits(selection)
    shapes = shapely.from_wkb(batch.column(GEOMETRY).to_pylist())
    rounded = shapely.transform(shapes, lambda positions: np.round(positions, digits))
    columns = [batch.column(i + 1).to_pylist() for i in range(len(fields))]
    rows = zip(
        batch.column(ID).to_pylist(),
        shapely.to_geojson(rounded),
        batch.column(SYNTHETIC).to_pylist(),
        *columns,
        strict=True,
    )
    end = json.dumps(more)[1:-1]
    for row_id, geometry, made_up, *values in rows:
        pairs = {f.name: _json_value(f, value) for f, value in zip(fields, values, strict=True)}
        told = ',"synthetic":true' if telling and made_up else ""
        yield (
            f'{{"type":"Feature","id":{row_id},"geometry":{geometry},'
            f'"properties":{json.dumps(pairs, ensure_ascii=False)}{told}{"," + end if end else ""}}}'
        )


def _json_value(field: Field, value: Any) -> object:
    if field.json and value is not None:
        return json.loads(value)
    return _plain(value)


def _plain(value: Any) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
