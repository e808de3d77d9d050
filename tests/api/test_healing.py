"""The database goes away and comes back: the server needs no restart, and nobody sees worse than a 503."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import psycopg
import pytest

from gis_platform.cluster import ensure_running, stop
from gis_platform.database.migrate import migrate
from gis_platform.database.server import Logins, create_database, logins
from gis_platform.jobs import make_job_app
from gis_platform.settings import Settings
from tests.support.accounts import PASSWORD, make_account
from tests.support.clusters import fresh_place
from tests.support.problems import problem
from tests.support.server import RunningServer

# A hot path, one feature, the ordinary pool, and the door's own question; the last is asked by staff.
PATHS = (
    "/ogc/collections/parcels/items?limit=1",
    "/ogc/collections/parcels/tiles/WebMercatorQuad/16/30844/52136",
    "/api/layers",
    "/readyz",
)
WELL = {200, 204}


def until_well(url: str, headers: dict[str, str]) -> list[int]:
    """Ask until it is answered as it should be; every refusal on the way says when to come back."""
    seen = []
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answer = httpx2.get(url, headers=headers, timeout=30)
        seen.append(answer.status_code)
        if answer.status_code in WELL:
            return seen
        problem(answer, 503)
        assert int(answer.headers["retry-after"]) >= 1
        time.sleep(0.2)
    raise AssertionError(f"{url} did not heal: {seen}")


def all_well(server: RunningServer, headers: dict[str, str]) -> None:
    """Every path, as the public and as staff, several times: each pool has more than one connection."""
    for who in ({}, headers):
        for path in PATHS:
            until_well(f"{server.url}{path}", who)
    for who in ({}, headers):
        for path in PATHS:
            answers = [httpx2.get(f"{server.url}{path}", headers=who, timeout=30) for _ in range(5)]
            assert {answer.status_code for answer in answers} <= WELL, path


def signed_in(server: RunningServer) -> dict[str, str]:
    form = {"username": "hoa", "password": PASSWORD}
    token = httpx2.post(f"{server.url}/api/auth/token", data=form, timeout=30).json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def city_of_its_own() -> Iterator[tuple[Settings, Logins]]:
    """A cluster that may be stopped, with an empty, migrated city."""
    with fresh_place() as place:
        settings = Settings(data_dir=place.data_dir, load_demo=False, log_level="warning")
        cluster = ensure_running(settings)
        create_database(cluster.url("postgres"), "gis_healing_test")
        places = logins(settings, cluster.url("gis_healing_test"))
        migrate(settings, places)
        make_account(places)
        yield settings, places


def work_a_job(settings: Settings, places: Logins) -> str:
    """Put a job into the queue and see how it ends."""

    async def put() -> int:
        app = make_job_app(settings, places.app)
        async with app.open_async():
            job = app.configure_task("forget_sign_ins", allow_unknown=True)
            return await job.defer_async(timestamp=int(time.time()))

    number = asyncio.run(put())
    deadline = time.monotonic() + 60
    status = ""
    while time.monotonic() < deadline and status not in ("succeeded", "failed"):
        with psycopg.connect(places.owner) as owner:
            row = owner.execute(
                "SELECT status FROM jobs.procrastinate_jobs WHERE id = %s", [number]
            ).fetchone()
        assert row is not None
        status = str(row[0])
        time.sleep(0.2)
    return status


def test_connections_that_are_cut_are_made_anew(settings: Settings, database: Logins) -> None:
    make_account(database)
    bare = settings.model_copy(update={"load_demo": False})
    with RunningServer(bare, database) as server:
        headers = signed_in(server)
        all_well(server, headers)
        for _ in range(2):
            with psycopg.connect(database.owner) as owner:
                cut = owner.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                ).fetchone()
            assert cut is not None
            assert cut[0] >= 2
            all_well(server, headers)


def test_a_database_that_was_restarted_is_found_again_and_jobs_go_on() -> None:
    with city_of_its_own() as (settings, places), RunningServer(settings, places) as server:
        headers = signed_in(server)
        all_well(server, headers)
        assert work_a_job(settings, places) == "succeeded"
        stop(settings)
        for path in PATHS:
            answer = httpx2.get(f"{server.url}{path}", timeout=30)
            problem(answer, 503)
            assert int(answer.headers["retry-after"]) >= 1
        assert httpx2.get(f"{server.url}/healthz", timeout=60).status_code == 200
        ensure_running(settings)
        all_well(server, headers)
        assert work_a_job(settings, places) == "succeeded"


@pytest.mark.parametrize("path", PATHS)
def test_a_database_that_never_was_is_a_503(settings: Settings, database: Logins, path: str) -> None:
    nowhere = Logins(
        owner="",
        app=database.app.replace("dbname=gis_clone", "dbname=gone"),
        public=database.public.replace("dbname=gis_clone", "dbname=gone"),
    )
    lonely = settings.model_copy(update={"run_jobs": False})
    with RunningServer(lonely, nowhere) as server:
        answer = httpx2.get(f"{server.url}{path}", timeout=60)
        problem(answer, 503)
        assert int(answer.headers["retry-after"]) >= 1
