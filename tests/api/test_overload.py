"""More than can be answered: the surplus is told at once when to come back, the rest is served."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import httpx2
import psycopg
import pytest

from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.blocking import held_table
from tests.support.problems import problem
from tests.support.server import RunningServer

STREETS = "/ogc/collections/streets/items?limit=1"
AT_ONCE, MANY = 3, 12


@pytest.fixture
def narrow(settings: Settings, database: Logins) -> Iterator[RunningServer]:
    """A server that takes three requests at a time."""
    few = settings.model_copy(update={"max_requests": AT_ONCE, "run_jobs": False})
    with RunningServer(few, database) as running:
        yield running


def test_the_surplus_is_told_at_once_and_the_rest_is_served(narrow: RunningServer, database: Logins) -> None:
    def ask(_: int) -> httpx2.Response:
        return httpx2.get(f"{narrow.url}{STREETS}", timeout=60)

    with ThreadPoolExecutor(MANY) as crowd:
        with held_table(database, "streets"):
            waiting: set[Future[httpx2.Response]] = {crowd.submit(ask, n) for n in range(MANY)}
            refused: list[httpx2.Response] = []
            # These come back although nobody lets go of the table.
            while len(waiting) > AT_ONCE:
                done, waiting = wait(waiting, timeout=30, return_when=FIRST_COMPLETED)
                assert done, "a request that cannot be served hangs"
                refused += [future.result() for future in done]
            assert len(refused) == MANY - AT_ONCE
            for answer in refused:
                assert "busy" in problem(answer, 503)["detail"]
                assert int(answer.headers["retry-after"]) >= 1
                assert answer.headers["x-request-id"]
            problem(httpx2.get(f"{narrow.url}/ogc", timeout=60), 503)
            for path in ("/healthz", "/metrics"):
                assert httpx2.get(f"{narrow.url}{path}", timeout=60).status_code == 200
        assert [future.result().status_code for future in waiting] == [200] * AT_ONCE
    assert [ask(n).status_code for n in range(2 * AT_ONCE)] == [200] * 2 * AT_ONCE


def test_a_question_that_takes_too_long_ends_with_a_reason(settings: Settings, database: Logins) -> None:
    quick = settings.model_copy(update={"statement_timeout_ms": 200, "run_jobs": False})
    with RunningServer(quick, database) as running:
        with held_table(database, "streets"):
            answer = httpx2.get(f"{running.url}{STREETS}", timeout=60)
            assert "too long" in problem(answer, 503)["detail"]
            assert int(answer.headers["retry-after"]) >= 1
            problem(httpx2.get(f"{running.url}/ogc/collections/streets/items/1", timeout=60), 503)
        assert httpx2.get(f"{running.url}{STREETS}", timeout=60).status_code == 200


def test_who_waits_long_for_a_file_is_told_to_come_back(
    settings: Settings, database: Logins, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two files are written at a time; the third does not wait for as long as they take."""
    monkeypatch.setattr("api.ogc.items_files._PATIENCE_S", 0.2)

    def ask(_: int) -> httpx2.Response:
        return httpx2.get(f"{running.url}{STREETS}&f=csv", timeout=60)

    quiet = settings.model_copy(update={"run_jobs": False})
    with RunningServer(quiet, database) as running, ThreadPoolExecutor(3) as crowd:
        with held_table(database, "streets"):
            waiting = {crowd.submit(ask, n) for n in range(3)}
            done, waiting = wait(waiting, timeout=30, return_when=FIRST_COMPLETED)
            (refused,) = (future.result() for future in done)
            assert "Too many files" in problem(refused, 503)["detail"]
            assert int(refused.headers["retry-after"]) >= 1
        assert [future.result().status_code for future in waiting] == [200, 200]
        assert ask(0).status_code == 200


def test_a_crowd_holds_no_more_connections_than_the_cluster_was_made_for(
    settings: Settings, database: Logins
) -> None:
    """Every kind of question at once, while none of them can end."""
    few = settings.model_copy(update={"pool_size": 2})
    asked = (STREETS, "/api/planning/lookup?point=106.36,10.36", "/api/search?q=le", "/healthz")
    held = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"

    def ask(number: int) -> int:
        return httpx2.get(running.url + asked[number % len(asked)], timeout=60).status_code

    with RunningServer(few, database) as running, ThreadPoolExecutor(40) as crowd:
        with held_table(database, "streets"), psycopg.connect(database.owner, autocommit=True) as beside:
            waiting = [crowd.submit(ask, number) for number in range(40)]
            wait(waiting, timeout=2)
            (most,) = beside.execute(held).fetchone() or (0,)
        assert {future.result() for future in waiting} <= {200, 404, 503}
    by_the_test = 2
    assert 2 * few.pool_size < most - by_the_test <= few.process_connections
