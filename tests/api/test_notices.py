"""The inbox of the signed-in: their role's, each marks for himself."""

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.staff import Headers

_RAISE = """
    INSERT INTO core.notice (kind, subject, layer, text_vi, text_en, roles)
    VALUES ('waiting', 'test', 'parcels', 'Đợt giao số 7 đang chờ duyệt.', 'Delivery 7 waits.',
            ARRAY['steward', 'admin']) RETURNING id
"""


@pytest.fixture
def notice(small_city: Logins) -> Iterator[int]:
    """One notice for stewards and administrators in the shared city, taken away afterwards."""
    with psycopg.connect(small_city.owner, autocommit=True) as connection:
        row = connection.execute(_RAISE).fetchone()
        assert row is not None
        yield int(row[0])
        connection.execute("DELETE FROM core.notice WHERE id = %s", [row[0]])


def _mine(client: TestClient, headers: Headers, notice: int, **asked: Any) -> dict[str, Any]:
    found = client.get("/api/notices", headers=headers, params=asked).json()["notices"]
    (one,) = [each for each in found if each["id"] == notice]
    return dict(one)


def test_each_sees_it_in_his_language_and_marks_it_for_himself(
    city_client: TestClient, staff: Mapping[Role, Headers], notice: int
) -> None:
    steward, admin = staff[Role.STEWARD], staff[Role.ADMIN]
    assert _mine(city_client, steward, notice)["text"] == "Đợt giao số 7 đang chờ duyệt."
    assert _mine(city_client, steward, notice, lang="en")["text"] == "Delivery 7 waits."
    before = city_client.get("/api/notices", headers=steward).json()["unseen"]
    for _ in range(2):
        answer = city_client.post(f"/api/notices/{notice}/seen", headers=steward)
        assert (answer.status_code, answer.content) == (204, b"")
    assert _mine(city_client, steward, notice)["seen"]
    assert not _mine(city_client, admin, notice)["seen"]
    assert city_client.get("/api/notices", headers=steward).json()["unseen"] == before - 1


def test_other_roles_have_it_not(city_client: TestClient, staff: Mapping[Role, Headers], notice: int) -> None:
    found = city_client.get("/api/notices", headers=staff[Role.PLANNER]).json()
    assert notice not in [one["id"] for one in found["notices"]]
    assert city_client.post(f"/api/notices/{notice}/seen", headers=staff[Role.PLANNER]).status_code == 404


@pytest.mark.parametrize("path", ["/api/notices", "/api/scorecards"])
def test_the_public_has_no_inbox(city_client: TestClient, path: str) -> None:
    assert city_client.get(path).status_code == 401


def test_scorecards_are_for_those_who_work_with_sources(
    city_client: TestClient, staff: Mapping[Role, Headers]
) -> None:
    assert city_client.get("/api/scorecards", headers=staff[Role.PLANNER]).status_code == 403
    for role in (Role.STEWARD, Role.ADMIN):
        sources = city_client.get("/api/scorecards", headers=staff[role]).json()["sources"]
        (parcels,) = [one for one in sources if one["layer"] == "parcels"]
        assert (parcels["source"], parcels["deliveries"]) == ("demo", 1)
        assert parcels["overdue_days"] > 2_800
