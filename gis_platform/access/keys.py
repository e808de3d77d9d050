"""Keys of other agencies' systems, bounded in scope, amount and time: who comes with one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import class_row

from gis_platform.access.caller import Caller, KeyTerms
from gis_platform.access.credentials import SQL as CREDENTIALS
from gis_platform.access.credentials import token_hash
from gis_platform.access.known import Held
from gis_platform.access.roles import Role
from gis_platform.errors import SignInNeeded
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_ASK = "Ask whoever gave it for a new one."


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    name: str
    scopes: list[str]
    quota_per_day: int
    rate_per_second: float
    expires_at: datetime
    expired: bool
    revoked: bool
    account_id: int
    username: str
    display_name: str
    role: str
    unit_code: str | None
    disabled: bool
    stale: bool


async def resolve_key(connection: psycopg.AsyncConnection[Any], token: str) -> Held:
    """Who comes with this key.

    Raises:
        SignInNeeded: nobody; ``reason`` says why: unknown, expired, revoked, account-disabled.
    """
    async with connection.cursor(row_factory=class_row(_Found)) as cursor:
        await cursor.execute(SQL["resolve"].text.encode(), {"token_hash": token_hash(token)})
        found = await cursor.fetchone()
    if found is None:
        raise _refused("unknown", "This key is unknown. Was it copied whole?")
    if found.revoked:
        raise _refused("revoked", f"The key {found.name} was revoked. {_ASK}")
    if found.expired:
        raise _refused("expired", f"The key {found.name} expired on {found.expires_at:%Y-%m-%d}. {_ASK}")
    if found.disabled:
        raise _refused("account-disabled", f"The account of the key {found.name} is disabled. {_ASK}")
    if found.stale:
        await connection.execute(CREDENTIALS["touch"].text.encode(), {"id": found.id})
    terms = KeyTerms(
        found.id, found.name, frozenset(found.scopes), found.quota_per_day, found.rate_per_second
    )
    caller = Caller(
        account_id=found.account_id,
        username=found.username,
        display_name=found.display_name,
        role=Role(found.role),
        kind="key",
        unit_code=found.unit_code,
        key=terms,
    )
    return Held(caller, found.expires_at)


def _refused(reason: str, told: str) -> SignInNeeded:
    return SignInNeeded(told, error="invalid_token", reason=reason)
