"""Plain connections for the command line and for loading; requests use the pools."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.rows import TupleRow

from gis_platform.database.server import database_server
from gis_platform.settings import Settings


@contextmanager
def connect_to(conninfo: str) -> Iterator[psycopg.Connection[TupleRow]]:
    """One connection; commits at the end, rolls back on an error."""
    with psycopg.connect(conninfo) as connection:
        yield connection


@contextmanager
def connect_owner(settings: Settings) -> Iterator[psycopg.Connection[TupleRow]]:
    """One connection as the owner of the city's database, its server started where it is not running."""
    with database_server(settings) as logins, connect_to(logins.owner) as connection:
        yield connection
