"""`gis-platform deliver` as people run it: exit codes, what is printed, and where."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.delivery.request import Counts
from gis_platform.cli import main
from gis_platform.database.server import Logins, database_name
from gis_platform.settings import Settings
from tests.support.delivered import parcels, write_sample

COMMAND = "from gis_platform.cli import main; main()"
ASKED = ("--layer", "parcels", "--source-date", "2020-09-01")


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, which must be JSON alone."""
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(
    database: Logins, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the command line, in this process, on a database of the test's own."""
    monkeypatch.setenv("GIS_DATABASE_URL", database.owner)
    monkeypatch.setenv("GIS_DATA_DIR", str(settings.data_dir))
    if settings.secret_key is not None:
        monkeypatch.setenv("GIS_SECRET_KEY", settings.secret_key.get_secret_value())

    def command(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["gis-platform", "deliver", *map(str, arguments), "--approve"])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        return Done(int(left.value.code or 0), printed.out, printed.err)

    return command


def test_applied_is_0_and_the_same_file_again_is_0(run: Run, database: Logins, tmp_path: Path) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    asked = (file, *ASKED)
    done = run(*asked)
    assert (done.code, done.out) == (
        0,
        f"Delivery 1 is applied into Mỹ Tho (database {database_name(database.owner)}): read 3, added 3.\n",
    )
    assert "reading and checking thua.gpkg" in done.err
    again = run(*asked)
    assert (again.code, again.out) == (
        0,
        "This file was applied before, as delivery 1. Nothing has changed.\n",
    )
    assert run(*asked, "--json").json["status"] == "already applied"


def test_every_option_reaches_the_delivery_and_json_is_alone_on_stdout(run: Run, tmp_path: Path) -> None:
    sample = parcels(4).with_column("to", "12").without("sheet_no").with_column("ghi_chu", "")
    file = write_sample(tmp_path / "thua.gpkg", sample.said_to_be(None), layer="dat")
    done = run(
        *(file, *ASKED, "--source", "so_tnmt", "--json"),
        *("--crs", "EPSG:9210", "--file-layer", "dat", "--where", "parcel_no <> '4'", "--map", "sheet_no=to"),
        *("--set", "status=Đang tranh chấp", "--ignore", "ghi_chu", "--scope", "unit_code,sheet_no"),
    )
    assert done.code == 0, done.err
    assert done.json == {
        "id": 1,
        "status": "applied",
        "counts": Counts(read=3, added=3).as_dict(),
        "findings": [],
        "impact": [],
    }


def test_warnings_are_in_words_and_a_vietnamese_date_is_day_month_year(run: Run, tmp_path: Path) -> None:
    newer = write_sample(tmp_path / "newer.gpkg", parcels(1, sheet="3"))
    assert run(newer, "--layer", "parcels", "--source-date", "01/10/2020").code == 0
    file = write_sample(tmp_path / "thua.gpkg", parcels(3).with_column("parcel_no", ["7", "8", "7"]))
    done = run(file, "--layer", "parcels", "--source-date", "01/09/2020")
    assert done.code == 0, done.err
    assert done.out.splitlines()[1:] == [
        "  warning: 2 features share a number with another (e.g. unit 28249 sheet 12 parcel 7): stored as "
        "separate features.",
        "  warning: The source's date 2020-09-01 is older than the newest of parcels, 2020-10-01.",
    ]


def test_the_help_shows_an_example(run: Run) -> None:
    done = run("--help")
    assert "Example: gis-platform deliver thua_dat.gpkg --layer parcels" in " ".join(done.out.split())
    assert "day/month/year" in " ".join(done.out.replace("│", " ").split())


def test_a_mapping_file_says_what_the_options_would(run: Run, tmp_path: Path) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(2).with_column("to", "12").without("sheet_no"))
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('ignore = ["address"]\n[columns]\nsheet_no = "to"\n', encoding="utf-8")
    asked = (file, *ASKED)
    assert run(*asked, "--mapping", mapping).code == 0
    mapping.write_text("columns = 3\n", encoding="utf-8")
    wrong = run(*asked, "--mapping", mapping)
    assert (wrong.code, wrong.out) == (1, "")
    assert f"The mapping {mapping} cannot be used" in wrong.err


def test_refused_is_2(run: Run, tmp_path: Path) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3).with_column("mau", "đỏ"))
    asked = (file, *ASKED)
    done = run(*asked)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(
        "thua.gpkg: column 'mau' is not known. Say what it is with --map PROPERTY=mau, or leave it out with "
        "--ignore mau. Nothing was stored.\n"
    )
    as_json = run(*asked, "--json")
    assert as_json.code == 2
    answer = as_json.json
    assert (answer["id"], answer["status"]) == (None, "refused")
    assert answer["findings"] == [{"code": "unknown_column", "severity": "error", "count": 1}]


def test_a_refusal_by_the_checks_tells_its_number(run: Run, database: Logins, tmp_path: Path) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3).with_shape(2, None))
    done = run(file, *ASKED, "--json")
    assert (done.code, done.json["status"]) == (2, "refused")
    with psycopg.connect(database.owner) as connection:
        held = connection.execute("SELECT id, status FROM core.delivery").fetchall()
    assert held == [(done.json["id"], "refused")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"--layer": "parcel"}, "There is no layer 'parcel'"),
        ({"--source-date": "09-2020"}, "--source-date"),
        ({"--set": "legal_area_m2=12,5"}, "it must be a number. Write the decimals with a point: 12.5."),
        ({"--crs": "9999999", "--override-crs": None}, "EPSG:9999999 is not a known coordinate system"),
        ({"--crs": "VN-2000"}, "'VN-2000' is not an EPSG code"),
        ({"--map": "sheet_no"}, "write --map property=value"),
        ({"--map": "so_to=x"}, "parcels has no such property"),
        ({"--set": "source_date=2020-01-01"}, "given with --source-date"),
        ({"--set": "status=gone"}, "it must be one of in_force, disputed, seized, mortgaged"),
        ({"--where": "nonsense ="}, "The condition 'nonsense =' cannot be used"),
        ({"--encoding": "tcvn9"}, "There is no encoding 'tcvn9'"),
        ({"--source-date": "2199-01-01"}, "The source's date 2199-01-01 lies after today"),
        ({"--colour": "red"}, "No such option"),
    ],
)
def test_anything_else_is_1(run: Run, tmp_path: Path, change: dict[str, str | None], words: str) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    options = dict(zip(ASKED[::2], ASKED[1::2], strict=True)) | change
    done = run(file, *(part for pair in options.items() for part in pair if part is not None))
    assert (done.code, done.out) == (1, ""), done.out
    assert words in " ".join(done.err.replace("│", " ").split())
    assert "Traceback" not in done.err


def test_a_missing_file_is_1(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path / "nothing.gpkg", *ASKED)
    assert done.code == 1
    assert "There is no file" in done.err


def test_a_folder_is_1_and_called_one(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, *ASKED)
    assert (done.code, done.err) == (1, f"{tmp_path} is a folder; give the file in it.\n")


def test_a_process_of_its_own_leaves_with_the_same_code(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
    environment |= {"GIS_DATABASE_URL": database.owner, "GIS_DATA_DIR": str(settings.data_dir)}
    if settings.secret_key is not None:
        environment["GIS_SECRET_KEY"] = settings.secret_key.get_secret_value()
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", COMMAND, "deliver", str(file), *ASKED, "--crs", "EPSG:5897"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
