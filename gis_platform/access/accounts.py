"""Accounts as sign-in sees them."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import class_row

from gis_platform.access.caller import Caller, CallerKind
from gis_platform.access.roles import Role
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: What a username may look like; the same as the table's check.
USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}")


@dataclass(frozen=True, slots=True)
class Account:
    """One row of ``core.account``; ``password_hash`` is None where it signs in at the issuer only."""

    id: int
    username: str
    display_name: str
    role: str
    unit_code: str | None
    password_hash: str | None
    disabled_at: datetime | None

    def caller(self, kind: CallerKind) -> Caller:
        """The caller this account is once it has signed in."""
        return Caller(
            account_id=self.id,
            username=self.username,
            display_name=self.display_name,
            role=Role(self.role),
            kind=kind,
            unit_code=self.unit_code,
        )


async def find_account(connection: psycopg.AsyncConnection[Any], username: str) -> Account | None:
    """The account of that name, upper or lower case; None for a name no account can have."""
    if not USERNAME.fullmatch(username):
        return None
    async with connection.cursor(row_factory=class_row(Account)) as cursor:
        await cursor.execute(SQL["by_username"].text.encode(), {"username": username})
        return await cursor.fetchone()


async def note_sign_in(
    connection: psycopg.AsyncConnection[Any], account: Account, renewed_hash: str | None
) -> bool:
    """Note a sign-in whose password was right; False where the account changed since it was read."""
    cursor = await connection.execute(
        SQL["signed_in"].text.encode(),
        {"id": account.id, "checked_hash": account.password_hash, "renewed_hash": renewed_hash},
    )
    return cursor.rowcount == 1
