"""Signing in with a password: counted, checked, audited, each in a transaction of its own.

A failure is recorded although the request fails, and no connection is held while the password is checked.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg

from gis_platform.access.accounts import Account, find_account, note_sign_in
from gis_platform.access.caller import Caller
from gis_platform.access.credentials import CredentialKind, Issued, issue
from gis_platform.access.passwords import Verdict, check_password
from gis_platform.access.throttle import count_attempt, forgive, network
from gis_platform.audit.record import record_on
from gis_platform.errors import Forbidden, SignInNeeded

#: Gives a connection in a transaction as the application, committed at the end of the block.
Transactions = Callable[[], AbstractAsyncContextManager[psycopg.AsyncConnection[Any]]]

#: Subject of a failed sign-in under a name that nobody has. The name as typed may be someone's password.
UNKNOWN = "account:unknown"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that succeeded."""

    caller: Caller
    credential: Issued


@dataclass(frozen=True, slots=True)
class Attempt:
    """Someone gives a name and a password, from somewhere, to get a session or a bearer token."""

    username: str
    password: str
    address: str
    kind: CredentialKind


async def sign_in(transactions: Transactions, attempt: Attempt, lifetime: timedelta) -> SignedIn:
    """Check a name and a password and issue a credential.

    Raises:
        TooManyRequests: too many failures; ``retry_after`` in seconds.
        SignInNeeded: wrong name or password; it does not say which.
        Forbidden: right, but the account is disabled.
    """
    async with transactions() as connection:
        await count_attempt(connection, attempt.username, attempt.address)
        account = await find_account(connection, attempt.username)
    verdict = await check_password(attempt.password, account.password_hash if account else None)
    async with transactions() as connection:
        refusal = await _refusal(connection, account, verdict)
        if account is not None and refusal is None:
            await forgive(connection, attempt.username)
            issued = await issue(connection, account.id, attempt.kind, lifetime)
            await record_on(
                connection,
                "sign-in.succeeded",
                subject_of(account),
                _detail(attempt),
                actor=account.username,
            )
            return SignedIn(account.caller(attempt.kind), issued)
        await record_on(
            connection,
            "sign-in.failed",
            subject_of(account),
            {**_detail(attempt), "reason": refusal},
        )
    if refusal == "disabled":
        raise Forbidden(
            "This account is disabled. Ask an administrator to enable it.",
            detail_vi="Tài khoản này đã bị khoá. Hãy đề nghị quản trị hệ thống mở lại.",
        )
    raise SignInNeeded(
        "The username or the password is wrong.",
        error="invalid_grant",
        detail_vi="Tên đăng nhập hoặc mật khẩu không đúng.",
    )


async def _refusal(
    connection: psycopg.AsyncConnection[Any], account: Account | None, verdict: Verdict
) -> str | None:
    if account is None:
        return "unknown name"
    if not verdict.right:
        return "wrong password"
    if account.disabled_at is not None:
        return "disabled"
    noted = await note_sign_in(connection, account, verdict.renewed)
    return None if noted else "account changed meanwhile"


def subject_of(account: Account | None) -> str:
    """How the audit trail names an account."""
    return f"account:{account.username}" if account else UNKNOWN


def _detail(attempt: Attempt) -> dict[str, object]:
    return {"method": "password", "kind": attempt.kind, "address": network(attempt.address)}
