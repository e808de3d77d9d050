"""The formats GDAL writes, from Arrow batches: GeoPackage and FlatGeobuf."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyogrio

from etl.exporting.fields import GEOMETRY, ID, fields_of
from etl.exporting.telling import Content, lines, members
from gis_platform.layer.declaration import Geometry
from gis_platform.serving.selection import Selection

GEOMETRY_TYPES = {
    Geometry.POINT: "Point",
    Geometry.MULTILINESTRING: "MultiLineString",
    Geometry.MULTIPOLYGON: "MultiPolygon",
}


def written_columns(selection: Selection) -> list[str | int]:
    """Places of the columns a file holds: what only its description is made from stays out."""
    count = len(fields_of(selection))
    return [*range(count + 1), count + 3]


def as_reader(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, selection: Selection
) -> pa.RecordBatchReader:
    """The batches as GDAL takes them, one after the other."""
    places = written_columns(selection)
    kept = pa.schema([schema.field(place) for place in places])

    def chosen() -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.RecordBatch.from_arrays([batch.column(place) for place in places], schema=kept)

    return pa.RecordBatchReader.from_batches(kept, chosen())


def geopackage(content: Content, batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    """One layer whose primary key is the feature's id; titles of columns lie in ``gpkg_data_columns``."""
    selection, told = content.selection, members(content)
    pyogrio.write_arrow(
        as_reader(batches, schema, selection),
        path,
        layer=selection.layer.name,
        driver="GPKG",
        geometry_name=GEOMETRY,
        geometry_type=GEOMETRY_TYPES[selection.layer.geometry],
        crs=f"EPSG:{selection.out.srid}",
        dataset_metadata=told,
        layer_metadata=told,
        # 1.2 is read without a warning by what offices have installed.
        dataset_options={"VERSION": "1.2"},
        layer_options={
            "FID": ID,
            "GEOMETRY_NAME": GEOMETRY,
            "IDENTIFIER": _title(content),
            "DESCRIPTION": "\n".join(lines(content)),
        },
    )


def flatgeobuf(content: Content, batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    """With its spatial index, so that a part can be read over the network; features lie in its order."""
    selection = content.selection
    pyogrio.write_arrow(
        as_reader(batches, schema, selection),
        path,
        layer=selection.layer.name,
        driver="FlatGeobuf",
        geometry_name=GEOMETRY,
        geometry_type=GEOMETRY_TYPES[selection.layer.geometry],
        crs=f"EPSG:{selection.out.srid}",
        layer_options={
            "TITLE": _title(content),
            "DESCRIPTION": "\n".join(lines(content)),
            "TEMPORARY_DIR": str(path.parent),
        },
    )


def _title(content: Content) -> str:
    made_up = " (dữ liệu minh hoạ)" if content.facts.synthetic else ""
    return content.selection.layer.title.vi + made_up
