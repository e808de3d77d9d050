"""Deliveries of all parcels of the city, measured once in a run; ``bench_deliveries`` tells of it."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from shutil import rmtree
from statistics import median, quantiles
from typing import Any

import psycopg
from psycopg import sql

from etl.demo.next_state import write_next_state
from gis_platform.city import load_city
from gis_platform.database.migrate import migrate
from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries
from tests.bench.city import bench_city
from tests.bench.lookups import LookUps
from tests.bench.options import ROOT, read_options
from tests.support.databases import drop_database, fresh_database
from tests.support.server import RunningServer

SQL = named_queries(__file__)

_DATABASE = "gis_bench_deliveries_test"
_TRIES = 3
_QUIET_SECONDS = 10.0
_COLUMNS = ("unit_code", "sheet_no", "parcel_no", "legal_area_m2", "measured_area_m2", "land_uses", "geom")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, in seconds; ``quiet`` and ``busy`` are the 95th percentile of look-ups."""

    rows: int
    copy: float
    read: float
    first: dict[str, Any]
    changed_read: float
    changed: dict[str, Any]
    quiet: float
    busy: float

    @property
    def whole(self) -> float:
        """The first delivery, of nothing but new parcels, from file to layer."""
        return float(self.first["proposed"] + self.first["applied"])

    @property
    def resident_mb(self) -> float:
        """The most memory that a delivering process had."""
        return float(max(self.first["resident_mb"], self.changed["resident_mb"]))


@cache
def figures() -> Figures:
    """Deliver a city's parcels into an empty database, then one parcel in a hundred changed."""
    options = read_options()
    with (
        bench_city(options.folder, options.parcels) as city,
        tempfile.TemporaryDirectory(prefix="gis-bench-") as held,
        _database(city.settings, city.places) as places,
    ):
        day = date.today() - timedelta(days=2)  # noqa: DTZ011  (two days off in any zone)
        first, second = Path(held, "first_minh_hoa.gpkg"), Path(held, "second_minh_hoa.gpkg")
        _write(city.settings, city.places.owner, first, 1)
        read = median(_child(city.settings, places, first, day, "stage")["read"] for _ in range(_TRIES))
        delivered = _child(city.settings, places, first, day, "deliver")
        copied = _copied(places.owner)
        _write(city.settings, places.owner, second, 2)
        changed_read = _child(city.settings, places, second, day, "stage")["read"]
        with RunningServer(city.settings.model_copy(update={"run_jobs": False}), places) as server:
            lookups = LookUps(server.url, _middles(places.owner))
            quiet = lookups.during(lambda: time.sleep(_QUIET_SECONDS))
            done: list[dict[str, Any]] = []
            later = day + timedelta(days=1)
            busy = lookups.during(
                lambda: done.append(_child(city.settings, places, second, later, "deliver"))
            )
        return Figures(
            delivered["counts"]["read"],
            copied,
            read,
            delivered,
            changed_read,
            done[0],
            _p95(quiet),
            _p95(busy),
        )


@contextmanager
def _database(settings: Settings, city: Logins) -> Iterator[Logins]:
    places = logins(settings, fresh_database(city.owner, _DATABASE, "template1"))
    kept = settings.data_dir / "deliveries"
    rmtree(kept, ignore_errors=True)
    try:
        migrate(settings, places)
        yield places
    finally:
        drop_database(city.owner, _DATABASE)
        rmtree(kept, ignore_errors=True)


def _write(settings: Settings, database: str, file: Path, seed: int) -> None:
    with psycopg.connect(database) as connection:
        write_next_state(connection, load_city(settings.city), file, seed)


def _child(settings: Settings, places: Logins, file: Path, day: date, what: str) -> dict[str, Any]:
    asked = {
        "settings": json.loads(settings.model_dump_json()),
        "file": str(file),
        "source_date": day.isoformat(),
        "what": what,
        "database": places.owner,
    }
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.delivering"],
        input=json.dumps(asked),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise RuntimeError(f"the delivery failed: {told.stderr.strip()[-600:]}")
    result: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return result


def _copied(database: str) -> float:
    """Seconds of a binary COPY of the rows that were delivered, into a table without an index."""
    columns = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))

    def made(name: str) -> sql.Composed:
        text: Any = SQL[name].text
        return sql.SQL(text).format(columns=columns)

    took = []
    with psycopg.connect(database) as connection, tempfile.TemporaryFile() as held:
        with connection.cursor().copy(made("copy_out")) as out:
            for data in out:
                held.write(data)
        for _ in range(_TRIES):
            connection.execute(made("copy_dropped"))
            connection.execute(made("copy_table"))
            held.seek(0)
            began = time.perf_counter()
            with connection.cursor().copy(made("copy_in")) as into:
                while data := held.read(1 << 20):
                    into.write(data)
            took.append(time.perf_counter() - began)
            connection.rollback()
    return median(took)


def _middles(database: str) -> list[tuple[float, float]]:
    with psycopg.connect(database) as connection:
        return [(x, y) for x, y in connection.execute(SQL["middles"].text.encode())]


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]
