"""A person with a browser meets a refusal as a page of the house; programs keep problem+json."""

import pytest
from starlette.testclient import TestClient

from tests.api.test_ogc_pages import BROWSER, HOSTILE
from tests.support.problems import problem

WRONG = (
    ("/nothing/here", 404, "Không tìm thấy"),
    ("/ogc/collections/nothing", 404, "Không tìm thấy"),
    ("/ogc/collections/nothing/items", 404, "Không tìm thấy"),
    ("/ogc/collections/parcels/items/999999999", 404, "Không tìm thấy"),
    ("/ogc/collections/violations", 401, "Cần đăng nhập"),
    ("/ogc/collections/parcels/items?limit=0", 400, "Không đọc được địa chỉ này"),
    ("/ogc/collections?x=1", 400, "Không đọc được địa chỉ này"),
    ("/api/auth/token", 405, "Địa chỉ này không nhận yêu cầu như vậy"),
)


@pytest.mark.parametrize(("path", "status", "heading"), WRONG)
def test_a_browser_gets_a_page_and_a_program_the_same_in_json(
    city_client: TestClient, path: str, status: int, heading: str
) -> None:
    page = city_client.get(path, headers={"Accept": BROWSER})
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-language"] == "vi"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert f"<h1>{heading}</h1>" in page.text
    for accept in ("*/*", "application/json", "application/json, text/html;q=0.5", "image/png"):
        answer = city_client.get(path, headers={"Accept": accept})
        if answer.status_code != 406:
            assert "Accept" in answer.headers["vary"]
            problem(answer, status)


def test_a_page_keeps_what_the_status_asks_for(city_client: TestClient) -> None:
    page = city_client.get("/ogc/collections/violations", headers={"Accept": BROWSER})
    assert page.headers["www-authenticate"].startswith("Bearer")
    refused = city_client.get("/ogc", headers={"Accept": BROWSER, "Authorization": "Bearer nobody"})
    assert (refused.status_code, "Cần đăng nhập" in refused.text) == (401, True)
    page = city_client.get("/api/auth/token", headers={"Accept": BROWSER})
    assert page.headers["allow"] == "POST"


def test_what_was_sent_is_told_as_text(city_client: TestClient) -> None:
    page = city_client.get(f"/ogc/collections/{HOSTILE}/items", headers={"Accept": BROWSER})
    assert page.status_code == 404
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


def test_no_link_of_the_page_leads_to_another_host(city_client: TestClient) -> None:
    page = city_client.get("http://testserver//elsewhere.example/x", headers={"Accept": BROWSER})
    assert page.status_code == 404
    assert 'href="//' not in page.text


def test_a_form_asked_for_and_other_verbs_are_not_answered_with_a_page(city_client: TestClient) -> None:
    named = city_client.get("/ogc/collections/nothing?f=json", headers={"Accept": BROWSER})
    problem(named, 404)
    problem(city_client.post("/ogc", headers={"Accept": BROWSER}), 405)


def test_it_is_there_in_english(city_client: TestClient) -> None:
    page = city_client.get("/nothing", params={"lang": "en"}, headers={"Accept": BROWSER})
    assert '<html lang="en">' in page.text
    assert "<h1>Not found</h1>" in page.text
