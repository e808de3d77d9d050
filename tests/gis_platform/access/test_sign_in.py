"""Signing in with a password: what succeeds, what is counted and audited, and what is never written down."""

import asyncio
from datetime import timedelta

import psycopg
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from gis_platform.access.roles import Role
from gis_platform.access.sign_in import Attempt, SignedIn, sign_in
from gis_platform.access.throttle import MOST_PER_USERNAME
from gis_platform.database.server import Logins
from gis_platform.errors import Forbidden, SignInNeeded, TooManyRequests
from tests.support.accounts import PASSWORD, audited, execute, make_account, transactions_on

HERE = "203.0.113.7"
WRONG = "a wrong password"


@pytest.fixture
def places(database: Logins) -> Logins:
    """A database with the account ``hoa``."""
    make_account(database)
    return database


def enter(places: Logins, username: str = "hoa", password: str = PASSWORD) -> SignedIn:
    attempt = Attempt(username, password, HERE, "session")
    return asyncio.run(sign_in(transactions_on(places), attempt, timedelta(hours=1)))


def stored(places: Logins, expression: str, table: str = "account") -> object:
    with psycopg.connect(places.owner) as owner:
        row = owner.execute(f"SELECT {expression} FROM core.{table}".encode()).fetchone()  # noqa: S608
    assert row is not None
    return row[0]


def test_the_right_password_gives_a_credential_and_an_audit_entry(places: Logins) -> None:
    signed_in = enter(places, "HOA")
    assert signed_in.caller.username == "hoa"
    assert signed_in.caller.role is Role.STEWARD
    assert signed_in.credential.token.startswith("gis_s_")
    assert stored(places, "last_sign_in_at IS NOT NULL")
    assert audited(places)[-1] == (
        "hoa",
        "sign-in.succeeded",
        "account:hoa",
        {"method": "password", "kind": "session", "address": HERE},
    )


def test_a_wrong_password_fails_is_counted_and_audited(places: Logins) -> None:
    with pytest.raises(SignInNeeded, match="username or the password"):
        enter(places, password=WRONG)
    assert stored(places, "count(*)", "sign_in_failure") == 1
    actor, action, subject, detail = audited(places)[-1]
    assert (actor, action, subject) == ("anonymous", "sign-in.failed", "account:hoa")
    assert detail["reason"] == "wrong password"


def test_a_name_nobody_has_gets_the_same_answer(places: Logins) -> None:
    with pytest.raises(SignInNeeded) as unknown:
        enter(places, "nobody")
    with pytest.raises(SignInNeeded) as wrong:
        enter(places, password=WRONG)
    assert unknown.value.body() == wrong.value.body()


def test_names_that_cannot_be_are_wrong_like_others(places: Logins) -> None:
    for username in ("", " ", "hoa\0", "\ud800", "x" * 5_000, "đường", "'; DROP TABLE core.account"):
        with pytest.raises(SignInNeeded):
            enter(places, username)


def test_neither_password_nor_an_unknown_name_is_written_down(places: Logins) -> None:
    with pytest.raises(SignInNeeded):
        enter(places, "my-secret-in-the-wrong-field", WRONG)
    with pytest.raises(SignInNeeded):
        enter(places, "hoa", "another secret of mine")
    enter(places)
    everything = str(audited(places)) + str(
        stored(places, "string_agg(CAST(f AS text), '')", "sign_in_failure f")
    )
    for secret in ("my-secret", WRONG, "another secret", PASSWORD):
        assert secret not in everything


def test_too_many_failures_refuse_even_the_right_password(places: Logins) -> None:
    for _ in range(MOST_PER_USERNAME):
        with pytest.raises(SignInNeeded):
            enter(places, password=WRONG)
    with pytest.raises(TooManyRequests) as refusal:
        enter(places)
    assert 0 < refusal.value.extra["retry_after"] <= 900
    execute(places, "UPDATE core.sign_in_failure SET at = at - interval '16 minutes'")
    enter(places)


def test_success_forgets_earlier_failures(places: Logins) -> None:
    for _ in range(MOST_PER_USERNAME - 1):
        with pytest.raises(SignInNeeded):
            enter(places, password=WRONG)
    enter(places)
    assert stored(places, "count(*)", "sign_in_failure") == 0


def test_a_disabled_account_is_told_only_with_the_right_password(places: Logins) -> None:
    execute(places, "UPDATE core.account SET disabled_at = now()")
    with pytest.raises(Forbidden, match="disabled"):
        enter(places)
    assert audited(places)[-1][3]["reason"] == "disabled"
    with pytest.raises(SignInNeeded):
        enter(places, password=WRONG)
    assert stored(places, "count(*)", "credential") == 0


def test_an_account_of_the_issuer_has_no_password_to_guess(places: Logins) -> None:
    execute(places, "UPDATE core.account SET password_hash = NULL, oidc_issuer = 'i', oidc_subject = 's'")
    with pytest.raises(SignInNeeded):
        enter(places, password="")


def test_a_hash_with_old_costs_is_replaced(places: Logins) -> None:
    old = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8_192),)).hash(PASSWORD)
    with psycopg.connect(places.owner) as owner:
        owner.execute("UPDATE core.account SET password_hash = %s", [old])
    enter(places)
    assert stored(places, "password_hash") != old
    enter(places)


def test_a_failed_sign_in_does_not_depend_on_the_request(places: Logins) -> None:
    """Counted and audited in transactions of its own, which have ended when the error arrives."""
    with pytest.raises(SignInNeeded):
        enter(places, password=WRONG)
    with psycopg.connect(places.owner) as owner:
        locks = owner.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        ).fetchone()
    assert locks == (0,)
