"""Passwords of the platform's own database logins, for servers that ask for one."""

import psycopg
from psycopg import sql

from gis_platform.secret import derived_password
from gis_platform.settings import Settings


def set_login_passwords(
    connection: psycopg.Connection[tuple[object, ...]], settings: Settings, names: tuple[str, ...]
) -> None:
    """Give each login the password that follows from the platform's secret."""
    for name in names:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(name), sql.Literal(derived_password(settings, name))
            )
        )
