"""Who has not signed in keeps so many new answers a minute; what was pasted along is not kept."""

import json
from collections.abc import Iterator

import pytest
from psycopg import Connection
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.api.answers.conftest import SignIn

# One more than are let through at once.
BEYOND = 3


@pytest.fixture
def client(settings: Settings, database: Logins) -> Iterator[TestClient]:
    """A server that lets one new answer a minute through, two at once."""
    bounded = settings.model_copy(update={"answers_per_minute": 1, "run_jobs": False})
    with TestClient(create_app(bounded, database)) as opened:
        yield opened


def _ask(client: TestClient, n: int, headers: dict[str, str] | None = None) -> int:
    """A question that nobody asked before for each ``n``."""
    return client.post("/api/planning/lookup", json={"corners": _table(n)}, headers=headers).status_code


def _table(n: int, name: str = "") -> str:
    east = 567200 + n / 10
    return "\n".join(
        f"{name}{i}\t{x},000\t{y:.3f}".replace(".", ",")
        for i, (x, y) in enumerate([(1145160, east), (1145160, east + 8), (1145152, east + 8)], start=1)
    )


def test_new_answers_are_bounded_and_nothing_of_the_refused_one_stays(
    client: TestClient, ground: Connection
) -> None:
    assert [_ask(client, n) for n in range(BEYOND)] == [200, 200, 429]
    assert ground.execute("SELECT count(*) FROM planning.answer").fetchone() == (2,)


def test_an_answer_that_is_kept_already_is_never_refused(client: TestClient, ground: Connection) -> None:
    assert {_ask(client, 0) for _ in range(2 * BEYOND)} == {200}
    assert ground.execute("SELECT count(*) FROM planning.answer").fetchone() == (1,)


def test_who_signed_in_is_not_bounded(client: TestClient, ground: Connection, sign_in: SignIn) -> None:
    headers = sign_in(Role.PLANNER)
    assert [_ask(client, n, headers) for n in range(BEYOND)] == [200] * BEYOND
    assert ground.execute("SELECT count(*) FROM planning.answer").fetchone() == (BEYOND,)


def test_the_refusal_says_when_and_what_else_in_the_callers_language(
    client: TestClient, ground: Connection
) -> None:
    assert ground
    for n in range(2):
        _ask(client, n)
    told = client.post("/api/planning/lookup", json={"corners": _table(9), "lang": "vi"})
    assert told.status_code == 429
    assert 1 <= int(told.headers["Retry-After"]) <= 60
    assert "khoá truy cập" in told.json()["detail"]
    told = client.post("/api/planning/lookup", json={"corners": _table(9), "lang": "en"})
    assert "an account or a key" in told.json()["detail"]


def test_names_of_points_are_not_kept_and_the_table_is_read_again_as_it_was(
    client: TestClient, ground: Connection
) -> None:
    told = client.post("/api/planning/lookup", json={"corners": _table(0, "Bà-Tư-0903")}).json()
    kept = ground.execute("SELECT document FROM planning.answer").fetchone()
    assert kept is not None
    assert "Bà-Tư" not in kept[0]
    assert told["query"]["corners"].splitlines()[0] == "1\t1145160,000\t567200,000"
    again = client.post("/api/planning/lookup", json={"corners": told["query"]["corners"]}).json()
    assert again["id"] == told["id"]


def test_an_address_is_kept_as_the_house_it_was_read_as(client: TestClient, ground: Connection) -> None:
    ground.execute("UPDATE layer.parcels SET address = '12/5 Ấp Bắc'")
    asked = "số 12 / 5 đường Ấp Bắc, nhà bà Tư 0903 111 222"
    told = client.get("/api/planning/lookup", params={"address": asked})
    assert told.status_code == 200, told.text
    kept = ground.execute("SELECT document FROM planning.answer").fetchone()
    assert kept is not None
    assert "0903" not in kept[0]
    assert json.loads(kept[0])["query"] == {"address": "12/5 Ấp Bắc"}
