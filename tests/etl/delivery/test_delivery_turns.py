"""Deliveries, readers and writers at the same time: none is locked out, none is lost."""

import os
import re
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from etl.delivery.deliver import deliver
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import parcels, request, write_sample

COMMAND = "from gis_platform.cli import main; main()"
ASKED = ("--layer", "parcels", "--source-date", "2020-09-01")


class Steps:
    """Keeps what a delivery says."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def step(self, text: str) -> None:
        """A step begins."""
        self.said.append(text)

    def rows(self, done: int, total: int | None) -> None:
        """Of no interest here."""


def _environment(places: Logins, settings: Settings) -> dict[str, str]:
    assert settings.secret_key is not None
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
    return kept | {
        "GIS_DATABASE_URL": places.owner,
        "GIS_DATA_DIR": str(settings.data_dir),
        "GIS_SECRET_KEY": settings.secret_key.get_secret_value(),
    }


def _start(places: Logins, settings: Settings, file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", COMMAND, "deliver", str(file), *ASKED, "--approve"],
        env=_environment(places, settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_commands_at_once_both_end_well(database: Logins, settings: Settings, tmp_path: Path) -> None:
    file = write_sample(tmp_path / "thua.gpkg", parcels(3_000))
    both = [_start(database, settings, file) for _ in range(2)]
    told = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    words = sorted(out.split(":")[0] for out, _ in told)
    # Where both were entered before either was at it, the second may be the one that is applied.
    applied = re.match(r"Delivery (\d+) is applied", words[0])
    assert applied is not None, told
    assert words[1].startswith(f"This file was applied before, as delivery {applied[1]}.")


def test_a_reader_is_not_in_the_way_of_a_command(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    """Nor is the command in the reader's: it takes no lock that reading conflicts with."""
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    with psycopg.connect(database.owner) as reader:
        reader.execute("SELECT count(*) FROM layer.parcels")
        out, err = (process := _start(database, settings, file)).communicate(timeout=60)
        assert process.returncode == 0, err
    assert out.startswith("Delivery 1 is applied")


def test_what_was_written_while_it_waited_is_kept(
    settings: Settings, database: Logins, owner: psycopg.Connection[tuple[object, ...]], tmp_path: Path
) -> None:
    deliver(settings, request(write_sample(tmp_path / "first.gpkg", parcels(3))), database.owner)
    second = write_sample(tmp_path / "second.gpkg", parcels(3).with_column("address", "second"))
    steps, statuses = Steps(), list[str]()
    waiting = threading.Thread(
        target=lambda: statuses.append(deliver(settings, request(second), database.owner, steps).status)
    )
    with psycopg.connect(database.owner) as writer:
        # Another delivery's turn, and a writer that is no delivery.
        writer.execute("SELECT pg_advisory_xact_lock(7815003, hashtext('parcels'))")
        waiting.start()
        while not any(said.startswith("waiting") for said in steps.said):
            time.sleep(0.02)
        owner.execute("UPDATE layer.parcels SET address = 'meanwhile'")
        between = datetime.now(UTC)
    waiting.join()
    assert statuses == ["applied"]
    rows = owner.execute("SELECT DISTINCT address FROM layer.parcels_at('2020-09-01', %s)", [between])
    assert rows.fetchall() == [("meanwhile",)]
    rows = owner.execute("SELECT DISTINCT address FROM layer.parcels_at('2020-09-01', now())")
    assert rows.fetchall() == [("second",)]


def test_a_writer_comes_first_and_is_named(
    settings: Settings, database: Logins, owner: psycopg.Connection[tuple[object, ...]], tmp_path: Path
) -> None:
    deliver(settings, request(write_sample(tmp_path / "first.gpkg", parcels(3))), database.owner)
    second = write_sample(tmp_path / "second.gpkg", parcels(3).with_column("address", "second"))
    steps, statuses = Steps(), list[str]()
    waiting = threading.Thread(
        target=lambda: statuses.append(deliver(settings, request(second), database.owner, steps).status)
    )
    with psycopg.connect(database.owner) as writer:
        writer.execute("UPDATE layer.parcels SET address = 'writer'")
        waiting.start()
        while not any(said.startswith("waiting") for said in steps.said):
            time.sleep(0.02)
        assert steps.said[-1] == "waiting for a writer of this layer to finish"
    waiting.join()
    assert statuses == ["applied"]
    found = owner.execute("SELECT count(*) FROM layer.parcels_history WHERE address = 'writer'").fetchone()
    assert found == (3,)


@pytest.mark.parametrize("level", ["info", "debug"])
def test_a_fault_of_the_database_is_a_sentence(
    database: Logins, settings: Settings, tmp_path: Path, level: str
) -> None:
    with psycopg.connect(database.owner) as owner:
        # Nothing the command foresees: its own table is gone.
        owner.execute("DROP TABLE core.calendar_day CASCADE")
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", COMMAND, "deliver", str(file), *ASKED, "--approve"],
        env=_environment(database, settings) | {"GIS_LOG_LEVEL": level},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert 'The database refused: relation "core.calendar_day" does not exist.' in done.stderr
    assert ("Traceback" in done.stderr) == (level == "debug")


def test_a_fault_of_the_system_is_a_sentence(database: Logins, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("no folder", encoding="utf-8")
    environment = _environment(database, settings) | {"GIS_DATA_DIR": str(tmp_path / "in-the-way" / "data")}
    del environment["GIS_SECRET_KEY"]
    file = write_sample(tmp_path / "thua.gpkg", parcels(3))
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", COMMAND, "deliver", str(file), *ASKED, "--approve"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "The system refused:" in done.stderr
    assert "Not a directory" in done.stderr
    assert "Traceback" not in done.stderr
