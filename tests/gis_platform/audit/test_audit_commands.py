"""``gis-platform audit`` as an administrator meets it."""

from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from gis_platform.audit.commands import app
from gis_platform.audit.record import record_sync
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter

runner = CliRunner()


@pytest.fixture
def trail(database: Logins, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Logins:
    """A database with three entries, which the command line will use."""
    monkeypatch.setenv("GIS_DATABASE_URL", database.owner)
    monkeypatch.setenv("GIS_DATA_DIR", str(tmp_path))
    with psycopg.connect(database.owner) as owner:
        for number in range(3):
            record_sync(owner, "test.looked", str(number), actor="hoa")
    return database


def tamper(trail: Logins, statement: str) -> None:
    with psycopg.connect(trail.owner) as owner:
        owner.execute("ALTER TABLE core.audit_entry DISABLE TRIGGER ALL")
        owner.execute(statement.encode())


def test_a_whole_trail(trail: Logins) -> None:
    with psycopg.connect(trail.owner) as owner:
        row = owner.execute("SELECT encode(hash, 'hex') FROM core.audit_entry WHERE seq = 3").fetchone()
    assert row is not None
    result = runner.invoke(app, ["verify"])
    assert result.exit_code == 0, result.output
    assert f"whole: 3 entries, head {row[0]}" in result.output


def test_a_broken_trail_names_the_entry_and_fails(trail: Logins) -> None:
    tamper(trail, "UPDATE core.audit_entry SET actor = 'nobody' WHERE seq = 2")
    result = runner.invoke(app, ["verify"])
    assert result.exit_code == 1
    assert "BROKEN: entry 2 was changed" in result.output


def test_what_head_prints_is_what_verify_takes(trail: Logins) -> None:
    noted = runner.invoke(app, ["head"]).output.split()
    assert runner.invoke(app, ["verify", *noted]).exit_code == 0
    tamper(trail, "DELETE FROM core.audit_entry WHERE seq = 3")
    assert runner.invoke(app, ["verify"]).exit_code == 0
    result = runner.invoke(app, ["verify", *noted])
    assert result.exit_code == 1
    assert "entry 3 was noted: the end was cut off" in result.output


@pytest.mark.parametrize(
    "arguments",
    [["--expect-seq", "3"], ["--expect-head", "00" * 32], ["--expect-seq", "3", "--expect-head", "xyz"]],
)
def test_half_a_head_is_refused(trail: Logins, arguments: list[str]) -> None:
    assert trail
    result = runner.invoke(app, ["verify", *arguments])
    assert isinstance(result.exception, BadParameter)
