"""Where the rows of a delivery lie until it is over: a schema of its own, ``delivery_<id>``.

Its tables are unlogged: a server that breaks down empties them, and the delivery is then read again from the
file that was kept. With the schema first on the search path, statements just say ``staged`` or ``change``.
"""

from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.composing import compose
from gis_platform.access.roles import Role
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Who may look into it: those who decide on deliveries.
READERS = (Role.STEWARD, Role.ADMIN)


def workspace_name(delivery: int) -> str:
    """The schema of a delivery."""
    return f"delivery_{delivery:d}"


def see_one_state(connection: psycopg.Connection[Any]) -> None:
    """First in a transaction: all its statements see the layer as it is now, whoever writes meanwhile."""
    connection.execute(SQL["see_one_state"].text)


def make_workspace(connection: psycopg.Connection[Any], delivery: int) -> None:
    """An empty workspace, in the place of one that is there, and enter it."""
    drop_workspace(connection, delivery)
    connection.execute(compose(SQL["make"], schema=sql.Identifier(workspace_name(delivery))))
    enter_workspace(connection, delivery)


def enter_workspace(connection: psycopg.Connection[Any], delivery: int) -> None:
    """Until the transaction ends, unqualified names are those of the workspace first."""
    connection.execute(SQL["enter"].text, {"path": f"{workspace_name(delivery)}, public"})


def open_workspace(connection: psycopg.Connection[Any], delivery: int) -> None:
    """Let stewards look into the tables that are in it by now."""
    schema = sql.Identifier(workspace_name(delivery))
    roles = sql.SQL(", ").join(sql.Identifier(role.database_role) for role in READERS)
    connection.execute(compose(SQL["open"], schema=schema, roles=roles))


def drop_workspace(connection: psycopg.Connection[Any], delivery: int) -> None:
    """Away with it; nothing happens where there is none."""
    connection.execute(compose(SQL["drop"], schema=sql.Identifier(workspace_name(delivery))))


def is_whole(connection: psycopg.Connection[Any], delivery: int, rows: int) -> bool:
    """Whether the workspace still holds the rows that were staged in it."""
    staged = f"{workspace_name(delivery)}.staged"
    there = connection.execute(SQL["is_there"].text, {"table": staged}).fetchone()
    if there is None or not there[0]:
        return False
    counted = connection.execute(
        compose(SQL["counted"], staged=sql.Identifier(*staged.split(".")))
    ).fetchone()
    return counted is not None and int(counted[0]) == rows
