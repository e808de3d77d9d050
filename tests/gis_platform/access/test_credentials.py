"""Tokens: resolved while they are valid, and never to be found in the database."""

import asyncio
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from gis_platform.access.caller import Caller
from gis_platform.access.credentials import CredentialKind, issue, resolve, revoke
from gis_platform.access.known import Held
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.accounts import execute, make_account

HOUR = timedelta(hours=1)


@pytest.fixture
def places(database: Logins) -> Logins:
    """A database with the account ``hoa``, number 1."""
    make_account(database, unit_code="28270")
    return database


def run(places: Logins, *steps: Any) -> list[Any]:
    """Each step with one connection of the application, committed after each."""

    async def all_steps() -> list[Any]:
        async with await psycopg.AsyncConnection.connect(places.app) as connection:
            done = []
            for step in steps:
                done.append(await step(connection))
                await connection.commit()
            return done

    return asyncio.run(all_steps())


def new_token(places: Logins, kind: CredentialKind = "bearer", lifetime: timedelta = HOUR) -> str:
    return str(run(places, lambda c: issue(c, 1, kind, lifetime))[0].token)


def holder(places: Logins, token: str, kind: CredentialKind = "bearer") -> Caller | None:
    found = run(places, lambda c: resolve(c, token, kind))[0]
    assert found is None or isinstance(found, Held)
    return found.caller if found else None


def test_a_token_names_its_account(places: Logins) -> None:
    assert holder(places, new_token(places)) == Caller(
        account_id=1,
        username="hoa",
        display_name="Lê Thị Hoa",
        role=Role.STEWARD,
        kind="bearer",
        unit_code="28270",
    )


def test_the_database_does_not_know_the_token(places: Logins) -> None:
    token = new_token(places)
    with psycopg.connect(places.owner) as owner:
        rows = owner.execute("SELECT CAST(c AS text) FROM core.credential c").fetchall()
    assert len(rows) == 1
    assert token.removeprefix("gis_b_") not in str(rows)
    assert token.encode().hex() not in str(rows)


def test_tokens_are_long_and_different(places: Logins) -> None:
    tokens = {new_token(places) for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 43 for token in tokens)


def test_an_unknown_token_names_nobody(places: Logins) -> None:
    for wrong in ("", "gis_b_", "x" * 10_000, "gis_b_\0", "\ud800"):
        assert holder(places, wrong) is None


def test_a_session_is_no_bearer_token_nor_the_other_way(places: Logins) -> None:
    assert holder(places, new_token(places, "session"), "bearer") is None
    assert holder(places, new_token(places, "bearer"), "session") is None


@pytest.mark.parametrize(
    "ended",
    [
        "UPDATE core.credential SET created_at = now() - interval '2 h', expires_at = now() - interval '1 s'",
        "UPDATE core.credential SET revoked_at = now()",
        "UPDATE core.account SET disabled_at = now()",
    ],
)
def test_it_ends(places: Logins, ended: str) -> None:
    token = new_token(places)
    assert holder(places, token) is not None
    execute(places, ended)
    assert holder(places, token) is None


def test_revoking_ends_one_and_only_once(places: Logins) -> None:
    first, second = new_token(places), new_token(places)
    assert run(places, lambda c: revoke(c, first), lambda c: revoke(c, first)) == [True, False]
    assert holder(places, first) is None
    assert holder(places, second) is not None


def test_a_new_role_holds_at_once(places: Logins) -> None:
    token = new_token(places)
    execute(places, "UPDATE core.account SET role = 'auditor'")
    found = holder(places, token)
    assert found is not None
    assert found.role is Role.AUDITOR


def test_last_use_is_noted_every_five_minutes(places: Logins) -> None:
    token = new_token(places)

    def last_used() -> object:
        with psycopg.connect(places.owner) as owner:
            row = owner.execute("SELECT last_used_at FROM core.credential").fetchone()
        assert row is not None
        return row[0]

    assert last_used() is None
    holder(places, token)
    first = last_used()
    assert first is not None
    holder(places, token)
    assert last_used() == first
    execute(places, "UPDATE core.credential SET last_used_at = now() - interval '6 minutes'")
    holder(places, token)
    assert last_used() != first


def test_credentials_long_expired_are_forgotten(places: Logins) -> None:
    new_token(places)
    execute(
        places,
        "UPDATE core.credential"
        " SET created_at = now() - interval '1 year', expires_at = now() - interval '91 days'",
    )
    new_token(places)
    with psycopg.connect(places.owner) as owner:
        assert owner.execute("SELECT count(*) FROM core.credential").fetchone() == (1,)
