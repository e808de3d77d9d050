"""A plain connection that acts as a caller, for what is done in a thread beside the server's loop."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from gis_platform.access.caller import Caller
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@contextmanager
def acting_as(conninfo: str, caller: Caller) -> Iterator[psycopg.Connection[Any]]:
    """One transaction as the caller; ``conninfo`` is the login of the application. Committed at the end."""
    with psycopg.connect(conninfo) as connection:
        told = {"role": caller.role.database_role, "actor": caller.actor}
        connection.execute(SQL["act_as"].text, told)
        yield connection
