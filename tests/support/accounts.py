"""Accounts to sign in with, and the application's own connections to a test database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg

from gis_platform.access.account_admin import NewAccount, add_account
from gis_platform.access.roles import Role
from gis_platform.access.sign_in import Transactions
from gis_platform.database.server import Logins

PASSWORD = "đường-Lê-Lợi-số-12"  # noqa: S105  # of throw-away databases


def make_account(
    places: Logins, username: str = "hoa", role: Role = Role.STEWARD, *, unit_code: str | None = None
) -> None:
    """An account with the password above, committed."""
    with psycopg.connect(places.owner) as owner:
        new = NewAccount(
            username=username, display_name="Lê Thị Hoa", role=role, unit_code=unit_code, password=PASSWORD
        )
        add_account(owner, new, actor="test")


def transactions_on(places: Logins) -> Transactions:
    """Each a new connection as the application's login, committed at the end of the block."""

    @asynccontextmanager
    async def transaction() -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        async with await psycopg.AsyncConnection.connect(places.app) as connection:
            yield connection

    return transaction


def audited(places: Logins) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Actor, action, subject and detail of all audit entries, in order."""
    with psycopg.connect(places.owner) as owner:
        rows = owner.execute("SELECT actor, action, subject, detail FROM core.audit_entry ORDER BY seq")
        return [(str(a), str(b), str(c), dict(d)) for a, b, c, d in rows.fetchall()]


def execute(places: Logins, statement: str) -> None:
    """One statement as the owner, committed."""
    with psycopg.connect(places.owner) as owner:
        owner.execute(statement.encode())
