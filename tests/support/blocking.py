"""Requests that are slow for a real reason: somebody else holds the table they read."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from gis_platform.database.server import Logins


@contextmanager
def held_table(places: Logins, name: str) -> Iterator[None]:
    """Nobody reads the layer's table while the block lasts; what asks for it waits."""
    with psycopg.connect(places.owner) as owner:
        owner.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier("layer", name)))
        yield
        owner.rollback()
