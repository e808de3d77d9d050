"""The table that a layer declares is the table that its migration made, column by column."""

import re
from typing import Any

import psycopg
from sqlalchemy import Column
from sqlalchemy.dialects import postgresql

from gis_platform.layer import Layer
from tests.support.catalogue import RealColumn, checks, real_columns, working_srid
from tests.support.layers import LAYERS, each_layer

Connection = psycopg.Connection[Any]

_ONE_OF = re.compile(r"\(\((\w+) = ANY \(ARRAY\[(.*?)\]\)\)\)")


def _declared_type(column: Column[object], srid: int) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return str(column.type.compile(dialect=dialect)).lower().replace(",-1)", f",{srid})")


def _as_declared(column: Column[object], srid: int) -> RealColumn:
    return RealColumn(
        name=column.name,
        type=_declared_type(column, srid),
        nullable=bool(column.nullable),
        identity=column.identity is not None,
        generated=column.computed is not None,
        defaulted=column.server_default is not None and column.identity is None and column.computed is None,
    )


@each_layer()
def test_declared_and_real_table_are_one(connection: Connection, layer: Layer) -> None:
    srid = working_srid(connection)
    declared = {column.name: _as_declared(column, srid) for column in layer.table.columns}
    assert declared == real_columns(connection, f"layer.{layer.name}")


@each_layer()
def test_each_property_is_a_column(connection: Connection, layer: Layer) -> None:
    assert {p.name for p in layer.properties} <= set(real_columns(connection, f"layer.{layer.name}"))


@each_layer(layer for layer in LAYERS if layer.history)
def test_history_keeps_every_column(connection: Connection, layer: Layer) -> None:
    current = real_columns(connection, f"layer.{layer.name}")
    history = real_columns(connection, f"layer.{layer.name}_history")
    assert set(history) - set(current) == {"valid_period", "recorded_period"}
    assert set(current) - set(history) == {"valid_from", "recorded_from"}
    both = set(current) & set(history)
    assert {n: current[n].type for n in both} == {n: history[n].type for n in both}


@each_layer()
def test_declared_values_are_those_the_table_takes(connection: Connection, layer: Layer) -> None:
    """A word that the table knows has a title for people, and the other way round."""
    allowed = {
        match[1]: set(re.findall(r"'([^']*)'::text", match[2]))
        for check in checks(connection, f"layer.{layer.name}")
        for match in _ONE_OF.finditer(check)
        if "::text" in match[2]
    }
    assert {name: set(layer.property_named(name).values) for name in allowed} == allowed
