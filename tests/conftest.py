"""A real PostGIS for every test: one cluster a worker, one migrated template, a clone for whoever commits."""

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from psycopg.conninfo import make_conninfo
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.access.demo_accounts import ensure_demo_accounts
from gis_platform.database.migrate import migrate
from gis_platform.database.server import Logins, database_name, database_server, logins
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database
from tests.support.password_costs import passwords_as_in, quick
from tests.support.server import RunningServer
from tests.support.workers import ByFile, in_order, number_of_workers

ROOT = Path(__file__).parents[1]
SMALL_CITY = 2_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_order(items)


def pytest_xdist_auto_num_workers() -> int:
    """What ``-n auto`` means, which ``make test`` says."""
    return number_of_workers()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Where the time went, and how to go on where something failed; pytest's own line comes last."""
    rooms: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                rooms[report.nodeid.split("/")[1]] += report.duration
    if rooms:
        longest_first = sorted(rooms.items(), key=lambda room: -room[1])
        told = ", ".join(f"{room} {seconds:.0f} s" for room, seconds in longest_first)
        workers = config.getoption("numprocesses", None) or 1
        terminalreporter.write_line(f"Time of the tests by room, {workers} at a time: {told}.")
    if "failed" in terminalreporter.stats or "error" in terminalreporter.stats:
        terminalreporter.write_line("Only those that failed, once more: make test ARGS='--last-failed -n 0'")


@pytest.fixture(scope="session")
def base_settings(worker_id: str) -> Settings:
    """Settings of the tests: their own data folder, so that no city of yours is touched.

    Each worker has one below it, hence a cluster of its own.
    """
    folder = Path(os.environ.get("GIS_TEST_DATA_DIR", ROOT / ".data-test"))
    if worker_id != "master":
        folder /= worker_id
    return Settings(data_dir=folder, demo_parcels=SMALL_CITY, log_level="warning", answers_per_minute=0)


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> Iterator[None]:
    """Events go to pytest's own capture as plain lines; structlog's default draws each error for seconds."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Argon2 with little work: a sign-in costs a quarter of a second by the server's own measure, and the
    tests make thousands. ``test_passwords.py`` proves that measure.
    """
    with passwords_as_in(quick):
        yield


@pytest.fixture(scope="session")
def server(base_settings: Settings) -> Iterator[str]:
    """Connection string of the maintenance database of a running cluster."""
    with database_server(base_settings) as places:
        maintenance = make_conninfo(places.owner, dbname="postgres")
        if base_settings.database_url is None:
            # Nothing here outlives a power cut, and a clone is made three times as fast without waiting.
            with psycopg.connect(maintenance, autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
        yield maintenance


@pytest.fixture(scope="session")
def template(server: str, base_settings: Settings) -> str:
    """Name of a migrated, empty database to clone."""
    places = logins(base_settings, fresh_database(server, "gis_template_test"))
    migrate(base_settings, places)
    return database_name(places.owner)


@pytest.fixture
def settings(base_settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a data folder of the test's own, and the secret of the cluster's."""
    secret = (base_settings.data_dir / "secret.key").read_text(encoding="ascii")
    return base_settings.model_copy(update={"data_dir": tmp_path, "secret_key": SecretStr(secret.strip())})


@pytest.fixture
def empty_database(server: str, base_settings: Settings) -> Iterator[Logins]:
    """A database with nothing in it, not even the platform."""
    name = f"gis_empty_{os.getpid()}_test"
    yield logins(base_settings, fresh_database(server, name))
    drop_database(server, name)


@pytest.fixture
def database(server: str, template: str, base_settings: Settings) -> Iterator[Logins]:
    """A migrated, empty database of the test's own; tests that commit use it."""
    name = f"gis_clone_{os.getpid()}_test"
    yield logins(base_settings, fresh_database(server, name, template))
    drop_database(server, name)


@pytest.fixture(scope="session")
def shared(server: str, template: str) -> str:
    """Connection string of one more clone, for tests that roll back."""
    return fresh_database(server, "gis_shared_test", template)


@pytest.fixture
def connection(shared: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """An owner's connection to the migrated database, rolled back at the end."""
    with psycopg.connect(shared) as opened:
        yield opened
        opened.rollback()


@pytest.fixture(scope="session")
def demo_template(server: str, template: str, base_settings: Settings) -> str:
    """Name of a database with the small demo city to clone: loading it costs as much as twenty clones."""
    from etl.demo.load import load_demo_once

    places = logins(base_settings, fresh_database(server, "gis_demo_template_test", template))
    with psycopg.connect(places.owner) as opened:
        load_demo_once(opened, base_settings)
    return database_name(places.owner)


@pytest.fixture(scope="session")
def small_city(server: str, demo_template: str, base_settings: Settings) -> Logins:
    """A small demo city with its accounts; shared, so tests only read it."""
    places = logins(base_settings, fresh_database(server, "gis_city_test", demo_template))
    with psycopg.connect(places.owner) as opened:
        ensure_demo_accounts(opened, base_settings)
    return places


@pytest.fixture(scope="session")
def city_client(small_city: Logins, base_settings: Settings) -> Iterator[TestClient]:
    """The application over the small demo city."""
    with TestClient(create_app(base_settings, small_city), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_remembered(request: pytest.FixtureRequest) -> None:
    """The client of the small city is of all tests: the language one chose is not the next one's."""
    if "city_client" in request.fixturenames:
        request.getfixturevalue("city_client").cookies.clear()


@pytest.fixture
def client(database: Logins, settings: Settings) -> Iterator[TestClient]:
    """The application over an empty, migrated database."""
    with TestClient(create_app(settings, database), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def live_city(small_city: Logins, base_settings: Settings) -> Iterator[RunningServer]:
    """A really running server over the small demo city; ``live_city.url`` is its address."""
    with RunningServer(base_settings, small_city) as running:
        yield running
