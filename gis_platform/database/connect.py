"""Plain connections for the command line and for loading; requests use the pools."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.rows import TupleRow

from gis_platform.database.server import database_server
from gis_platform.settings import Settings


@contextmanager
def connect_owner(settings: Settings) -> Iterator[psycopg.Connection[TupleRow]]:
    """One connection as the owner of the city's database; commits at the end, rolls back on an error."""
    with database_server(settings) as logins, psycopg.connect(logins.owner) as connection:
        yield connection
