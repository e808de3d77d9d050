"""Raw connections that act as a role, the way the platform's own connections come to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins

Connection = psycopg.Connection[Any]


@contextmanager
def connected_as(places: Logins, role: Role) -> Iterator[Connection]:
    """The public signs in as itself; others are what the application's login takes their role as."""
    if role is Role.PUBLIC:
        with psycopg.connect(places.public, autocommit=True) as connection:
            yield connection
        return
    with psycopg.connect(places.app, autocommit=True) as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role.database_role)))
        yield connection


@contextmanager
def taken_role(connection: Connection, role: Role) -> Iterator[None]:
    """The same transaction as another role for a while; what it does in there is undone."""
    with connection.transaction(force_rollback=True):
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role.database_role)))
        yield
