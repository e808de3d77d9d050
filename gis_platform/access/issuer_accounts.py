"""Accounts of people who sign in at the OpenID Connect issuer.

The issuer says who they are (``sub``) and, by its role claim, what they are here. An account that an
administrator made for a subject keeps the role it was given.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import psycopg
from psycopg.rows import class_row

from gis_platform.access.accounts import USERNAME, Account
from gis_platform.access.credentials import issue
from gis_platform.access.roles import STAFF, Role
from gis_platform.access.sign_in import SignedIn, Transactions, subject_of
from gis_platform.access.throttle import count_attempt, network
from gis_platform.audit.record import record_on
from gis_platform.errors import Forbidden
from gis_platform.folding import nfc
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as the issuer vouches for them."""

    issuer: str
    subject: str
    roles: tuple[Role, ...]
    preferred_username: str
    display_name: str


def claimed_roles(claims: Mapping[str, object], claim: str) -> tuple[Role, ...]:
    """Our staff roles among a claim's values: text, or a list of it; a dotted name leads into objects."""
    value: object = claims.get(claim)
    if value is None:
        value = claims
        for part in claim.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    values = value if isinstance(value, list) else [value]
    return tuple(role for role in sorted(STAFF) if role.value in values)


async def sign_in_from_issuer(
    transactions: Transactions, identity: Identity, address: str, lifetime: timedelta
) -> SignedIn:
    """Issue a session to a person the issuer vouches for; their account is made at the first sign-in.

    Raises:
        Forbidden: the account is disabled, or the role claim names none or several of our roles.
    """
    async with transactions() as connection:
        account = await _find(connection, identity) if identity.subject.isprintable() else None
        refusal = await _refusal(connection, account, identity)
        if refusal is None:
            account = await _admit(connection, account, identity)
            issued = await issue(connection, account.id, "session", lifetime)
            await _audit(connection, "sign-in.succeeded", account, address, {})
            return SignedIn(account.caller("session"), issued)
        await _audit(connection, "sign-in.failed", account, address, {"reason": refusal})
    raise Forbidden(f"You signed in at {identity.issuer}, but {refusal}. Ask an administrator.")


async def refused_by_issuer(transactions: Transactions, address: str, reason: str) -> None:
    """Audit a sign-in that the issuer refused or that does not prove who it is.

    Raises:
        TooManyRequests: so many came from this address that they are no longer written down.
    """
    async with transactions() as connection:
        await count_attempt(connection, f"issuer {network(address)}", address)
        await _audit(connection, "sign-in.failed", None, address, {"reason": reason})


async def _find(connection: psycopg.AsyncConnection[Any], identity: Identity) -> Account | None:
    async with connection.cursor(row_factory=class_row(Account)) as cursor:
        await cursor.execute(
            SQL["by_subject"].text.encode(), {"issuer": identity.issuer, "subject": identity.subject}
        )
        return await cursor.fetchone()


async def _refusal(
    connection: psycopg.AsyncConnection[Any], account: Account | None, identity: Identity
) -> str | None:
    if not 0 < len(identity.subject) <= 255 or not identity.subject.isprintable():
        return "what it calls you cannot be kept"
    if account is not None and account.disabled_at is not None:
        return "your account here is disabled"
    if account is not None and not await _issuer_decides(connection, account):
        return None
    if not identity.roles:
        return "it gives you none of the roles of this platform"
    if len(identity.roles) > 1:
        return f"it gives you several roles ({', '.join(identity.roles)}) where there must be one"
    return None


async def _issuer_decides(connection: psycopg.AsyncConnection[Any], account: Account) -> bool:
    cursor = await connection.execute(SQL["role_from_issuer"].text.encode(), {"id": account.id})
    row = await cursor.fetchone()
    return bool(row and row[0])


async def _admit(
    connection: psycopg.AsyncConnection[Any], account: Account | None, identity: Identity
) -> Account:
    if account is None:
        account = await _add(connection, identity)
    role = identity.roles[0] if await _issuer_decides(connection, account) else Role(account.role)
    cursor = await connection.execute(SQL["signed_in"].text.encode(), {"id": account.id, "role": role.value})
    if cursor.rowcount != 1:
        raise Forbidden("Your account here was disabled meanwhile. Ask an administrator.")
    if role.value != account.role:
        await record_on(
            connection,
            "account.role-changed",
            subject_of(account),
            {"from": account.role, "to": role.value, "by": identity.issuer},
            actor=account.username,
        )
    return replace(account, role=role.value)


async def _add(connection: psycopg.AsyncConnection[Any], identity: Identity) -> Account:
    """A new account; where the name the issuer prefers is taken or unfit, one made from the subject."""
    digest = hashlib.sha256(f"{identity.issuer} {identity.subject}".encode()).hexdigest()
    for username in (identity.preferred_username, f"oidc-{digest[:16]}"):
        if not USERNAME.fullmatch(username):
            continue
        await connection.execute(
            SQL["add"].text.encode(),
            {
                "username": username,
                "display_name": _printable(identity.display_name)[:200] or username,
                "role": identity.roles[0].value,
                "issuer": identity.issuer,
                "subject": identity.subject,
            },
        )
        # Also found where the same person's other browser tab was faster.
        account = await _find(connection, identity)
        if account is not None:
            await record_on(
                connection,
                "account.added",
                subject_of(account),
                {"role": account.role, "by": identity.issuer},
                actor=account.username,
            )
            return account
    raise LookupError("neither the issuer's name for a person nor one made from the subject is free")


def _printable(text: str) -> str:
    return "".join(letter for letter in nfc(text) if letter.isprintable()).strip()


async def _audit(
    connection: psycopg.AsyncConnection[Any],
    action: str,
    account: Account | None,
    address: str,
    more: dict[str, object],
) -> None:
    detail: dict[str, object] = {"method": "oidc", "kind": "session", "address": network(address)}
    actor = account.username if account else None
    await record_on(connection, action, subject_of(account), detail | more, actor=actor)
