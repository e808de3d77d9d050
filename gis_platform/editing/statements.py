"""The statements that write one feature, put together from the declaration; whatever was sent is bound."""

from typing import Any, cast

from psycopg import sql
from sqlalchemy.dialects import postgresql

from gis_platform.layer.declaration import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def _compose(name: str, layer: Layer, **parts: sql.Composable) -> sql.Composed:
    template = sql.SQL(cast(Any, SQL[name].text))
    composed: sql.Composed = template.format(table=sql.Identifier("layer", layer.name), **parts)
    return composed


def hold_statement(layer: Layer) -> sql.Composed:
    """Locks a feature until the transaction ends; columns: shape as EWKB, since when it holds, made up."""
    since = sql.SQL("t.valid_from") if layer.history else sql.SQL("CAST(NULL AS date)")
    return _compose("hold", layer, since=since)


def add_statement(layer: Layer, columns: list[str]) -> sql.Composed:
    """Inserts one feature from parameters ``v_<column>`` and returns its id."""
    values = [_bound(layer, column) for column in columns]
    return _compose("add", layer, columns=_joined(map(sql.Identifier, columns)), values=_joined(values))


def change_statement(layer: Layer, columns: list[str], emptied: list[str]) -> sql.Composed:
    """Sets columns from parameters ``v_<column>``, and others to what they are where nothing is said."""
    pairs = [_pair(column, _bound(layer, column)) for column in columns]
    pairs += [_pair(column, sql.SQL("DEFAULT")) for column in emptied]
    return _compose("change", layer, assignments=_joined(pairs))


def end_statement(layer: Layer) -> sql.Composed:
    """Deletes one feature; where the layer keeps history its triggers close the version."""
    return _compose("end", layer)


def shape_statement(layer: Layer) -> sql.Composed:
    """The stored shape of one feature as EWKB."""
    return _compose("shape", layer)


def overlapped_statement(layer: Layer) -> sql.Composed:
    """The other features of a layer of areas that share ground with one, largest share first."""
    return _compose("overlapped", layer)


def _bound(layer: Layer, column: str) -> sql.Composable:
    place = sql.Placeholder(f"v_{column}")
    if column == "geom":
        return sql.SQL("ST_GeomFromEWKB({})").format(place)
    kind = layer.table.columns[column].type.compile(dialect=_DIALECT)
    return sql.SQL("CAST({} AS {})").format(place, sql.SQL(cast(Any, kind)))


def _pair(column: str, value: sql.Composable) -> sql.Composed:
    return sql.SQL("{} = {}").format(sql.Identifier(column), value)


def _joined(parts: Any) -> sql.Composed:
    joined: sql.Composed = sql.SQL(", ").join(parts)
    return joined
