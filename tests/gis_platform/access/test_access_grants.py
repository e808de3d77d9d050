"""Accounts, credentials and failures are the application's alone: no caller's role sees them."""

from typing import Any

import psycopg
import pytest
from psycopg import errors

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins

TABLES = ("account", "credential", "sign_in_failure")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("table", TABLES)
def test_no_caller_s_role_reads_them(
    connection: psycopg.Connection[tuple[Any, ...]], role: Role, table: str
) -> None:
    connection.execute(f"SET LOCAL ROLE {role.database_role}".encode())
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute(f"SELECT id FROM core.{table}".encode())  # noqa: S608


@pytest.mark.parametrize("table", TABLES)
def test_the_public_login_does_not_read_them(database: Logins, table: str) -> None:
    with psycopg.connect(database.public) as public, pytest.raises(errors.InsufficientPrivilege):
        public.execute(f"SELECT id FROM core.{table}".encode())  # noqa: S608


@pytest.mark.parametrize("role", list(Role))
def test_the_application_cannot_read_them_once_it_acts_for_a_caller(database: Logins, role: Role) -> None:
    with psycopg.connect(database.app) as app:
        app.execute("SELECT id FROM core.account")
        app.execute(f"SET LOCAL ROLE {role.database_role}".encode())
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("SELECT id FROM core.account")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core.account SET username = 'x'",
        "UPDATE core.account SET disabled_at = NULL",
        "INSERT INTO core.account (username, display_name, role, password_hash) VALUES ('x', 'x', 'x', '')",
        "DELETE FROM core.account",
        "UPDATE core.credential SET account_id = 1",
        "UPDATE core.credential SET expires_at = 'infinity'",
        "TRUNCATE core.sign_in_failure",
    ],
)
def test_what_the_application_cannot_do(database: Logins, statement: str) -> None:
    with psycopg.connect(database.app) as app, pytest.raises(errors.InsufficientPrivilege):
        app.execute(statement.encode())
