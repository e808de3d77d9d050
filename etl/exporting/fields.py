"""The fields of a file: the properties of a selection, each with the type it has in a table of Arrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Float, Integer, SmallInteger, Text
from sqlalchemy.types import TypeEngine

from gis_platform.layer.declaration import Layer
from gis_platform.serving.selection import Selection

ID, SOURCE_DATE, SYNTHETIC, GEOMETRY = "id", "~source_date", "~synthetic", "geom"

# The first that fits; Text has the place of every kind of string.
_TYPES: tuple[tuple[type[TypeEngine[Any]], pa.DataType], ...] = (
    (Boolean, pa.bool_()),
    (SmallInteger, pa.int32()),
    (BigInteger, pa.int64()),
    (Integer, pa.int32()),
    (Double, pa.float64()),
    (Float, pa.float64()),
    (DateTime, pa.timestamp("us", tz="UTC")),
    (Date, pa.date32()),
    (Text, pa.string()),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One property in a file; ``json`` where it is a list or an object, which a table holds as JSON text."""

    name: str
    title: str
    meaning: str
    type: pa.DataType
    json: bool


@lru_cache(maxsize=512)
def _field(layer: Layer, name: str) -> Field:
    shown = layer.property_named(name)
    kind = layer.column(shown.name).type
    found = next((arrow for sql_type, arrow in _TYPES if isinstance(kind, sql_type)), None)
    unit = f" ({shown.unit})" if shown.unit else ""
    return Field(
        name=shown.name,
        title=shown.title.vi,
        meaning=f"{shown.title.vi}{unit} | {shown.title.en}{unit}",
        type=found or pa.string(),
        json=found is None,
    )


def fields_of(selection: Selection) -> tuple[Field, ...]:
    """The properties a selection answers with."""
    return tuple(_field(selection.layer, shown.name) for shown in selection.shown)


def schema_of(fields: Sequence[Field]) -> pa.Schema:
    """The columns of ``rows_statement``; GDAL reads titles and meanings from the metadata."""
    return pa.schema(
        [
            pa.field(ID, pa.int64(), nullable=False),
            *(
                pa.field(
                    field.name,
                    field.type,
                    metadata={
                        "GDAL:OGR:alternative_name": field.title,
                        "GDAL:OGR:comment": field.meaning,
                    },
                )
                for field in fields
            ),
            pa.field(SOURCE_DATE, pa.date32()),
            pa.field(SYNTHETIC, pa.bool_()),
            pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"}),
        ]
    )


def batch_of(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as ``rows_statement`` gives them, column by column, without their keys."""
    columns = [*zip(*rows, strict=True)][:-1] if rows else ((),) * len(schema)
    return pa.record_batch(
        [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)],
        schema=schema,
    )
