"""Statements over a layer's own table and columns, put together from identifiers only."""

from collections.abc import Iterable
from typing import Any, cast

from psycopg import sql

from gis_platform.layer import Layer
from gis_platform.sqlfiles import Query


def compose(query: Query, **parts: sql.Composable) -> sql.Composed:
    """A named query with identifiers in place of its ``{names}``; values stay parameters."""
    return sql.SQL(cast(Any, query.text)).format(**parts)


def names(columns: Iterable[str], of: str | None = None) -> sql.Composed:
    """Column names with commas between, each of the table `of` where one is given."""
    prefix = () if of is None else (of,)
    return sql.SQL(", ").join(sql.Identifier(*prefix, column) for column in columns)


def table_of(layer: Layer) -> sql.Identifier:
    """The table of a layer."""
    return sql.Identifier("layer", layer.name)
