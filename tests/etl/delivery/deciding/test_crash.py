"""Process or database killed at any moment: the layer is in the old state or the new, and it goes on."""

import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.delivery.approve import Word, approve
from etl.delivery.deliver import deliver
from etl.delivery.work import work
from gis_platform.database.migrate import migrate
from gis_platform.database.server import Logins, database_server
from gis_platform.settings import Settings
from tests.support.believed import clashes
from tests.support.clusters import Place, fresh_place, kill_server
from tests.support.delivered import parcels, request, write_sample

ROOT = Path(__file__).parents[4]
ROWS = 3_000
SEED = 20261122
# What an answer rests on; ids and moments differ between the two ways to the same state.
STATE = """
    SELECT md5(string_agg(concat_ws(' ', sheet_no, parcel_no, address, source_date, ST_AsText(geom)), '|'
                          ORDER BY sheet_no, parcel_no)),
           (SELECT count(*) FROM layer.parcels_history),
           (SELECT md5(string_agg(concat_ws(' ', level, x, y, features), '|' ORDER BY level, x, y))
            FROM core.coarse WHERE layer = 'parcels')
    FROM layer.parcels
"""


def _second(folder: Path) -> Path:
    """Half of the parcels with another address, a tenth gone, some new."""
    words = [f"{i} đường {'mới' if i % 2 else 'Lê Lợi'}" for i in range(1, ROWS + 101)]
    sample = parcels(ROWS + 100).with_column("address", words)
    return write_sample(folder / "second.gpkg", sample.rows(*range(1, ROWS + 101 - ROWS // 10)))


def _state(conninfo: str) -> tuple[Any, ...]:
    with psycopg.connect(conninfo) as connection:
        assert clashes(connection, "parcels") == []
        row = connection.execute(STATE.encode()).fetchone()
    assert row is not None
    return row


def _start(conninfo: str, settings: Settings, file: Path) -> subprocess.Popen[bytes]:
    told = [conninfo, str(settings.data_dir), str(file), "never"]
    command = [sys.executable, "-m", "tests.support.stopping_delivery", *told]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def _go_on(settings: Settings, conninfo: str) -> None:
    """As the server's worker and a steward would: prepare what was received, approve what is ready."""
    with psycopg.connect(conninfo) as connection:
        last = connection.execute("SELECT id, status FROM core.delivery ORDER BY id DESC LIMIT 1").fetchone()
    assert last is not None
    number, status = last
    if status in ("received", "preparing"):
        work(settings, number, conninfo)
    if status != "applied":
        approve(settings, number, conninfo, Word(by="steward", accept_doubtful=True))


def _wait_until_alone(conninfo: str) -> None:
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(conninfo, autocommit=True) as connection:
        while connection.execute(others).fetchone() != (0,):
            time.sleep(0.02)


@pytest.mark.parametrize("turn", range(10))
def test_a_process_killed_at_any_moment(
    settings: Settings, database: Logins, tmp_path: Path, turn: int
) -> None:
    deliver(settings, request(write_sample(tmp_path / "first.gpkg", parcels(ROWS))), database.owner)
    old = _state(database.owner)
    _break_off_and_go_on(
        settings,
        database.owner,
        _second(tmp_path),
        old,
        random.Random(SEED + turn).uniform(0.3, 5.0),  # noqa: S311  # no secret
    )


def test_a_database_killed_at_any_moment(base_settings: Settings, tmp_path: Path) -> None:
    rng = random.Random(SEED)  # noqa: S311  # no secret
    with fresh_place() as place:
        settings = base_settings.model_copy(update={"data_dir": place.data_dir, "database_url": None})
        with database_server(settings) as places:
            migrate(settings, places)
            first = write_sample(tmp_path / "first.gpkg", parcels(ROWS))
            deliver(settings, request(first), places.owner)
        for turn in range(4):
            words = [f"{turn} {i}" for i in range(ROWS)]
            file = write_sample(tmp_path / f"{turn}.gpkg", parcels(ROWS).with_column("address", words))
            with database_server(settings) as places:
                old, owner = _state(places.owner), places.owner
                process = _start(owner, settings, file)
                _let_work(process, rng.uniform(0.5, 5.0))
                kill_server(Place(place.data_dir))
                process.wait(timeout=60)
            with database_server(settings) as places:
                _check_and_go_on(settings, places.owner, old, file)
                assert _addresses(places.owner) == sorted(words)


def _addresses(conninfo: str) -> list[str]:
    with psycopg.connect(conninfo) as connection:
        rows = connection.execute("SELECT address FROM layer.parcels").fetchall()
    return sorted(row[0] for row in rows)


def _break_off_and_go_on(
    settings: Settings,
    conninfo: str,
    file: Path,
    old: tuple[Any, ...],
    after_s: float,
) -> None:
    process = _start(conninfo, settings, file)
    _let_work(process, after_s)
    process.kill()
    process.wait(timeout=60)
    _wait_until_alone(conninfo)
    _check_and_go_on(settings, conninfo, old, file)


def _let_work(process: subprocess.Popen[bytes], seconds: float) -> None:
    """For so long, or until it is done: nothing more will happen then."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)


def _check_and_go_on(settings: Settings, conninfo: str, old: tuple[Any, ...], file: Path) -> None:
    found = _state(conninfo)
    with psycopg.connect(conninfo) as connection:
        applied = connection.execute(
            "SELECT count(*) FROM core.delivery WHERE status = 'applied' AND file_name = %s", [file.name]
        ).fetchone()
        entered = connection.execute(
            "SELECT count(*) FROM core.delivery WHERE file_name = %s", [file.name]
        ).fetchone()
    # What is in force says the same as the register, whichever of the two it is.
    assert (found == old) == (applied == (0,))
    if entered == (0,):
        deliver(settings, request(file), conninfo)
    else:
        _go_on(settings, conninfo)
    assert _state(conninfo)[0] != old[0]
    again = deliver(settings, request(file), conninfo)
    assert again.status == "already applied"
