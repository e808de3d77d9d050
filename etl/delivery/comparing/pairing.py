"""Which row of the file is which feature in force, by content and by what names it."""

from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.comparing.terms import Parts, key_of
from etl.delivery.composing import compose, names
from etl.delivery.reading import Reader
from etl.delivery.staging import unique_keys
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Connection = psycopg.Connection[Any]


def pair_identical(connection: Connection, parts: Parts) -> bool:
    """Rows alike in everything. Returns whether those were all of the file."""
    connection.execute(compose(SQL["pair_identical"], **parts))
    connection.execute(SQL["analyze"].text)
    connection.execute(compose(SQL["make_left"], **parts))
    row = connection.execute(SQL["all_paired"].text).fetchone()
    return row is not None and bool(row[0])


def pair_by_name(connection: Connection, reader: Reader, parts: Parts) -> None:
    """By what is unique in the layer, then by a key that stays in place."""
    for each in unique_keys(connection, reader):
        connection.execute(compose(SQL["find_by_key"], key=names(each), **parts), {"how": "unique"})
        _measure(connection, parts)
    if key := key_of(reader):
        connection.execute(compose(SQL["find_by_key"], key=names(key), **parts), {"how": "key"})
        _measure(connection, parts)
        connection.execute(compose(SQL["set_strayed_aside"], **parts))
    connection.execute(compose(SQL["accept"], found=sql.Identifier("match")))
    connection.execute(SQL["analyze"].text)


def pair_strayed(connection: Connection, parts: Parts) -> None:
    """The same key at two places, where nothing else is known of either: moved, and doubtful."""
    connection.execute(SQL["take_strayed_in"].text)
    take(connection, parts)


def take(connection: Connection, parts: Parts) -> None:
    """Each of the candidates is one feature."""
    connection.execute(compose(SQL["accept"], found=sql.Identifier("candidate")))
    _measure(connection, parts)


def _measure(connection: Connection, parts: Parts) -> None:
    """Take the candidates into ``match``: whether they are at the same place, and what else differs."""
    connection.execute(compose(SQL["measure"], **parts))
    connection.execute(SQL["forget_candidates"].text)
