"""``gis-platform rules`` tells what is loaded and how well it is known."""

import pytest
from typer.testing import CliRunner

from gis_platform.cli import make_cli
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter


@pytest.fixture
def asked(database: Logins, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("GIS_DATABASE_URL", database.owner)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def test_it_lists_each_rule_with_its_state(asked: CliRunner) -> None:
    told = asked.invoke(make_cli(), ["rules", "--on", "2026-12-31"])
    assert told.exit_code == 0, told.output
    assert "building.density.house" in told.output
    assert "Bảng 2.8" in told.output
    assert "not verified" in told.output


def test_a_day_without_rules_is_said(asked: CliRunner) -> None:
    told = asked.invoke(make_cli(), ["rules", "--on", "1999-01-01"])
    assert "No rule is loaded for 1999-01-01" in told.output


def test_what_is_no_day_is_named() -> None:
    told = CliRunner().invoke(make_cli(), ["rules", "--on", "tomorrow"])
    assert isinstance(told.exception, BadParameter)
    assert "--on" in str(told.exception)
