"""Opaque tokens: a browser session's or a program's. The database keeps their SHA-256 alone.

The keys of other agencies' systems are credentials too; ``keys`` makes and resolves them.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import psycopg
from psycopg.rows import class_row

from gis_platform.access.caller import Caller
from gis_platform.access.known import Held
from gis_platform.access.roles import Role
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

CredentialKind = Literal["session", "bearer", "key"]

#: What a token starts with, so that one that leaked into a file or a log can be found.
PREFIXES: dict[CredentialKind, str] = {"session": "gis_s_", "bearer": "gis_b_", "key": "gis_k_"}


@dataclass(frozen=True, slots=True)
class Issued:
    """A new credential; the only time its token is known."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    account_id: int
    username: str
    display_name: str
    role: str
    unit_code: str | None
    expires_at: datetime
    stale: bool


async def issue(
    connection: psycopg.AsyncConnection[Any],
    account_id: int,
    kind: CredentialKind,
    lifetime: timedelta,
) -> Issued:
    """Make a credential. Ones that expired 90 days ago go at the same time."""
    token = new_token(kind)
    cursor = await connection.execute(
        SQL["issue"].text.encode(),
        {
            "token_hash": token_hash(token),
            "kind": kind,
            "account_id": account_id,
            "lifetime": lifetime,
        },
    )
    row = await cursor.fetchone()
    if row is None:
        raise LookupError("an INSERT with RETURNING gave no row")
    await connection.execute(SQL["forget_old"].text.encode())
    return Issued(token, row[0])


async def resolve(connection: psycopg.AsyncConnection[Any], token: str, kind: CredentialKind) -> Held | None:
    """Who holds this token and until when; None where it is unknown or ended, or its account disabled.

    Looked up by hash, one indexed query whatever the token is, so that time tells nothing about others.
    """
    async with connection.cursor(row_factory=class_row(_Known)) as cursor:
        await cursor.execute(SQL["resolve"].text.encode(), {"token_hash": token_hash(token), "kind": kind})
        known = await cursor.fetchone()
    if known is None:
        return None
    if known.stale:
        await connection.execute(SQL["touch"].text.encode(), {"id": known.id})
    caller = Caller(
        account_id=known.account_id,
        username=known.username,
        display_name=known.display_name,
        role=Role(known.role),
        kind=kind,
        unit_code=known.unit_code,
    )
    return Held(caller, known.expires_at)


async def revoke(connection: psycopg.AsyncConnection[Any], token: str) -> bool:
    """End a credential now; False where there was none to end."""
    cursor = await connection.execute(SQL["revoke"].text.encode(), {"token_hash": token_hash(token)})
    return cursor.rowcount == 1


def new_token(kind: CredentialKind) -> str:
    """256 random bits behind a prefix."""
    return PREFIXES[kind] + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
