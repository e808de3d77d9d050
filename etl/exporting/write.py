"""Writing one file in any of the formats."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from etl.exporting.fields import fields_of, schema_of
from etl.exporting.forms import CSV, FLATGEOBUF, GEOJSON, GEOJSONSEQ, GEOPACKAGE, SHAPEFILE, Form
from etl.exporting.gdal_forms import flatgeobuf, geopackage
from etl.exporting.shapefile import zipped_shapefile
from etl.exporting.telling import Content
from etl.exporting.text_forms import csv_table, geojson, geojson_sequence

_Text = Callable[[Content, Iterable[pa.RecordBatch]], Iterator[bytes]]
_Whole = Callable[[Content, Iterable[pa.RecordBatch], pa.Schema, Path], None]

_TEXTS: dict[Form, _Text] = {GEOJSON: geojson, GEOJSONSEQ: geojson_sequence, CSV: csv_table}
_FILES: dict[Form, _Whole] = {
    GEOPACKAGE: geopackage,
    FLATGEOBUF: flatgeobuf,
    SHAPEFILE: zipped_shapefile,
}


def write_file(content: Content, batches: Iterable[pa.RecordBatch], form: Form, path: Path) -> None:
    """Write the batches, one in memory at a time; ``content`` must tell of all of them.

    ``path`` must end as the format's files do.
    """
    path.unlink(missing_ok=True)
    if form in _FILES:
        _FILES[form](content, batches, schema_of(fields_of(content.selection)), path)
        return
    with path.open("wb") as file:
        for piece in _TEXTS[form](content, batches):
            file.write(piece)
