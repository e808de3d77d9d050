"""Parcels in the forms of other programs: written by GDAL, by Arrow, or by hand as a drawing."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyproj import CRS

from etl.delivery.intake.gdal import closed_gdal
from tests.support.delivered import GRID, Sample, parcels

SAMPLE = parcels(4)


def by_gdal(path: Path, driver: str, sample: Sample = SAMPLE, shapes: Any = None, **options: str) -> Path:
    """Written by that driver, with its own options."""
    held = sample.shapes if shapes is None else shapes
    with closed_gdal():
        pyogrio.raw.write(
            str(path),
            np.array([shapely.to_wkb(shape) for shape in held], dtype=object),
            [np.array(values, dtype=object) for values in sample.columns.values()],
            list(sample.columns),
            driver=driver,
            geometry_type="Unknown" if driver != "ESRI Shapefile" else "Polygon",
            crs=f"EPSG:{GRID}",
            **options,
        )
    return path


def write_parquet(path: Path, sample: Sample = SAMPLE, crs: object = GRID, **column: Any) -> Path:
    """GeoParquet by Arrow, as GeoPandas would write it; `crs` "none" leaves the member out."""
    told: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Polygon"]} | column
    if crs != "none":
        told["crs"] = None if crs is None else json.loads(CRS.from_epsg(int(str(crs))).to_json())
    footer = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": told}}
    table = pa.table({**sample.columns, "geometry": [shapely.to_wkb(shape) for shape in sample.shapes]})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(footer)}), path, row_group_size=3)
    return path


def edges(sample: Sample = SAMPLE) -> list[Any]:
    """Areas as a drawing has them."""
    return [shapely.LineString(shapely.get_coordinates(shape)) for shape in sample.shapes]


def _line(layer: str, points: Any) -> list[Any]:
    corners = [pair for x, y in points for pair in (10, x, 20, y)]
    return [0, "LWPOLYLINE", 8, layer, 100, "AcDbPolyline", 90, len(points), 70, 0, *corners]


def _text(layer: str, x: float, y: float, words: str) -> list[Any]:
    return [0, "TEXT", 8, layer, 10, x, 20, y, 30, 0.0, 40, 1.0, 1, words]


def write_drawing(path: Path) -> Path:
    """Two parcels on layer 10, one on 61, and an open line; numbers on 13, uses on 2, two in one parcel."""
    groups: list[Any] = [0, "SECTION", 2, "ENTITIES"]
    for layer, shape, number in zip(["10", "10", "61"], edges(), [" 101 ", "102", "103"], strict=False):
        points = [tuple(point) for point in shapely.get_coordinates(shape)]
        groups += _line(layer, points)
        groups += _text("13", points[0][0] - 4, points[0][1] + 4, number)
    groups += _line("23", [(567_000, 1_145_000), (567_100, 1_145_000)])
    groups += _text("2", 567_002, 1_145_002, "ODT") + _text("2", 567_004, 1_145_004, "CLN")
    groups += [0, "ENDSEC", 0, "EOF"]
    path.write_text("\n".join(map(str, groups)) + "\n", encoding="ascii")
    return path
