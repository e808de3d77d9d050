"""What an administrator does with accounts. Each change is audited in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import class_row

from gis_platform.access import throttle
from gis_platform.access.accounts import USERNAME
from gis_platform.access.passwords import hash_password
from gis_platform.access.roles import Role
from gis_platform.audit.record import record_sync
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.folding import nfc
from gis_platform.sqlfiles import Query, named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to make: with a password, with a subject of the issuer, or with both."""

    username: str
    display_name: str
    role: Role
    unit_code: str | None = None
    password: str | None = None
    oidc_issuer: str | None = None
    oidc_subject: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of accounts."""

    username: str
    display_name: str
    role: str
    unit_code: str | None
    has_password: bool
    has_issuer: bool
    last_sign_in_at: datetime | None
    disabled_at: datetime | None


def add_account(connection: psycopg.Connection[Any], new: NewAccount, *, actor: str) -> None:
    """Make an account.

    Raises:
        BadParameter: the name, the role or the password cannot be used.
        Conflict: the username, or the issuer's subject, has an account already.
    """
    if not USERNAME.fullmatch(new.username):
        raise BadParameter(
            f"{new.username!r} cannot be a username: use 1 to 100 letters (a to z), digits and . _ @ + -, "
            "the first a letter or digit.",
            parameter="username",
        )
    if new.role is Role.PUBLIC:
        raise BadParameter("Accounts are for staff; the public signs in to nothing.", parameter="role")
    made = connection.execute(
        SQL["add"].text.encode(),
        {
            "username": new.username,
            "display_name": nfc(new.display_name).strip()[:200] or new.username,
            "role": new.role.value,
            "unit_code": new.unit_code,
            "password_hash": None if new.password is None else hash_password(new.password),
            "oidc_issuer": new.oidc_issuer,
            "oidc_subject": new.oidc_subject,
        },
    ).fetchone()
    if made is None:
        raise Conflict(
            f"There is an account {new.username!r} already, or one for that subject of the issuer.",
            parameter="username",
        )
    _audit(connection, "account.added", new.username, actor, {"role": new.role.value})


def list_accounts(connection: psycopg.Connection[Any]) -> list[Listed]:
    """All accounts, by role and name."""
    with connection.cursor(row_factory=class_row(Listed)) as cursor:
        return cursor.execute(SQL["all"].text.encode()).fetchall()


def account_exists(connection: psycopg.Connection[Any], username: str) -> bool:
    """True where the name is taken, disabled accounts included."""
    known = connection.execute(SQL["known"].text.encode(), {"username": username}).fetchone()
    return known is not None


def set_password(connection: psycopg.Connection[Any], username: str, password: str, *, actor: str) -> None:
    """Give an account a new password; its sessions and tokens end, and its failed sign-ins are forgotten.

    Raises:
        NotFound: there is no such account.
        BadParameter: the password is too short or too long.
    """
    parameters = {"username": username, "password_hash": hash_password(password)}
    account_id, name = _change(connection, SQL["set_password"], parameters)
    connection.execute(SQL["revoke_all"].text.encode(), {"account_id": account_id})
    connection.execute(
        throttle.SQL["forgive"].text.encode(), {"username_hash": throttle.username_hash(username)}
    )
    _audit(connection, "account.password-set", name, actor)


def set_unit(
    connection: psycopg.Connection[Any], username: str, unit_code: str | None, *, actor: str
) -> None:
    """Let an account work for another unit, ``*`` for every one, None for none; its sessions go on.

    Raises:
        NotFound: there is no such account.
        BadParameter: the unit's code cannot be one.
    """
    if unit_code is not None and not 1 <= len(unit_code.strip()) <= 20:
        raise BadParameter("A unit's code has 1 to 20 characters.", parameter="unit")
    _, name = _change(connection, SQL["set_unit"], {"username": username, "unit_code": unit_code})
    _audit(connection, "account.unit-set", name, actor, {"unit_code": unit_code})


def disable_account(connection: psycopg.Connection[Any], username: str, *, actor: str) -> None:
    """Let an account do nothing more; its sessions and tokens end at once.

    Raises:
        NotFound: there is no such account that is enabled.
    """
    account_id, name = _change(connection, SQL["disable"], {"username": username})
    connection.execute(SQL["revoke_all"].text.encode(), {"account_id": account_id})
    _audit(connection, "account.disabled", name, actor)


def enable_account(connection: psycopg.Connection[Any], username: str, *, actor: str) -> None:
    """Let a disabled account sign in again.

    Raises:
        NotFound: there is no such account that is disabled.
    """
    _, name = _change(connection, SQL["enable"], {"username": username})
    _audit(connection, "account.enabled", name, actor)


def _change(
    connection: psycopg.Connection[Any], query: Query, parameters: Mapping[str, str | None]
) -> tuple[int, str]:
    row = connection.execute(query.text.encode(), parameters).fetchone()
    if row is None:
        username = parameters["username"]
        state = "that is " + {"disable": "enabled", "enable": "disabled"}.get(query.name, "known")
        raise NotFound(
            f"There is no account {username!r} {state}; `gis-platform account list` shows them all.",
            parameter="username",
        )
    return int(row[0]), str(row[1])


def _audit(
    connection: psycopg.Connection[Any],
    action: str,
    username: str,
    actor: str,
    detail: dict[str, object] | None = None,
) -> None:
    record_sync(connection, action, f"account:{username}", detail, actor=actor)
