"""A large first load: indexes made once at the end instead of row by row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@contextmanager
def indexes_made_after(connection: psycopg.Connection[Any], table: str) -> Iterator[None]:
    """Drop the indexes that guard no rule, run the block, make them again; all in the caller's transaction.

    For filling an empty table: nobody else can read it until the transaction ends. Unique and exclusion
    constraints stay in force.
    """
    with connection.cursor(row_factory=tuple_row) as cursor:
        found = cursor.execute(SQL["plain_indexes"].text, {"table": table}).fetchall()
    for schema, name, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(schema, name)))
    yield
    for _, _, definition in found:
        connection.execute(definition.encode())
