"""The platform's own database logins: their passwords, and that no one else enters the city's database.

Roles belong to the whole server, so the cities on one server share these logins and their passwords.
"""

from typing import Any

import psycopg
from psycopg import sql

from gis_platform.access.roles import APP_LOGIN, PUBLIC_LOGIN
from gis_platform.database.server import Logins
from gis_platform.errors import Conflict
from gis_platform.secret import derived_password
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)
_PATIENCE_SECONDS = 10


def refuse_foreign_logins(connection: psycopg.Connection[Any], places: Logins) -> None:
    """Before a new city gives the logins its passwords: do they belong to a city of another secret?

    Where the server lets a login in without asking for a password there is nothing to tell, and nothing to
    lose.

    Raises:
        Conflict: another city's logins are on this server; to go on would lock that city out.
    """
    row = connection.execute(SQL["logins_of_others"].text, {"names": [APP_LOGIN, PUBLIC_LOGIN]}).fetchone()
    if row is None or not row[0]:
        return
    for name, place in ((APP_LOGIN, places.app), (PUBLIC_LOGIN, places.public)):
        if name in row[1] and _is_refused(place):
            raise Conflict(
                f"The role {name} of this server has another password than GIS_SECRET_KEY gives it: it "
                "belongs to another city here, which would be locked out. Cities on one server share their "
                "roles: give this one the same GIS_SECRET_KEY, or put it on another server. If no other city "
                f"is left there: DROP ROLE {APP_LOGIN}, {PUBLIC_LOGIN};",
                parameter="GIS_SECRET_KEY",
            )


def _is_refused(place: str) -> bool:
    try:
        psycopg.connect(place, connect_timeout=_PATIENCE_SECONDS).close()
    except psycopg.OperationalError as fault:
        # Other reasons not to be let in say nothing of the password.
        return fault.pgconn is not None and fault.pgconn.used_password
    return False


def set_login_passwords(connection: psycopg.Connection[Any], settings: Settings) -> None:
    """Give each login the password that follows from the platform's secret."""
    for name in (APP_LOGIN, PUBLIC_LOGIN):
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(name), sql.Literal(derived_password(settings, name))
            )
        )


def close_to_others(connection: psycopg.Connection[Any]) -> None:
    """Only the owner and the platform's logins may connect; by default every role of the server may."""
    row = connection.execute(SQL["is_open"].text, {"names": [APP_LOGIN, PUBLIC_LOGIN]}).fetchone()
    if row is None or not row[0]:
        return
    database = sql.Identifier(str(row[1]))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
            database, sql.Identifier(APP_LOGIN), sql.Identifier(PUBLIC_LOGIN)
        )
    )
    connection.execute(sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC").format(database))
