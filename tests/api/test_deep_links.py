"""Addresses of a parcel and of a kept answer: the page for people, the answer for programs, a true status."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NO_ANSWER = "0" * 20


def _one(places: Logins, query: str) -> tuple[Any, ...]:
    with psycopg.connect(places.owner) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return tuple(row)


@pytest.fixture
def numbered(small_city: Logins) -> tuple[str, str, str, str]:
    """Identifier, unit, sheet and parcel of some lot."""
    row = _one(
        small_city,
        "SELECT p.identifier, a.full_name, p.sheet_no, p.parcel_no FROM layer.parcels p "
        "JOIN layer.admin_units a ON a.code = p.unit_code AND a.full_name LIKE 'Phường %' "
        "WHERE p.identifier IS NOT NULL ORDER BY a.generation, p.id LIMIT 1",
    )
    return row[0], row[1], row[2], row[3]


def test_a_parcel_opens_by_identifier_and_by_number(
    city_client: TestClient, numbered: tuple[str, str, str, str]
) -> None:
    identifier, unit, sheet, parcel = numbered
    slug = unit.lower().replace("ường", "uong").replace(" ", "-")
    assert slug.isascii()
    for path in (f"/thua/{identifier}", f"/thua/{slug}/{sheet}/{parcel}", f"/thua/{unit}/{sheet}/{parcel}"):
        answer = city_client.get(path, headers=BROWSER)
        assert answer.status_code == 200, path
        assert 'id="search-box"' in answer.text
        assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/thua/bcdefghjkmnp",
        "/thua/none",
        "/thua/phuong-5/999/99999",
        "/thua/phuong-nao/12/45",
        f"/d/{NO_ANSWER}",
        "/d/x",
        "/d/%C3%A1%F0%9F%98%80",
    ],
)
def test_what_is_not_there_is_a_page_with_404(city_client: TestClient, path: str) -> None:
    answer = city_client.get(path, headers=BROWSER)
    assert answer.status_code == 404
    assert 'id="search-box"' in answer.text
    program = city_client.get(path)
    assert program.headers["content-type"] == "application/problem+json"
    assert program.status_code in (400, 404)


@pytest.mark.parametrize("path", ["/thua/a%00b", f"/thua/{'x' * 50}", "/thua/a/b", "/d/a/b", "/thua/%ff/1/1"])
def test_what_is_no_address_of_ours_is_told(city_client: TestClient, path: str) -> None:
    assert 400 <= city_client.get(path, headers=BROWSER).status_code < 500


def test_marks_of_those_who_pass_a_link_on_do_no_harm(
    city_client: TestClient, numbered: tuple[str, str, str, str]
) -> None:
    assert city_client.get(f"/thua/{numbered[0]}?utm_source=zalo&lang=en", headers=BROWSER).status_code == 200


def test_a_kept_answer_is_a_page_for_people_and_json_for_programs(
    city_client: TestClient, numbered: tuple[str, str, str, str]
) -> None:
    asked = city_client.get("/api/planning/lookup", params={"identifier": numbered[0]}).json()
    address = f"/answers/{asked['id']}"
    page = city_client.get(address, headers=BROWSER, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, f"/d/{asked['id']}")
    english = city_client.get(f"{address}?lang=en", headers=BROWSER, follow_redirects=False)
    assert english.headers["location"] == f"/d/{asked['id']}?lang=en"
    assert city_client.get(f"/d/{asked['id']}", headers=BROWSER).status_code == 200
    for accept in ("application/json", "*/*"):
        answer = city_client.get(address, headers={"Accept": accept}, follow_redirects=False)
        assert answer.json()["id"] == asked["id"]
        assert answer.json()["since"]["unchanged"] is True
        assert "accept" in answer.headers["vary"].lower()
    assert city_client.get(f"{address}.pdf", headers=BROWSER).headers["content-type"] == "application/pdf"


def test_an_answer_that_is_not_kept(city_client: TestClient) -> None:
    program = city_client.get(f"/answers/{NO_ANSWER}")
    assert (program.status_code, program.json()["parameter"]) == (404, "answer_id")
    for language, told in (("vi", "Không có kết quả tra cứu nào mang mã"), ("en", "There is no answer")):
        refused = city_client.get(f"/answers/{NO_ANSWER}", params={"lang": language}).json()
        assert refused["detail"].startswith(told)
    assert city_client.get(f"/answers/{NO_ANSWER}", headers=BROWSER).status_code == 404
