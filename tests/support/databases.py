"""Databases of the tests' own. Their names end in ``_test``, so that no city's is ever dropped."""

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from gis_platform.database.passwords import close_to_others


def fresh_database(server: str, name: str, template: str = "template1") -> str:
    """Connection string of a new database of that name; one left over from a stopped run goes first."""
    _refuse(name)
    drop_database(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    conninfo = make_conninfo(server, dbname=name)
    if template != "template1":
        # What a city's own database allows is not copied with a template.
        with psycopg.connect(conninfo, autocommit=True) as owner:
            close_to_others(owner)
    return conninfo


def drop_database(server: str, name: str) -> None:
    """Remove it, whoever is still connected."""
    _refuse(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _refuse(name: str) -> None:
    if not name.endswith("_test"):
        raise ValueError(f"a test database must end in _test, not {name}")
