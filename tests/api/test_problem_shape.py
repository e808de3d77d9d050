"""One shape of error on every way to it: RFC 9457, whatever raised it and wherever."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI, HTTPException
from sqlalchemy import text
from starlette.requests import Request
from starlette.testclient import TestClient

from api.app import create_app
from api.dependencies import Work
from gis_platform import errors
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.problems import problem

SECRET = "xyzzy-in-the-error"  # noqa: S105  # a word to look for

PROBLEMS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.Problem)
]


def _routes(app: FastAPI) -> None:
    @app.get("/raise/problem/{name}")
    async def raise_problem(name: str) -> None:
        raise getattr(errors, name)("What happened.", parameter="name", retry_after=7)

    @app.get("/raise/http")
    async def raise_http() -> None:
        raise HTTPException(418, "A teapot", headers={"X-Pot": "short"})

    @app.get("/raise/validation")
    async def validate(number: int) -> int:
        return number

    @app.get("/raise/unexpected")
    async def unexpected() -> None:
        raise RuntimeError(SECRET)

    @app.get("/raise/psycopg")
    async def wrong_sql(work: Work) -> None:
        await work.raw.execute(f"SELECT '{SECRET}'::int".encode())

    @app.get("/raise/sqlalchemy")
    async def wrong_statement(work: Work) -> None:
        await work.execute(text(f"SELECT '{SECRET}'::int"))  # a constant of this test

    @app.get("/raise/slow")
    async def slow(work: Work) -> None:
        await work.raw.execute("SET LOCAL statement_timeout = '20ms'")
        await work.raw.execute("SELECT pg_sleep(5)")

    @app.get("/raise/away")
    async def away() -> None:
        await psycopg.AsyncConnection.connect("host=127.0.0.1 port=1 connect_timeout=1")


@pytest.fixture(scope="module")
def falling(small_city: Logins, base_settings: Settings) -> Iterator[TestClient]:
    """The application with routes that fail in each way there is."""
    app = create_app(base_settings, small_city)
    _routes(app)
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.__name__)
def test_each_problem_has_its_status(falling: TestClient, kind: type[errors.Problem]) -> None:
    answer = falling.get(f"/raise/problem/{kind.__name__}")
    body = problem(answer, int(kind.status), "name")
    assert body["type"] == f"urn:gis-platform:problem:{kind.code}"
    assert answer.headers["retry-after"] == "7"
    assert ("www-authenticate" in answer.headers) == (kind.status == 401)


@pytest.mark.parametrize(
    ("way", "status"),
    [
        ("http", 418),
        ("validation", 400),
        ("unexpected", 500),
        ("psycopg", 500),
        ("sqlalchemy", 500),
        ("slow", 503),
        ("away", 503),
        ("nothing-there", 404),
    ],
)
def test_the_shape_is_the_same(falling: TestClient, way: str, status: int) -> None:
    answer = falling.get(f"/raise/{way}")
    problem(answer, status, "number" if way == "validation" else None)
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert len(answer.headers["x-request-id"]) == 32


def test_it_is_the_same_on_the_hot_paths(falling: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_request: Request) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("api.ogc.hot.here", fail)
    answer = falling.get("/api/here")
    problem(answer, 500)
    assert SECRET not in answer.text
    assert len(answer.headers["x-request-id"]) == 32


@pytest.mark.parametrize("way", ["psycopg", "sqlalchemy"])
def test_the_log_has_the_place_and_not_the_value(
    falling: TestClient, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    """PostgreSQL's messages quote what was written: a plate, a name."""
    falling.get(f"/raise/{way}")
    assert "InvalidTextRepresentation" in caplog.text
    assert "test_problem_shape.py" in caplog.text
    assert SECRET not in caplog.text


def test_headers_of_an_http_error_are_kept(falling: TestClient) -> None:
    assert falling.get("/raise/http").headers["x-pot"] == "short"


def test_several_faults_are_all_told(falling: TestClient) -> None:
    answer: Any = falling.get("/api/violations/summary")
    body = problem(answer, 400, "stream")
    assert [other["parameter"] for other in body["others"]] == ["from", "to"]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [({}, "username"), ({"username": "a", "password": "b", "admin": True}, "admin"), ([], "body")],
)
def test_a_body_is_judged_the_same_way(falling: TestClient, body: Any, parameter: str) -> None:
    problem(falling.post("/api/auth/login", json=body), 400, parameter)


def test_a_body_that_is_no_json(falling: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    problem(falling.post("/api/auth/login", content=b"{", headers=headers), 400)
    problem(falling.post("/api/auth/login", content=b"\xff\xfe", headers=headers), 400)


def test_without_a_database_all_routes_say_so_alike(base_settings: Settings, small_city: Logins) -> None:
    nowhere = {"host": "127.0.0.1", "port": "1"}
    places = Logins(
        *(
            psycopg.conninfo.make_conninfo(c, **nowhere)
            for c in (small_city.owner, small_city.app, small_city.public)
        )
    )
    quiet = base_settings.model_copy(update={"run_jobs": False})
    with TestClient(create_app(quiet, places), raise_server_exceptions=False) as lost:
        assert lost.get("/healthz").text == "ok"
        for path in ("/ogc/collections/parcels/items", "/api/search?q=hung", "/readyz"):
            answer = lost.get(path)
            problem(answer, 503)
            assert answer.headers["retry-after"]
