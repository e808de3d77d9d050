"""What is to be done with each row and each feature, written into ``change``."""

from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.comparing.terms import Parts, is_apart, key_of
from etl.delivery.composing import compose, names
from etl.delivery.reading import Reader
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Connection = psycopg.Connection[Any]


def is_empty(connection: Connection, parts: Parts) -> bool:
    """Whether nothing is in force yet."""
    row = connection.execute(compose(SQL["is_empty"], **parts)).fetchone()
    return row is None or bool(row[0])


def write_pairs(connection: Connection, reader: Reader, parts: Parts) -> None:
    """The pairs that differ and belong to no group, with what speaks for their being one feature."""
    more = {
        "apart": sql.Literal(is_apart(reader.layer)),
        "sized": sql.Literal(reader.layer.geometry.dimension > 0),
    }
    connection.execute(compose(SQL["write_pairs"], **more, **parts))


def write_rest(connection: Connection, reader: Reader, scope: tuple[str, ...], parts: Parts) -> None:
    """What is in the file alone is new; what the scope covers and is not in the file ends."""
    connection.execute(compose(SQL["write_added"], **parts))
    if scope:
        connection.execute(compose(SQL["write_vanished"], scope=names(scope), **parts))
    if key := key_of(reader):
        numbers = {"key_s": names(key, "s"), "key_c": names(key, "c")}
        connection.execute(compose(SQL["doubt_taken_numbers"], **numbers, **parts))
        while connection.execute(compose(SQL["tie_parts"], **numbers, **parts)).rowcount:
            pass
