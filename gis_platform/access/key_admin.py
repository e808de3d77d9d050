"""What an administrator does with machine keys. Each change is audited in the same transaction."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import class_row

from gis_platform.access.accounts import find_account
from gis_platform.access.credentials import new_token, token_hash
from gis_platform.access.keys import SQL
from gis_platform.access.scopes import parse_scopes
from gis_platform.audit.record import record_on
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.folding import nfc

Connection = psycopg.AsyncConnection[Any]

MOST_A_DAY = 100_000_000
MOST_A_SECOND = 1_000.0
LONGEST = timedelta(days=3 * 366)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key to make; ``expires`` is the last day on which it works, in the city's time."""

    name: str
    account: str
    scopes: tuple[str, ...]
    quota_per_day: int
    rate_per_second: float
    expires: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListedKey:
    """One line of the list of keys."""

    name: str
    account: str
    role: str
    scopes: list[str]
    quota_per_day: int
    rate_per_second: float
    note: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    account_disabled: bool
    last_used_at: datetime | None
    requests_today: int


async def add_key(
    connection: Connection, new: NewKey, *, timezone: str, known: Iterable[str], actor: str
) -> str:
    """Make a key and return its token, which nothing keeps.

    Args:
        connection: as the owner or the application.
        new: what was agreed.
        timezone: of the city.
        known: names that scopes may read and write.
        actor: who makes it.

    Raises:
        BadParameter: a part of it is out of bounds; the detail says which bounds.
        NotFound: there is no such account that is enabled.
        Conflict: a key of that name lives.
    """
    scopes = parse_scopes(new.scopes, known)
    _check(new, datetime.now(ZoneInfo(timezone)).date())
    account = await find_account(connection, new.account)
    if account is None or account.disabled_at is not None:
        raise NotFound(f"There is no enabled account {new.account[:100]!r}.", parameter="account")
    token = new_token("key")
    parameters = {
        "token_hash": token_hash(token),
        "account_id": account.id,
        "name": new.name,
        "scopes": list(scopes),
        "quota_per_day": new.quota_per_day,
        "rate_per_second": new.rate_per_second,
        "note": nfc(new.note).strip(),
        "expires_at": datetime.combine(new.expires + timedelta(days=1), time.min, ZoneInfo(timezone)),
    }
    made = await (await connection.execute(SQL["add"].text.encode(), parameters)).fetchone()
    if made is None:
        raise Conflict(
            f"There is a key {new.name!r} already. Revoke it first, or choose another name.", parameter="name"
        )
    detail = {
        "account": account.username,
        "scopes": list(scopes),
        "quota_per_day": new.quota_per_day,
        "rate_per_second": new.rate_per_second,
        "expires": new.expires.isoformat(),
    }
    await record_on(connection, "key.added", f"key:{new.name}", detail, actor=actor)
    return token


async def list_keys(connection: Connection, *, timezone: str) -> list[ListedKey]:
    """All keys by name, those that ended within 90 days included; ``requests_today`` is of the city's day."""
    async with connection.cursor(row_factory=class_row(ListedKey)) as cursor:
        await cursor.execute(SQL["all"].text.encode(), {"today": datetime.now(ZoneInfo(timezone)).date()})
        return await cursor.fetchall()


async def revoke_key(connection: Connection, name: str, *, actor: str) -> bytes:
    """End a key; gives the hash of its token, for what remembers it.

    Raises:
        NotFound: no key of that name lives.
    """
    ended = await (await connection.execute(SQL["revoke"].text.encode(), {"name": name})).fetchone()
    if ended is None:
        raise NotFound(f"There is no key {name[:80]!r} that could be revoked.", parameter="name")
    await record_on(connection, "key.revoked", f"key:{ended[1]}", actor=actor)
    return bytes(ended[0])


def _check(new: NewKey, today: date) -> None:
    latest = today + LONGEST
    bounds = (
        (
            _NAME.fullmatch(new.name),
            "name",
            "A key's name is 1 to 64 letters (a to z), digits and . _ -, the first a letter or digit.",
        ),
        (1 <= new.quota_per_day <= MOST_A_DAY, "quota", f"The quota is 1 to {MOST_A_DAY} requests a day."),
        (
            0.01 <= new.rate_per_second <= MOST_A_SECOND,
            "rate",
            f"The rate is 0.01 to {MOST_A_SECOND:.0f} requests a second.",
        ),
        (today <= new.expires <= latest, "expires", f"A key expires between {today} and {latest}."),
        (len(new.note) <= 500 and "\x00" not in new.note, "note", "A note has at most 500 characters."),
    )
    for holds, parameter, told in bounds:
        if not holds:
            raise BadParameter(told, parameter=parameter)
