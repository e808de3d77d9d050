"""`gis-platform contracts` as people run it."""

import json
import sys
from collections.abc import Callable

import psycopg
import pytest

from gis_platform.cli import main
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.etl.watch.conftest import enter_delivery

Run = Callable[..., str]


@pytest.fixture
def run(
    database: Logins, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the command on a database of the test's own; gives what it printed, or why not."""
    monkeypatch.setenv("GIS_DATABASE_URL", database.owner)
    monkeypatch.setenv("GIS_DATA_DIR", str(settings.data_dir))

    def command(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["gis-platform", "contracts", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        assert int(left.value.code or 0) == code, printed.err
        return printed.err if code else printed.out

    return command


def test_a_contract_is_stated_listed_and_ended(run: Run) -> None:
    assert "No contract is stated" in run("list")
    stated = run(
        *("set", "parcels", "vpdk", "--cycle-days", "31", "--grace-days", "10", "--sender", "Sở", "--area"),
        *("28249, 28252", "--fields", "parcel_no", "--tolerance-m", "0.3", "--from", "01/06/2026"),
    )
    line = (
        "parcels / vpdk: every 31 days and 10 of grace; from Sở; of 28249, 28252; with parcel_no; "
        "within 0.3 m; since 2026-06-01; stated in the database"
    )
    assert stated.strip() == line
    assert line in run("list")
    (told,) = json.loads(run("list", "--json"))["contracts"]
    assert (told["cycle_days"], told["area"], told["stated_in"]) == (31, ["28249", "28252"], "database")
    run("end", "parcels", "vpdk")
    assert "No contract is stated" in run("list")


def test_what_cannot_be_is_one_sentence_and_code_1(run: Run) -> None:
    assert "There is no layer or raster 'trees'" in run("set", "trees", "x", code=1)
    assert "No contract of parcels" in run("end", "parcels", "x", code=1)


def test_the_list_shows_who_is_late(run: Run, database: Logins) -> None:
    with psycopg.connect(database.owner) as connection:
        enter_delivery(connection, "2018-09-01", received_at="2018-09-11T03:00:00Z")
    printed = run("list")
    assert "parcels / sở: 1 came, 0 refused, 0 on time, 0 late; median delay 10 days; 0 faults" in printed
    assert "next due 2018-10-02 (2018-09-01 + 31 days = 2018-10-02), OVERDUE by" in printed
