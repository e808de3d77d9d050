"""The demo accounts: one a role, passwords in one private file, and nothing lost when that file is."""

import asyncio
import json
import stat
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE, ensure_demo_accounts
from gis_platform.access.roles import STAFF, Role
from gis_platform.access.sign_in import Attempt, sign_in
from gis_platform.database.server import Logins
from gis_platform.errors import SignInNeeded
from gis_platform.settings import Settings
from tests.support.accounts import audited, execute, transactions_on

Accounts = dict[str, dict[str, str]]


def ensure(places: Logins, settings: Settings) -> Accounts:
    with psycopg.connect(places.owner) as owner:
        file = ensure_demo_accounts(owner, settings)
    assert file == settings.data_dir / DEMO_ACCOUNTS_FILE
    accounts: Accounts = json.loads(file.read_text(encoding="utf-8"))
    return accounts


def role_of(places: Logins, known: dict[str, str]) -> Role:
    attempt = Attempt(known["username"], known["password"], "203.0.113.7", "bearer")
    return asyncio.run(sign_in(transactions_on(places), attempt, timedelta(hours=1))).caller.role


def test_one_account_for_each_role_signs_in(database: Logins, settings: Settings) -> None:
    accounts = ensure(database, settings)
    assert set(accounts) == {role.value for role in STAFF}
    for name, known in accounts.items():
        assert set(known) == {"username", "password"}
        assert role_of(database, known) == name


def test_the_file_is_private_and_passwords_are_random(database: Logins, settings: Settings) -> None:
    accounts = ensure(database, settings)
    assert stat.S_IMODE((settings.data_dir / DEMO_ACCOUNTS_FILE).stat().st_mode) == 0o600
    assert len({known["password"] for known in accounts.values()}) == len(STAFF)


def test_again_nothing_changes(database: Logins, settings: Settings) -> None:
    first = ensure(database, settings)
    before = audited(database)
    written = (settings.data_dir / DEMO_ACCOUNTS_FILE).stat().st_mtime_ns
    assert ensure(database, settings) == first
    assert audited(database) == before
    assert (settings.data_dir / DEMO_ACCOUNTS_FILE).stat().st_mtime_ns == written


@pytest.mark.parametrize("content", [None, "{broken"])
def test_a_lost_file_means_new_passwords(database: Logins, settings: Settings, content: str | None) -> None:
    first = ensure(database, settings)
    file = Path(settings.data_dir / DEMO_ACCOUNTS_FILE)
    if content is None:
        file.unlink()
    else:
        file.write_text(content, encoding="utf-8")
    second = ensure(database, settings)
    assert role_of(database, second["steward"]) is Role.STEWARD
    with pytest.raises(SignInNeeded):
        role_of(database, first["steward"])


def test_a_lost_account_is_made_again_and_others_stay(database: Logins, settings: Settings) -> None:
    first = ensure(database, settings)
    with psycopg.connect(database.owner) as owner:
        owner.execute("DELETE FROM core.account WHERE role = 'auditor'")
    second = ensure(database, settings)
    assert role_of(database, second["auditor"]) is Role.AUDITOR
    assert {k: v for k, v in second.items() if k != "auditor"} == {
        k: v for k, v in first.items() if k != "auditor"
    }


def test_a_commit_that_fails_leaves_no_passwords_that_do_not_work(
    database: Logins, settings: Settings
) -> None:
    ensure(database, settings)
    file = settings.data_dir / DEMO_ACCOUNTS_FILE
    file.unlink()
    execute(
        database,
        """
        CREATE FUNCTION core.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
        CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON core.account DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION core.refuse();
        """,
    )
    with pytest.raises(psycopg.errors.RaiseException, match="the disk is full"):
        ensure(database, settings)
    assert not file.exists()
    execute(database, "DROP FUNCTION core.refuse CASCADE")
    assert role_of(database, ensure(database, settings)["admin"]) is Role.ADMIN


def test_a_file_that_cannot_be_written_is_made_up_for(database: Logins, settings: Settings) -> None:
    blocked = settings.model_copy(update={"data_dir": settings.data_dir / "file" / "folder"})
    (settings.data_dir / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        ensure(database, blocked)
    assert role_of(database, ensure(database, settings)["admin"]) is Role.ADMIN
