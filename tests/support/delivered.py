"""Small files as a sender would deliver them, good and bad, and what a database held before and after."""

import json
import random
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
from psycopg import sql
from pyogrio.raw import write
from shapely.geometry.base import BaseGeometry

from etl.delivery.request import DeliveryRequest
from gis_platform.errors import DeliveryRefused
from gis_platform.geometry.crs import transform_geometries

SHARED = Path(__file__).parents[3] / "shared" / "data"
GRID = 9210
#: South-west corner of the first parcel, in the working grid of Mỹ Tho.
EAST, NORTH = 567_000.0, 1_145_000.0
DAY = date(2020, 9, 1)
#: Makes a file in a folder.
Make = Callable[[Path], Path]
#: Delivers a file and expects its refusal, given the code of the finding and a pattern of the words.
Refused = Callable[..., DeliveryRefused]
_DRIVERS = {".gpkg": "GPKG", ".fgb": "FlatGeobuf", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON"}


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows to be written into a file; shapes are in the working grid unless moved."""

    columns: dict[str, list[Any]]
    shapes: list[BaseGeometry | None]
    srid: int | None = GRID

    def with_column(self, name: str, values: Sequence[Any] | str) -> "Sample":
        """One more column, or another content of it; a text stands in every row."""
        held = [values] * len(self.shapes) if isinstance(values, str) else list(values)
        return replace(self, columns={**self.columns, name: held})

    def without(self, name: str) -> "Sample":
        """One column less."""
        return replace(self, columns={n: v for n, v in self.columns.items() if n != name})

    def with_shape(self, row: int, shape: BaseGeometry | None) -> "Sample":
        """Another geometry in a row, counted from 1."""
        return replace(self, shapes=[shape if i == row - 1 else s for i, s in enumerate(self.shapes)])

    def moved(self, srid: int) -> "Sample":
        """The same place in another grid, as a good sender would convert it."""
        shapes = transform_geometries(np.array(self.shapes, dtype=object), GRID, srid)
        return replace(self, shapes=list(shapes), srid=srid)

    def said_to_be(self, srid: int | None) -> "Sample":
        """The same coordinates, declared otherwise."""
        return replace(self, srid=srid)

    def rows(self, *chosen: int) -> "Sample":
        """Only these rows, counted from 1, in this order."""
        picked = [row - 1 for row in chosen]
        columns = {name: [values[i] for i in picked] for name, values in self.columns.items()}
        return replace(self, columns=columns, shapes=[self.shapes[i] for i in picked])

    def shuffled(self, seed: int = 7) -> "Sample":
        """The same rows in another order."""
        rows = list(range(1, len(self.shapes) + 1))
        random.Random(seed).shuffle(rows)  # noqa: S311  # no secret
        return self.rows(*rows)


def parcels(count: int = 6, sheet: str = "12") -> Sample:
    """Parcels of one sheet of unit 28249, 10 by 18 m, in rows of 500; each sheet on its own ground."""
    north = NORTH + 200.0 * (int(sheet) - 12) if sheet.isdecimal() else NORTH
    west, south = EAST + 12.0 * (np.arange(count) % 500), north + 20.0 * (np.arange(count) // 500)
    shapes = shapely.box(west, south, west + 10, south + 18)
    return Sample(
        {
            "unit_code": ["28249"] * count,
            "sheet_no": [sheet] * count,
            "parcel_no": [str(i + 1) for i in range(count)],
            "address": [f"{i + 1} đường Lê Lợi" for i in range(count)],
        },
        list(shapes),
    )


def points(count: int = 3) -> Sample:
    """Hotspots, a layer without history."""
    shapes = [shapely.Point(EAST + 50.0 * i, NORTH) for i in range(count)]
    return Sample(
        {"code": [f"W{i + 1}" for i in range(count)], "name": [f"Điểm {i + 1}" for i in range(count)]},
        [*shapes],
    )


def write_sample(path: Path, sample: Sample, *, layer: str | None = None, append: bool = False) -> Path:
    """Write by GDAL in the form of the path's ending."""
    arrays = [np.array(values, dtype=_kind(values)) for values in sample.columns.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a missing grid is what some tests are about
        write(
            str(path),
            np.array([None if s is None else shapely.to_wkb(s) for s in sample.shapes], dtype=object),
            arrays,
            list(sample.columns),
            layer=layer,
            driver=_DRIVERS[path.suffix],
            geometry_type="Unknown" if path.suffix != ".shp" else _shapefile_type(sample),
            crs=None if sample.srid is None else f"EPSG:{sample.srid}",
            append=append,
        )
    return path


def write_geojson(path: Path, sample: Sample) -> Path:
    """GeoJSON by hand, so that it may hold what a writer would not write, such as NaN."""
    features = [
        {
            "type": "Feature",
            "properties": {name: values[i] for name, values in sample.columns.items()},
            "geometry": None if shape is None else shapely.geometry.mapping(shape),
        }
        for i, shape in enumerate(sample.shapes)
    ]
    document = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def write_csv(path: Path, sample: Sample, encoding: str = "utf-8") -> Path:
    """CSV with the geometry as WKT."""
    lines = [",".join([*sample.columns, "WKT"])]
    for i, shape in enumerate(sample.shapes):
        values = [f'"{column[i]}"' for column in sample.columns.values()]
        lines.append(",".join([*values, f'"{shape.wkt if shape is not None else ""}"']))
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def as_gpkg(make: Callable[[], Sample]) -> Make:
    """A GeoPackage of the sample, made when a test runs."""
    return lambda folder: write_sample(folder / "delivered.gpkg", make())


def as_geojson(make: Callable[[], Sample]) -> Make:
    """GeoJSON by hand of the sample, made when a test runs."""
    return lambda folder: write_geojson(folder / "delivered.geojson", make())


def request(file: Path, layer: str = "parcels", day: date = DAY, **more: Any) -> DeliveryRequest:
    """A delivery of that file."""
    return DeliveryRequest(file=file, layer=layer, source_date=day, received_by="test", **more)


def shared_file(name: str) -> Path:
    """A real file beside the repository; the test is skipped where it is not."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the real file {name} is not at {SHARED}")
    return path


#: Where a delivery that was not applied is still told of.
REGISTER = frozenset({"core.delivery", "core.delivery_progress", "core.delivery_fault", "core.audit_entry"})


def in_force(conninfo: str) -> dict[str, tuple[int, str]]:
    """Everything but what is told of deliveries: what a delivery that is not applied leaves untouched."""
    return {table: held for table, held in everything_in(conninfo).items() if table not in REGISTER}


def everything_in(conninfo: str) -> dict[str, tuple[int, str]]:
    """Each table of the platform with its number of rows and a digest of them."""
    with psycopg.connect(conninfo) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('core', 'layer', 'jobs')"
        ).fetchall()
        held = {}
        for schema, table in tables:
            query = "SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t"
            row = connection.execute(sql.SQL(query).format(sql.Identifier(schema, table))).fetchone()
            assert row is not None
            held[f"{schema}.{table}"] = (int(row[0]), str(row[1]))
    return held


def _kind(values: list[Any]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    return None if kinds <= {int} or kinds <= {float} or kinds <= {bool} else object


def _shapefile_type(sample: Sample) -> str:
    kind = next(shape.geom_type for shape in sample.shapes if shape is not None)
    return kind.removeprefix("Multi")
