"""Accounts, credentials and failures are the application's alone: no caller's role sees them."""

from typing import Any

import psycopg
import pytest
from psycopg import errors

from gis_platform.access.roles import Role

Connection = psycopg.Connection[tuple[Any, ...]]

TABLES = ("account", "credential", "sign_in_failure")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("table", TABLES)
def test_no_caller_s_role_reads_them(connection: Connection, role: Role, table: str) -> None:
    connection.execute(f"SET LOCAL ROLE {role.database_role}".encode())
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute(f"SELECT id FROM core.{table}".encode())  # noqa: S608


@pytest.mark.parametrize("table", TABLES)
def test_the_public_login_does_not_read_them(connection: Connection, table: str) -> None:
    connection.execute("SET LOCAL SESSION AUTHORIZATION gis_public")
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute(f"SELECT id FROM core.{table}".encode())  # noqa: S608


@pytest.mark.parametrize("role", list(Role))
def test_the_application_cannot_read_them_once_it_acts_for_a_caller(
    connection: Connection, role: Role
) -> None:
    connection.execute("SET LOCAL SESSION AUTHORIZATION gis_app")
    connection.execute("SELECT id FROM core.account")
    connection.execute(f"SET LOCAL ROLE {role.database_role}".encode())
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute("SELECT id FROM core.account")


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
def test_what_the_application_cannot_do(connection: Connection, statement: str) -> None:
    connection.execute("SET LOCAL SESSION AUTHORIZATION gis_app")
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement.encode())
