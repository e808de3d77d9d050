"""Whose turn it is: one process works a delivery, and one transaction at a time writes a layer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from etl.delivery.composing import compose, table_of
from etl.delivery.progress import ANOTHER, Progress, waiting_for
from gis_platform.errors import Conflict
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


class AtWork(Conflict):
    """Another process works on the delivery: nothing is wrong with it."""


@contextmanager
def held(connection: psycopg.Connection[Any], delivery: int) -> Iterator[None]:
    """Work a delivery alone, across transactions; the server lets go of it when this process dies.

    Raises `AtWork` where another process is at it.
    """
    row = connection.execute(SQL["hold"].text, {"id": delivery}).fetchone()
    connection.commit()
    if row is None or not row[0]:
        raise AtWork(f"Delivery {delivery} is being worked on by another process: wait until it is done.")
    try:
        yield
    finally:
        if not connection.closed and not connection.broken:
            connection.rollback()
            connection.execute(SQL["let_go"].text, {"id": delivery})
            connection.commit()


def take_turn(connection: psycopg.Connection[Any], layer: Layer, progress: Progress) -> None:
    """Hold the layer against deliveries and writers, as the first thing a transaction does.

    Recorded time is the transaction's, so a transaction that had to wait is given up for one that begins
    after all it waited for: else what others wrote meanwhile would seem to be known later than this.
    Readers never wait.
    """
    connection.rollback()
    told = set()
    while waits_for := _in_the_way(connection, layer):
        if waits_for not in told:
            progress.step(waiting_for(waits_for))
            told.add(waits_for)
        connection.execute(SQL["wait_turn"].text, {"layer": layer.name})
        connection.execute(compose(SQL["wait_for_writers"], table=table_of(layer)))
        connection.rollback()


def _in_the_way(connection: psycopg.Connection[Any], layer: Layer) -> str | None:
    row = connection.execute(SQL["take_turn"].text, {"layer": layer.name}).fetchone()
    if row is None or not row[0]:
        connection.rollback()
        return ANOTHER
    try:
        connection.execute(compose(SQL["hold_writers"], table=table_of(layer)))
    except psycopg.errors.LockNotAvailable:
        connection.rollback()
        return "a writer"
    return None
