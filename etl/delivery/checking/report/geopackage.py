"""The report as a GeoPackage for QGIS: areas, lines, points, faults without a place; coloured by severity."""

import sqlite3
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import shapely
from pyogrio.raw import write

from etl.delivery.checking.report.rows import COLUMNS, report_rows
from etl.delivery.checking.report.style import qgis_style

#: Name of the layer, its type, and how it is drawn, by dimension; the last has no place.
_LAYERS = {
    2: ("loi_vung", "MultiPolygon", "fill"),
    1: ("loi_duong", "MultiLineString", "line"),
    0: ("loi_diem", "Point", "marker"),
    -1: ("loi_khong_vi_tri", None, None),
}
_NUMBERS = {"so_thu_tu", "dong", "fid_trong_tep", "doi_tuong"}
_TITLES = {"loi_vung": "Lỗi dạng vùng", "loi_duong": "Lỗi dạng đường", "loi_diem": "Lỗi dạng điểm"}
_STYLES = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
        f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
        useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
        update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))
"""
_ENTRY = (
    "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', ?)"
)
_STYLE = """
    INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
                              styleQML, styleSLD, useAsDefault, description, owner)
    VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '')
"""


def write_geopackage(connection: psycopg.Connection[Any], delivery: int, path: Path) -> None:
    """A layer for each kind of geometry that occurs, each with its style; streamed."""
    drawn = []
    for dimension, (layer, kind, symbol) in _LAYERS.items():
        written = 0
        for batch in report_rows(connection, delivery, dimension):
            _append(path, layer, kind, batch)
            written += len(batch)
        if written and symbol:
            drawn.append((layer, symbol))
    if not path.exists():
        _append(path, *_LAYERS[-1][:2], [])
    with sqlite3.connect(path) as opened:
        opened.execute(_STYLES)
        opened.execute(_ENTRY, ("layer_styles",))
        for layer, symbol in drawn:
            opened.execute(_STYLE, (layer, "Theo mức độ", qgis_style(symbol, COLUMNS), _TITLES[layer]))
    opened.close()


def _append(path: Path, layer: str, kind: str | None, rows: list[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * (len(COLUMNS) + 2)
    fields = [_field(name, values) for name, values in zip(COLUMNS, columns, strict=False)]
    masks = [np.array([value is None for value in values], bool) for values in columns[: len(COLUMNS)]]
    place: dict[str, Any] = {}
    if kind is not None:
        shapes = shapely.from_wkb(np.array(columns[-2], dtype=object))
        place = {"geometry_type": kind, "crs": f"EPSG:{columns[-1][0]}"}
        geometry = shapely.to_wkb(shapes if kind == "Point" else _multi(shapes, kind))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an old GDAL wonders at the first append
        write(
            str(path),
            geometry if kind is not None else None,
            fields,
            list(COLUMNS),
            field_mask=masks,
            layer=layer,
            driver="GPKG",
            append=path.exists(),
            **place,
        )


def _field(name: str, values: tuple[Any, ...]) -> Any:
    if name in _NUMBERS:
        return np.array([0 if value is None else value for value in values], np.int64)
    return np.array(["" if value is None else value for value in values], dtype=object)


def _multi(shapes: Any, kind: str) -> Any:
    """Parts of that kind alone: an intersection may hold a line beside an area."""
    wanted = kind.removeprefix("Multi")
    make = shapely.MultiPolygon if wanted == "Polygon" else shapely.MultiLineString
    return np.array(
        [make([part for part in shapely.get_parts(shape) if part.geom_type == wanted]) for shape in shapes],
        dtype=object,
    )
