"""Who may send how large a table, and what stays of it."""

import psycopg
import pytest
from starlette.testclient import TestClient

from api.planning.batch import MOST_ROWS_OF_THE_PUBLIC
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.problems import problem
from tests.support.staff import Headers

BATCH = "/api/planning/batch"


def _table(rows: int) -> bytes:
    return ("Địa chỉ\n" + "1 Đường Không Có Thật\n" * rows).encode()


def test_staff_send_more_than_the_public(city_client: TestClient, staff: dict[Role, Headers]) -> None:
    rows = MOST_ROWS_OF_THE_PUBLIC + 1
    told = problem(city_client.post(BATCH, content=_table(rows)), 400, "body")
    assert "đăng nhập" in told["detail"]
    answer = city_client.post(BATCH, content=_table(rows), headers=staff[Role.PLANNER])
    assert answer.status_code == 200
    assert answer.text.count("không tìm thấy") == rows


def test_staff_leave_an_entry_and_nothing_of_the_rows(
    city_client: TestClient, staff: dict[Role, Headers], small_city: Logins
) -> None:
    city_client.post(BATCH, content=_table(3), headers=staff[Role.PERMIT])
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT actor, detail FROM core.audit_entry WHERE action = 'planning.batch' "
            "ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    assert row is not None
    assert row[0] == "demo-permit"
    assert row[1] == {"rows": 3}


@pytest.mark.parametrize("lang", ["fr", ""])
def test_a_language_that_is_none_is_refused(city_client: TestClient, lang: str) -> None:
    problem(city_client.post(BATCH, content=_table(1), params={"lang": lang}), 400, "lang")


def test_no_body_is_refused(city_client: TestClient) -> None:
    problem(city_client.post(BATCH), 400, "body")


@pytest.mark.parametrize(("lang", "words"), [("vi", "không phải bảng CSV"), ("en", "no CSV table")])
def test_what_is_no_table_is_told(city_client: TestClient, lang: str, words: str) -> None:
    """A workbook or a picture has no line that could be a row of heads."""
    told = problem(
        city_client.post(BATCH, content=b"PK" + b"x" * 200_000 + b"\n1", params={"lang": lang}), 400
    )
    assert words in told["detail"]
