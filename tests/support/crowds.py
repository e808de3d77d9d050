"""Tables full enough that the planner has a choice: a small one it rightly reads whole."""

import json
import re
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import JSONB

from gis_platform.layer import Layer
from tests.support.catalogue import checks, unique_columns
from tests.support.features import LAT, LON, STEP, make_feature, make_geometry

Connection = psycopg.Connection[Any]

ROWS = 3_000

# A grid of ROWS features, 60 to a line, each a step from the next.
_INSERT = sql.SQL(
    "INSERT INTO {table} ({names}, geom) SELECT {values}, "
    "ST_Transform(ST_Translate(ST_SetSRID(ST_GeomFromGeoJSON(%s), 4326), (i %% 60) * %s, (i / 60) * %s), "
    "core.working_srid()) FROM generate_series(1, %s) AS i"
)
_CURRENT = {"valid_from": sql.SQL("'2020-09-01'")}
_CLOSED = {
    "id": sql.SQL("i"),
    "valid_period": sql.SQL("daterange('2010-01-01', '2020-09-01')"),
    "recorded_period": sql.SQL("tstzrange('2019-01-01', NULL)"),
}


def fill(connection: Connection, layer: Layer) -> None:
    """Lay out made-up features of the layer, and as many closed versions where it keeps history."""
    columns, bound = _columns(connection, layer)
    shape = json.dumps(make_geometry(layer.geometry, 0))
    tables = {layer.name: _CURRENT, f"{layer.name}_history": _CLOSED} if layer.history else {layer.name: {}}
    for name, times in tables.items():
        table = sql.Identifier("layer", name)
        every = columns | times
        statement = _INSERT.format(
            table=table,
            names=sql.SQL(", ").join(map(sql.Identifier, every)),
            values=sql.SQL(", ").join(every.values()),
        )
        connection.execute(statement, [*bound, shape, STEP, STEP, ROWS])
        connection.execute(sql.SQL("ANALYZE {}").format(table))


def small_box() -> str:
    """WKT of a box in WGS 84 degrees that holds a few of them."""
    w, s, e, n = LON - STEP / 2, LAT - STEP / 2, LON + STEP * 2.5, LAT + STEP * 2.5
    return f"POLYGON(({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))"


def _columns(connection: Connection, layer: Layer) -> tuple[dict[str, sql.SQL], list[Any]]:
    """Each column with the expression of its value, and what is bound; a unique text ends in a number."""
    table = f"layer.{layer.name}"
    unique = unique_columns(connection, table)
    patterned = {name for check in checks(connection, table) for name in re.findall(r"\((\w+) ~", check)}
    columns, bound = {}, []
    for name, value in make_feature(connection, layer)["properties"].items():
        column = layer.column(name)
        if name in unique & patterned:
            if not column.nullable:
                raise AssertionError(f"teach this module to make many values of {layer.name}.{name}")
            continue
        numbered = name in unique and isinstance(column.type, SqlText)
        columns[name] = sql.SQL("CAST(%s AS text) || i" if numbered else "%s")
        bound.append(Jsonb(value) if isinstance(column.type, JSONB) else value)
    return columns, bound
