"""``gis-platform key`` as an administrator meets it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from gis_platform.access.key_commands import app
from gis_platform.access.keys import resolve_key
from gis_platform.access.known import Held
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, Conflict, NotFound, SignInNeeded
from tests.support.accounts import audited, execute, make_account

runner = CliRunner()
SOON = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
GOOD = ["tax-office", "--account", "hoa", "--scope", "read:parcels", "--expires", SOON]


@pytest.fixture
def places(database: Logins, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Logins:
    """The database that the command line will use, with the account ``hoa``."""
    monkeypatch.setenv("GIS_DATABASE_URL", database.owner)
    monkeypatch.setenv("GIS_DATA_DIR", str(tmp_path))
    make_account(database, unit_code="28270")
    return database


def run(*arguments: str) -> Result:
    return runner.invoke(app, list(arguments))


def add(*arguments: str) -> str:
    result = run("add", *(arguments or GOOD))
    assert result.exit_code == 0, result.output
    return result.output.rpartition(": ")[2].strip()


def resolved(places: Logins, token: str) -> Held:
    async def done() -> Held:
        async with await psycopg.AsyncConnection.connect(places.app) as connection:
            return await resolve_key(connection, token)

    return asyncio.run(done())


def test_a_key_is_what_was_agreed(places: Logins) -> None:
    token = add(*GOOD, "--scope", "api:search", "--quota", "500/day", "--rate", "2.5/s", "--note", "CV 12")
    assert token.startswith("gis_k_")
    caller = resolved(places, token).caller
    assert (caller.username, caller.role, caller.kind, caller.unit_code) == (
        "hoa",
        Role.STEWARD,
        "key",
        "28270",
    )
    assert caller.actor == "hoa (key tax-office)"
    assert sorted(caller.scopes or ()) == ["api:search", "read:parcels"]
    assert caller.key is not None
    assert (caller.key.quota_per_day, caller.key.rate_per_second) == (500, 2.5)
    actor, action, subject, detail = audited(places)[-1]
    assert actor.startswith("command line")
    assert (action, subject) == ("key.added", "key:tax-office")
    assert detail == {
        "account": "hoa",
        "scopes": ["api:search", "read:parcels"],
        "quota_per_day": 500,
        "rate_per_second": 2.5,
        "expires": SOON,
    }


def test_its_last_day_is_the_city_s(places: Logins) -> None:
    last = resolved(places, add()).expires_at.astimezone(UTC)
    assert last.isoformat() == f"{SOON}T17:00:00+00:00"  # midnight in Mỹ Tho, seven hours ahead


def test_the_database_and_the_list_do_not_know_the_token(places: Logins) -> None:
    token = add()
    with psycopg.connect(places.owner) as owner:
        kept = owner.execute("SELECT CAST(c AS text) FROM core.credential c").fetchall()
    listed = run("list").output
    assert "tax-office" in listed
    assert "works" in listed
    for text in (str(kept), listed):
        assert token.removeprefix("gis_k_")[:12] not in text


@pytest.mark.parametrize(
    ("change", "kind", "named"),
    [
        (["--account", "nobody"], NotFound, "account"),
        (["--scope", "write:nothing"], BadParameter, "scope"),
        (["--quota", "0"], BadParameter, "quota"),
        (["--quota", "1.5/day"], BadParameter, "--quota"),
        (["--quota", "100/s"], BadParameter, "--quota"),
        (["--quota", "999999999"], BadParameter, "quota"),
        (["--rate", "0"], BadParameter, "rate"),
        (["--rate", "nan"], BadParameter, "--rate"),
        (["--rate", "99999"], BadParameter, "rate"),
        (["--expires", "2020-01-01"], BadParameter, "expires"),
        (["--expires", "9999-12-31"], BadParameter, "expires"),
        (["--expires", "soon"], BadParameter, "--expires"),
        (["--note", "x" * 501], BadParameter, "note"),
    ],
)
def test_what_cannot_be_agreed(places: Logins, change: list[str], kind: type[Exception], named: str) -> None:
    result = run("add", *GOOD, *change)
    assert isinstance(result.exception, kind)
    assert result.exception.parameter == named  # type: ignore[attr-defined]
    assert [entry for entry in audited(places) if entry[1] == "key.added"] == []


def test_a_name_is_one_living_key(places: Logins) -> None:
    first = add()
    again = run("add", "TAX-Office", *GOOD[1:])
    assert isinstance(again.exception, Conflict)
    assert isinstance(run("add", "thuế", *GOOD[1:]).exception, BadParameter)
    assert run("revoke", "Tax-Office").exit_code == 0
    assert isinstance(run("revoke", "tax-office").exception, NotFound)
    assert resolved(places, add()).caller.kind == "key"
    with pytest.raises(SignInNeeded, match="was revoked"):
        resolved(places, first)
    assert [entry[1] for entry in audited(places)][-3:] == ["key.added", "key.revoked", "key.added"]


@pytest.mark.parametrize(
    ("ended", "reason"),
    [
        (
            "UPDATE core.credential"
            " SET created_at = now() - interval '2 h', expires_at = now() - interval '1 s'",
            "expired",
        ),
        ("UPDATE core.credential SET revoked_at = now()", "revoked"),
        ("UPDATE core.account SET disabled_at = now()", "account-disabled"),
        ("DELETE FROM core.credential", "unknown"),
    ],
)
def test_it_says_why_it_ended(places: Logins, ended: str, reason: str) -> None:
    token = add()
    execute(places, ended)
    with pytest.raises(SignInNeeded) as refused:
        resolved(places, token)
    assert refused.value.extra["reason"] == reason
