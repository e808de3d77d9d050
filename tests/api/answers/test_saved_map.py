"""A kept answer as one file: it tells what the answer tells, and asks nothing of any host."""

import re
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api.answers import saving
from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.api.answers.conftest import Ask, SignIn
from tests.support.problems import problem
from web_map.snapshot.inline import content_policy, refuse_outside

NASTY = "</script><img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %} https://example.org/x.js"


@pytest.fixture(scope="module")
def beside_a_road(small_city: Logins) -> int:
    """A parcel of which a planned road takes a part, with ground left to build on."""
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            """SELECT p.id FROM layer.parcels p JOIN layer.zoning z ON ST_Intersects(z.geom, p.geom)
               WHERE z.theme = 'road_reserve'
                 AND ST_Area(ST_Intersection(z.geom, p.geom)) BETWEEN 5 AND ST_Area(p.geom) / 3
               ORDER BY p.id LIMIT 1"""
        ).fetchone()
    assert row is not None
    return int(row[0])


def _saved(client: TestClient, answer: dict[str, Any]) -> str:
    told = client.get(f"/answers/{answer['id']}.html")
    assert told.status_code == 200, told.text
    assert f'filename="tra-cuu-quy-hoach-{answer["id"]}.html"' in told.headers["content-disposition"]
    assert "default-src 'none'" in told.headers["content-security-policy"]
    refuse_outside(told.text)
    return told.text


def test_it_tells_what_the_answer_tells(city_client: TestClient, beside_a_road: int) -> None:
    answer = city_client.post("/api/planning/lookup", json={"id": beside_a_road}).json()
    page = _saved(city_client, answer)
    parcel = answer["parcels"][0]
    assert answer["verdict"]["sentence"] in page
    for words in (
        f"Thửa đất số {parcel['parcel_no']}, tờ bản đồ số {parcel['sheet_no']}",
        "TRA CỨU THAM KHẢO",
        "Dữ liệu minh hoạ",
        answer["id"],
        answer["receipt"]["sha256"],
        answer["disclaimer"],
        "Chỉ giới đường đỏ",
        "Phạm vi được xây dựng",
    ):
        assert words in page
    for hit in answer["affected"]:
        area = f"{hit['area_m2']:,.2f}".translate(str.maketrans(",.", ".,"))
        assert hit["title"] in page
        assert (hit["plan"]["decision_no"] if hit["plan"] else hit["basis"].rstrip(".")) in page
        assert f"{area}\u00a0m²" in page
    for group in ("attend(", "L.control.scale"):
        assert group in page


def test_only_its_own_scripts_may_run(city_client: TestClient, beside_a_road: int) -> None:
    answer = city_client.post("/api/planning/lookup", json={"id": beside_a_road, "lang": "en"}).json()
    page = _saved(city_client, answer)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1] == content_policy(page)
    assert '<html lang="en">' in page
    for address in re.findall(r"""\s(?:src|href)=["']([^"']+)""", page):
        assert address.startswith(("data:", "#")), address[:80]


def test_what_was_delivered_stays_text(client: TestClient, ask: Ask, ground: psycopg.Connection[Any]) -> None:
    ground.execute(
        "UPDATE layer.zoning SET title = %s, plan_name = %s, function_name = %s, legal_basis = %s",
        [NASTY] * 4,
    )
    ground.execute("UPDATE layer.parcels SET address = %s", [NASTY])
    page = _saved(client, ask())
    assert "<img src=x" not in page
    assert "https://example.org" not in page
    assert "7 * 7" in page
    assert len(re.findall("</script>", page)) == len(re.findall("<script>", page))


def test_no_person_is_in_it(client: TestClient, ask: Ask, ground: psycopg.Connection[Any]) -> None:
    ground.execute(
        "INSERT INTO layer.parcel_owners (parcel_id, holder_name) "
        "SELECT id, 'Nguyễn Văn Chủ' FROM layer.parcels"
    )
    assert "Nguyễn Văn Chủ" not in _saved(client, ask())


def test_signed_it_says_by_whom_and_no_longer_for_reference(
    client: TestClient, ask: Ask, sign_in: SignIn
) -> None:
    answer = ask()
    assert "TRA CỨU THAM KHẢO" in _saved(client, answer)
    signature = {"officer": "Lê Văn Kiểm, Phó Trưởng phòng", "office": "Phòng Kinh tế và Hạ tầng"}
    client.post(
        f"/api/planning/answers/{answer['id']}/statement", json=signature, headers=sign_in(Role.PLANNER)
    )
    page = _saved(client, answer)
    assert "VĂN BẢN CUNG CẤP THÔNG TIN QUY HOẠCH" in page
    assert "TRA CỨU THAM KHẢO" not in page
    assert "Lê Văn Kiểm, Phó Trưởng phòng, Phòng Kinh tế và Hạ tầng" in page


@pytest.mark.parametrize("wrong", ["0" * 20, "x"])
def test_what_names_none_is_not_found(client: TestClient, wrong: str) -> None:
    for ending in ("html", "json"):
        told = client.get(f"/answers/{wrong}.{ending}")
        assert told.status_code == 404
        assert "Không có kết quả tra cứu" in told.json()["detail"]


@pytest.mark.parametrize(
    ("lang", "words"), [("vi", "Hãy thử lại sau vài giây"), ("en", "try again in a few")]
)
def test_while_others_are_saved_it_is_told_in_the_language_asked_for(
    client: TestClient, ask: Ask, lang: str, words: str
) -> None:
    answer = ask()
    with ExitStack() as taken:
        for _ in range(saving.AT_ONCE):
            taken.enter_context(saving._places)
        told = problem(client.get(f"/answers/{answer['id']}.html", params={"lang": lang}), 503)
    assert words in told["detail"]
    assert client.get(f"/answers/{answer['id']}.html").status_code == 200
