"""Opaque tokens: a browser session's or a program's. The database keeps their SHA-256 alone."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import psycopg
from psycopg.rows import class_row

from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

CredentialKind = Literal["session", "bearer"]

#: What a token starts with, so that one that leaked into a file or a log can be found.
PREFIXES: dict[CredentialKind, str] = {"session": "gis_s_", "bearer": "gis_b_"}


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
    stale: bool


async def issue(
    connection: psycopg.AsyncConnection[Any],
    account_id: int,
    kind: CredentialKind,
    lifetime: timedelta,
    *,
    name: str = "",
    scopes: tuple[str, ...] = (),
) -> Issued:
    """Make a credential: 256 random bits. Ones that expired 90 days ago go at the same time."""
    token = PREFIXES[kind] + secrets.token_urlsafe(32)
    cursor = await connection.execute(
        SQL["issue"].text.encode(),
        {
            "token_hash": token_hash(token),
            "kind": kind,
            "account_id": account_id,
            "name": name,
            "scopes": list(scopes),
            "lifetime": lifetime,
        },
    )
    row = await cursor.fetchone()
    if row is None:
        raise LookupError("an INSERT with RETURNING gave no row")
    await connection.execute(SQL["forget_old"].text.encode())
    return Issued(token, row[0])


async def resolve(
    connection: psycopg.AsyncConnection[Any], token: str, kind: CredentialKind
) -> Caller | None:
    """Who holds this token; None when it is unknown, expired, revoked, or its account is disabled.

    Looked up by hash, one indexed query whatever the token is, so that time tells nothing about others.
    """
    async with connection.cursor(row_factory=class_row(_Known)) as cursor:
        await cursor.execute(SQL["resolve"].text.encode(), {"token_hash": token_hash(token), "kind": kind})
        known = await cursor.fetchone()
    if known is None:
        return None
    if known.stale:
        await connection.execute(SQL["touch"].text.encode(), {"id": known.id})
    return Caller(
        account_id=known.account_id,
        username=known.username,
        display_name=known.display_name,
        role=Role(known.role),
        kind=kind,
        unit_code=known.unit_code,
    )


async def revoke(connection: psycopg.AsyncConnection[Any], token: str) -> bool:
    """End a credential now; False where there was none to end."""
    cursor = await connection.execute(SQL["revoke"].text.encode(), {"token_hash": token_hash(token)})
    return cursor.rowcount == 1


def token_hash(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
