"""The answer leaves after the commit: one that fails is an error, and nothing of it is stored.

With FastAPI's default scope a dependency's commit comes after the response, and a failing one answers 200.
The failure here is a real one: a deferred constraint trigger raises when the transaction commits.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.dependencies import Work
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.errors import Conflict
from gis_platform.settings import Settings
from gis_platform.sqlfiles import Query
from tests.support.accounts import PASSWORD, make_account
from tests.support.queries import ROOT

_SCRATCH = """
    CREATE TABLE core.scratch (word text NOT NULL);
    GRANT SELECT, INSERT ON core.scratch TO gis_public;
    CREATE FUNCTION core.refuse_scratch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.word = 'refused at commit' THEN RAISE EXCEPTION 'not this word'; END IF;
        RETURN NEW;
    END $$;
    CREATE CONSTRAINT TRIGGER late AFTER INSERT ON core.scratch DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION core.refuse_scratch();
"""


def _query(text: str) -> Query:
    return Query("scratch", text, ROOT)


def _add_routes(app: FastAPI) -> None:
    @app.post("/scratch/{word}")
    async def write(work: Work, word: str) -> dict[str, str]:
        await work.rows(_query("INSERT INTO core.scratch VALUES (%(word)s) RETURNING word"), word=word)
        if word == "refused in the route":
            raise Conflict("Not this word.")
        return {"stored": word}

    @app.get("/scratch")
    async def who(work: Work) -> dict[str, Any]:
        return dict(
            await work.row(_query("SELECT current_user AS role, current_setting('gis.actor') AS actor")) or {}
        )


@pytest.fixture
def scratch(database: Logins, settings: Settings) -> Iterator[TestClient]:
    """The application with two routes more, over a table that refuses late."""
    with psycopg.connect(database.owner) as owner:
        owner.execute(_SCRATCH)
    app = create_app(settings, database)
    _add_routes(app)
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


def _stored(database: Logins) -> list[str]:
    with psycopg.connect(database.owner) as owner:
        return [row[0] for row in owner.execute("SELECT word FROM core.scratch")]


def test_what_is_answered_is_stored(scratch: TestClient, database: Logins) -> None:
    assert scratch.post("/scratch/kept").status_code == 200
    assert _stored(database) == ["kept"]


def test_a_commit_that_fails_is_an_error(scratch: TestClient, database: Logins) -> None:
    answer = scratch.post("/scratch/refused at commit")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 500
    assert "not this word" not in answer.text
    assert _stored(database) == []


def test_a_refusal_in_the_route_rolls_back(scratch: TestClient, database: Logins) -> None:
    answer = scratch.post("/scratch/refused in the route")
    assert (answer.status_code, answer.json()["detail"]) == (409, "Not this word.")
    assert _stored(database) == []


def test_one_failure_leaves_the_connection_fit_for_the_next(scratch: TestClient, database: Logins) -> None:
    words = [uuid.uuid4().hex for _ in range(6)]
    for word in words:
        assert scratch.post("/scratch/refused at commit").status_code == 500
        assert scratch.post(f"/scratch/{word}").status_code == 200
    assert _stored(database) == words


def test_inside_acts_the_caller_and_no_one_else(scratch: TestClient, database: Logins) -> None:
    assert scratch.get("/scratch").json() == {"role": "gis_public", "actor": ""}
    make_account(database, "binh", Role.PLANNER)
    form = {"username": "binh", "password": PASSWORD}
    token = scratch.post("/api/auth/token", data=form).json()["access_token"]
    answer = scratch.get("/scratch", headers={"Authorization": f"Bearer {token}"})
    assert answer.json() == {"role": "gis_planner", "actor": "binh"}
    # The connection goes back to the pool as the application's, not as a planner's.
    assert scratch.get("/scratch").json()["role"] == "gis_public"
