"""A refusal is told in the language of who asked: whole on a page, and in problem+json where it is wished."""

from html import unescape
from importlib import import_module
from pkgutil import walk_packages
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.problem_words import in_vietnamese, words
from gis_platform.errors import Problem
from tests.api.test_ogc_pages import BROWSER, HOSTILE
from tests.support.problems import problem

ITEMS = "/ogc/collections/parcels/items"
TOLD = (
    (
        "/ogc/collections/parcels/items?limit=0",
        400,
        "Tham số “limit” không dùng được giá trị “0”. Cần một số nguyên",
    ),
    (f"{ITEMS}?bbox=1,2,3", 400, "Tham số “bbox” không dùng được giá trị “1,2,3”. Cần bốn số"),
    (f"{ITEMS}?filter=x%20=%20%27", 400, "Bộ lọc phải viết bằng CQL2"),
    (f"{ITEMS}?crs=EPSG:1", 400, "Cần mã của một hệ toạ độ"),
    (f"{ITEMS}?colour=red", 400, "Địa chỉ này không có tham số “colour”. Các tham số dùng được: limit, "),
    (f"{ITEMS}/1?limit=3", 400, "Địa chỉ này không có tham số “limit”."),
    ("/api/here?x=1", 400, "Địa chỉ này không có tham số “x”. Các tham số dùng được: point."),
    ("/ogc?x=1", 400, "Địa chỉ này không có tham số “x”."),
    (f"{ITEMS}?limit=1&limit=2", 400, "Tham số “limit” được ghi nhiều lần."),
    ("/api/violations/summary", 400, "Thiếu “stream”."),
    ("/api/violations/summary?stream=traffic&from=hôm+nay&to=2022-05-01", 400, "Cần một ngày như 2023-09-06"),
    (
        "/api/violations/summary?stream=traffic&from=1700-01-01&to=2022-05-01",
        400,
        "từ 01/01/1800 đến 31/12/2999",
    ),
    ("/api/house-numbers/propose?parcel=abc", 400, "Cần mã của đối tượng, là một số nguyên."),
    ("/api/house-numbers/propose?point=91,106", 400, "kinh độ từ -180 đến 180"),
    ("/api/planning/lookup?address=%00", 400, "có ký tự không đọc được"),
    (f"{ITEMS}?known_at=2999-01-01", 400, "nằm ở tương lai"),
    ("/ogc/collections/parcels/tiles/WebMercatorQuad/1/9/9", 404, "hàng và cột nhỏ hơn 2^mức phóng"),
    ("/api/here?point=0,0", 404, "Điểm “0,0” nằm ngoài thành phố."),
    ("/ogc/collections/nothing", 404, "Không có lớp dữ liệu “nothing”."),
    (f"{ITEMS}/999999999", 404, "Không có đối tượng “999999999” trong lớp dữ liệu này"),
    ("/nothing/here", 404, "Không có nội dung nào ở địa chỉ này."),
    ("/ogc/collections/violations", 401, "chỉ dành cho cán bộ. Hãy đăng nhập"),
    ("/api/auth/token", 405, "Địa chỉ này không nhận phương thức vừa gửi."),
)


@pytest.mark.parametrize(("path", "status", "said"), TOLD)
def test_a_page_tells_it_in_vietnamese_and_keeps_the_technical_words_apart(
    city_client: TestClient, path: str, status: int, said: str
) -> None:
    english = problem(city_client.get(path), status)["detail"]
    page = city_client.get(path, headers={"Accept": BROWSER})
    assert page.status_code == status
    lead = page.text.partition('<p class="lead">')[2].partition("</p>")[0]
    assert said in lead
    detail = unescape(page.text.partition('<dd lang="en">')[2].partition("</dd>")[0])
    assert detail[:20] == english[:20]
    in_english = city_client.get(path, headers={"Accept": BROWSER, "Cookie": "gis_lang=en"})
    assert 'lang="en">' in in_english.text
    assert said not in in_english.text


@pytest.mark.parametrize(("path", "status", "said"), TOLD)
def test_a_program_that_asks_for_vietnamese_gets_it(
    city_client: TestClient, path: str, status: int, said: str
) -> None:
    plain = problem(city_client.get(path), status)
    for headers in ({"Accept-Language": "vi-VN,vi;q=0.9,en;q=0.8"}, {"Cookie": "gis_lang=vi"}):
        answer = city_client.get(path, headers=headers)
        told = problem(answer, status, plain.get("parameter"))
        assert answer.headers["content-language"] == "vi"
        assert {"Accept", "Accept-Language", "Cookie"} <= set(answer.headers["vary"].split(", "))
        assert said in told["detail"]
        assert told["detail_en"] == plain["detail"]
        assert told["type"] == plain["type"]


@pytest.mark.parametrize("header", ["", "en", "fr,de;q=0.9", "en-GB,vi;q=0.5", "vi;q=0", "vi;q=x", "*"])
def test_nobody_else_does(city_client: TestClient, header: str) -> None:
    answer = city_client.get("/nothing", headers={"Accept-Language": header})
    assert answer.headers["content-language"] == "en"
    assert "detail_en" not in problem(answer, 404)


def test_the_address_goes_before_the_cookie_and_the_cookie_before_the_header(city_client: TestClient) -> None:
    path, headers = "/ogc/collections/nothing", {"Cookie": "gis_lang=en", "Accept-Language": "vi"}
    assert city_client.get(path, headers=headers).headers["content-language"] == "en"
    asked = city_client.get(path, params={"lang": "vi"}, headers=headers)
    assert asked.headers["content-language"] == "vi"


def test_what_has_words_of_its_own_keeps_them(city_client: TestClient) -> None:
    page = city_client.get("/api/planning/lookup?point=106.0,10.0&lang=vi", headers={"Accept": BROWSER})
    assert "nằm ngoài thành phố" in page.text
    told = city_client.get("/api/planning/lookup?point=106.0,10.0&lang=en").json()
    assert "outside the city" in told["detail"]
    assert told["detail_vi"].startswith("Không có dữ liệu tại")


def test_what_was_sent_is_told_as_text_and_short(city_client: TestClient) -> None:
    for sent in map(quote, (HOSTILE, "a" * 5_000, "\u202e\u0007", "\0")):
        for path in (f"/ogc/collections/{sent}/items", f"{ITEMS}?limit={sent}", f"{ITEMS}?{sent}=1"):
            page = city_client.get(path, headers={"Accept": BROWSER})
            assert page.status_code in (400, 404)
            assert "<script>alert" not in page.text
            assert "\u202e" not in page.text.partition('<p class="lead">')[2].partition("</p>")[0]
            assert len(page.text.partition('<p class="lead">')[2].partition("</p>")[0]) < 1_000


@pytest.mark.parametrize("asked", ["api_key=gis_k_secret", "x=gis_k_secret", "access_token=gis_b_secret"])
def test_a_key_in_an_address_is_not_told_back(city_client: TestClient, asked: str) -> None:
    for headers in ({"Accept": BROWSER}, {"Accept-Language": "vi"}):
        answer = city_client.get(f"/ogc/collections?{asked}", headers=headers)
        assert answer.status_code == 400
        assert "thu hồi" in answer.text
        assert "secret" not in answer.text.replace(f"?{asked}", "").replace(asked, "")


def _kinds(kind: type[Problem]) -> set[type[Problem]]:
    return {kind}.union(*(_kinds(below) for below in kind.__subclasses__()))


def test_every_kind_of_problem_has_a_sentence() -> None:
    for room in ("gis_platform", "layers", "etl", "web_map", "api"):
        for module in walk_packages(import_module(room).__path__, f"{room}."):
            if "migrations" not in module.name and not module.name.endswith(("__main__", "alembic.env")):
                import_module(module.name)
    ours = {kind.code for kind in _kinds(Problem) if not kind.__module__.startswith("tests.")}
    assert ours == words()["kinds"].keys()


@pytest.mark.parametrize("body", [{"type": "about:blank", "status": status} for status in range(400, 600)])
def test_every_status_has_one(body: dict[str, Any]) -> None:
    assert in_vietnamese(body, {}).endswith((".", ")."))


def test_the_words_are_composed_and_end_as_sentences_do() -> None:
    for group in words().values():
        for text in group.values():
            assert text[0].isupper() or text.startswith("{name}")
            assert text.endswith((".", ")."))
