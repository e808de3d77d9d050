"""``gis-platform account`` as an administrator meets it."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gis_platform.access.commands import app
from gis_platform.access.roles import STAFF
from gis_platform.access.sign_in import Attempt, sign_in
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, Conflict, Forbidden, NotFound, SignInNeeded
from tests.support.accounts import PASSWORD, audited, transactions_on

runner = CliRunner()


@pytest.fixture
def places(database: Logins, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Logins:
    """The database that the command line will use."""
    monkeypatch.setenv("GIS_DATABASE_URL", database.owner)
    monkeypatch.setenv("GIS_DATA_DIR", str(tmp_path))
    return database


def run(*arguments: str, typed: str | None = None) -> Result:
    return runner.invoke(app, list(arguments), input=typed)


def add(username: str = "hoa", role: str = "steward") -> str:
    """Makes an account and gives its generated password."""
    result = run("add", username, "--role", role, "--generate")
    assert result.exit_code == 0, result.output
    return result.output.split("Password: ")[1].strip()


def signs_in(places: Logins, username: str, password: str) -> None:
    attempt = Attempt(username, password, "203.0.113.7", "session")
    asyncio.run(sign_in(transactions_on(places), attempt, timedelta(hours=1)))


def test_an_account_with_a_generated_password(places: Logins) -> None:
    password = add()
    signs_in(places, "hoa", password)
    actor, action, subject, detail = audited(places)[0]
    assert actor.startswith("command line")
    assert (action, subject, detail) == ("account.added", "account:hoa", {"role": "steward"})


def test_an_account_whose_password_is_typed(places: Logins) -> None:
    result = run("add", "hoa", "--role", "steward", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    signs_in(places, "hoa", PASSWORD)


def test_an_account_of_the_issuer(places: Logins, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(run("add", "hoa", "--role", "steward", "--oidc-subject", "s1").exception, BadParameter)
    monkeypatch.setenv("GIS_OIDC_ISSUER", "https://sso.example.vn")
    monkeypatch.setenv("GIS_OIDC_CLIENT_ID", "gis")
    monkeypatch.setenv("GIS_OIDC_CLIENT_SECRET", "secret")
    assert run("add", "hoa", "--role", "steward", "--oidc-subject", "s1").exit_code == 0
    assert "issuer" in run("list").output
    with pytest.raises(SignInNeeded):
        signs_in(places, "hoa", "")


def test_what_cannot_be_added(places: Logins) -> None:
    assert places
    add()
    faults: list[tuple[list[str], type[Exception], str]] = [
        (["add", "HOA", "--role", "steward"], Conflict, "already"),
        (["add", "lan", "--role", "public"], BadParameter, "planner"),
        (["add", "lan", "--role", "king"], BadParameter, "planner"),
        (["add", "lê hoa", "--role", "steward"], BadParameter, "username"),
    ]
    for arguments, kind, said in faults:
        result = run(*arguments, "--generate")
        assert isinstance(result.exception, kind), arguments
        assert said in str(result.exception)
    short = run("add", "lan", "--role", "steward", typed="short\nshort\n")
    assert isinstance(short.exception, BadParameter)


def test_a_disabled_account_cannot_sign_in_until_enabled(places: Logins) -> None:
    password = add()
    assert run("disable", "HOA").exit_code == 0
    with pytest.raises(Forbidden):
        signs_in(places, "hoa", password)
    assert isinstance(run("disable", "hoa").exception, NotFound)
    assert run("enable", "hoa").exit_code == 0
    signs_in(places, "hoa", password)
    done = [action for _, action, _, _ in audited(places) if action.startswith("account.")]
    assert done == ["account.added", "account.disabled", "account.enabled"]


def test_a_new_password_replaces_the_old_one_and_ends_the_wait(places: Logins) -> None:
    old = add()
    for _ in range(10):
        with pytest.raises(SignInNeeded):
            signs_in(places, "hoa", "a wrong password")
    result = run("password", "hoa", "--generate")
    signs_in(places, "hoa", result.output.split("Password: ")[1].strip())
    with pytest.raises(SignInNeeded):
        signs_in(places, "hoa", old)
    assert isinstance(run("password", "lan", "--generate").exception, NotFound)


def test_the_list_shows_accounts_and_no_secret(places: Logins) -> None:
    assert places
    add("hoa", "steward")
    add("lan", "auditor")
    run("disable", "lan")
    output = run("list").output
    for word in ("hoa", "lan", "steward", "auditor", "disabled", "password"):
        assert word in output
    assert "argon2" not in output


def test_all_roles_are_explained() -> None:
    output = run("roles").output
    assert all(role.value in output for role in STAFF)
    assert "public" not in output


def test_an_account_works_for_another_unit_or_for_none(places: Logins) -> None:
    add(role="permit")
    assert run("unit", "HOA", "28261").exit_code == 0
    assert "28261" in run("list").output
    assert run("unit", "hoa", "*").exit_code == 0
    assert run("unit", "hoa", "-").exit_code == 0
    assert "28261" not in run("list").output
    changes = [detail for _, action, _, detail in audited(places) if action == "account.unit-set"]
    assert changes == [{"unit_code": "28261"}, {"unit_code": "*"}, {"unit_code": None}]
    assert isinstance(run("unit", "lan", "28261").exception, NotFound)
    assert isinstance(run("unit", "hoa", " ").exception, BadParameter)
