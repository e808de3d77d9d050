"""The tables a comparison fills, and those it works with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.composing import compose
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@contextmanager
def comparing_tables(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """``paired``, ``change`` and ``edge``, and for the time being the tables a comparison works with.

    The three lie in the delivery's workspace where the transaction is in one; else they are temporary and
    gone with the transaction. Where they are there already they are made anew.
    """
    in_workspace, there = connection.execute(SQL["place"].text).fetchone() or (False, False)
    if there:
        connection.execute(SQL["keep_decisions"].text)
    kept = sql.SQL("UNLOGGED" if in_workspace else "TEMPORARY")
    until = sql.SQL("" if in_workspace else "ON COMMIT DROP")
    connection.execute(compose(SQL["make_result"], kept=kept, until=until))
    connection.execute(SQL["make_working"].text)
    with memory(connection):
        yield
        connection.execute(SQL["seal_changes"].text)
        if there:
            connection.execute(SQL["decide_again"].text)
    connection.execute(SQL["drop_working"].text)


@contextmanager
def memory(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """More memory for sorting and hashing, for the time being."""
    work_mem, jit = connection.execute(SQL["settled"].text).fetchone() or ("4MB", "on")
    connection.execute(SQL["settle"].text)
    yield
    connection.execute(SQL["unsettle"].text, {"work_mem": work_mem, "jit": jit})


def seal_pairs(connection: psycopg.Connection[Any]) -> None:
    """From now on each row and each feature is paired once."""
    connection.execute(SQL["seal_pairs"].text)
