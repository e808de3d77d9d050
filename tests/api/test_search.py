"""What people type into the one search box, and what it finds in the small demo city."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins

Found = list[dict[str, Any]]


def search(client: TestClient, text: str, **more: str) -> Found:
    """The results of the box."""
    answer = client.get("/api/search", params={"q": text, "limit": "50", **more})
    assert answer.status_code == 200, answer.text
    results: Found = answer.json()["results"]
    return results


def first(client: TestClient, text: str, **more: str) -> dict[str, Any]:
    """The best result."""
    results = search(client, text, **more)
    assert results, f"nothing found for {text!r}"
    return results[0]


@pytest.mark.parametrize(
    "text",
    ["tờ 12 thửa 45", "to 12 thua 45", "tờ 12 thửa 45 phường 1", "phường 1, tờ 12 thửa 45", "P.1 T12 TH45"],
)
def test_a_parcel_by_its_number(city_client: TestClient, text: str) -> None:
    best = first(city_client, text)
    assert (best["layer"], best["title"]) == ("parcels", "Thửa 45, tờ 12")
    assert "1" not in text[-2:] or "Phường 1" in best["subtitle"]


def test_a_number_is_told_as_the_question_that_finds_it(city_client: TestClient, small_city: Logins) -> None:
    """Also where the number is an old one, and written with an old unit."""
    with psycopg.connect(small_city.public) as connection:
        row = connection.execute(
            """SELECT p.old_sheet_no, p.old_parcel_no, a.name, p.id FROM layer.parcels p
               JOIN layer.admin_units a ON a.code = p.unit_code AND a.generation = 1 AND a.name ~ '^[0-9]+$'
               WHERE p.old_sheet_no IS NOT NULL ORDER BY p.id LIMIT 1"""
        ).fetchone()
    assert row is not None
    sheet, number, ward, lot = row
    told = {"sheet": sheet, "parcel": number, "unit": f"phường {ward}"}
    for text in (
        f"tờ {sheet} thửa {number} phường {ward}",
        f"tờ bản đồ số {sheet}, thửa đất số {number}, P.{ward}, TP Mỹ Tho",
        f"to {sheet} thua {number} p{ward}",
    ):
        answer = city_client.get("/api/search", params={"q": text}).json()
        assert answer["question"] == told
        (old,) = (result for result in answer["results"] if result["id"] == lot)
        assert old["subtitle"].startswith(f"Số cũ: thửa {number}, tờ {sheet} – ")
        assert lot in [
            p["id"] for p in city_client.get("/api/planning/lookup", params=told).json()["parcels"]
        ]
    assert city_client.get("/api/search", params={"q": "Hùng Vương"}).json()["question"] is None
    bare = city_client.get("/api/search", params={"q": "tờ 12 thửa 45, TP Mỹ Tho"}).json()
    assert bare["question"] == {"sheet": "12", "parcel": "45"}


def test_the_look_up_finds_it_too(city_client: TestClient) -> None:
    for unit in ({}, {"unit": "phường 1"}):
        answer = city_client.get("/api/planning/lookup", params={"sheet": "12", "parcel": "45"} | unit)
        assert answer.status_code == 200
        assert answer.json()["parcels"]


def test_the_point_of_the_readme_is_a_parcel(city_client: TestClient) -> None:
    answer = city_client.get("/api/planning/lookup", params={"point": "106.3656,10.3531"})
    assert answer.status_code == 200
    assert len(answer.json()["parcels"]) == 1


def test_a_number_in_a_unit_without_it_is_not_found_elsewhere(city_client: TestClient) -> None:
    assert [r for r in search(city_client, "tờ 12 thửa 45 xã Trung An") if r["layer"] == "parcels"] == []


def test_a_parcel_by_its_identifier(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.public) as connection:
        row = connection.execute(
            "SELECT id, identifier FROM layer.parcels WHERE identifier IS NOT NULL ORDER BY id LIMIT 1"
        ).fetchone()
    assert row is not None
    number, identifier = row
    for text in (identifier, identifier.upper(), f" {identifier[:4]} {identifier[4:]}"):
        assert first(city_client, text)["id"] == number


@pytest.mark.parametrize(
    "text",
    ["Hùng Vương", "hung vuong", "đường hùng vương", "duong Hung Vuong", "Đ. Hùng Vương", "HÙNG VƯƠNG"],
)
def test_a_street(city_client: TestClient, text: str) -> None:
    best = first(city_client, text)
    assert (best["layer"], best["title"]) == ("streets", "Hùng Vương")
    assert best["subtitle"].startswith("Đường, Phường ")


@pytest.mark.parametrize(
    "text", ["Nguyễn Trãi phường 1", "Nguyễn Trãi, P.1", "nguyen trai, p1", "số 12/5 Nguyễn Trãi, phường 1"]
)
def test_a_street_in_a_ward(city_client: TestClient, text: str) -> None:
    best = first(city_client, text)
    assert (best["layer"], best["title"]) == ("streets", "Nguyễn Trãi")
    assert "Phường Mỹ Tho" in best["subtitle"]


@pytest.mark.parametrize("text", ["P.1", "p1", "F1", "phường 1", "Phường 01"])
def test_a_former_ward_tells_where_it_is_today(city_client: TestClient, text: str) -> None:
    best = first(city_client, text)
    assert (best["layer"], best["title"]) == ("admin_units", "Phường 1")
    assert best["subtitle"] == "Đơn vị hành chính đến 30/6/2025, nay thuộc Phường Mỹ Tho"
    english = first(city_client, text, lang="en")
    assert english["subtitle"] == "Unit until 2025-06-30, now in Phường Mỹ Tho"


@pytest.mark.parametrize("text", ["phường Mỹ Tho", "phuong my tho", "P. Mỹ Tho", "Mỹ Tho"])
def test_a_ward_of_today(city_client: TestClient, text: str) -> None:
    best = first(city_client, text)
    assert (best["layer"], best["title"]) == ("admin_units", "Phường Mỹ Tho")
    assert best["subtitle"] == "Đơn vị hành chính hiện nay"


def test_nothing_stands_twice(city_client: TestClient) -> None:
    for text in ("phường 1", "P.1", "đường Hùng Vương", "30/4", "tờ 12 thửa 45"):
        keys = [(result["layer"], result["id"]) for result in search(city_client, text)]
        assert len(keys) == len(set(keys)), text


@pytest.mark.parametrize("text", ["%", "_", "%%%", "\\", "a_b%", "' OR 1=1", "_, P.1", "%, phường 1"])
def test_signs_of_patterns_are_no_patterns(city_client: TestClient, text: str) -> None:
    assert [r for r in search(city_client, text) if r["layer"] in ("streets", "parcels")] == []


def test_the_language_is_one_of_two(city_client: TestClient) -> None:
    assert first(city_client, "Hùng Vương", lang="en")["subtitle"].startswith("Street, Phường ")
    assert city_client.get("/api/search", params={"q": "a", "lang": "fr"}).status_code == 400


def test_each_kind_of_result_says_what_it_is_in_both_languages(city_client: TestClient) -> None:
    for text, vi, en in (
        ("Quảng trường Hùng Vương", "Điểm wifi miễn phí", "Free wifi point"),
        ("Sông Tiền", "Mặt nước", "Water"),
    ):
        assert first(city_client, text)["subtitle"] == vi
        assert first(city_client, text, lang="en")["subtitle"] == en


STREETS = ("30 Tháng 4", "3/2", "Hẻm 12 Ấp Bắc", "Ấp Bắc", "Ấp Bác", "Ấp Bắc nối dài")


@pytest.fixture
def named(database: Logins, client: TestClient) -> TestClient:
    """The application over streets of these names and no ward."""
    with psycopg.connect(database.owner) as connection:
        for name in STREETS:
            connection.execute(
                """INSERT INTO layer.streets (name, kind, source_date, geom)
                   SELECT %s, 'duong_pho', '2020-01-01', ST_Transform(
                       ST_SetSRID('MULTILINESTRING((106.36 10.35, 106.361 10.351))'::geometry, 4326),
                       core.working_srid())""",
                [name],
            )
    return client


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("30/4", "30 Tháng 4"),
        ("đường 30/4", "30 Tháng 4"),
        ("12/5 30/4", "30 Tháng 4"),
        ("3 tháng 2", "3/2"),
        ("hẻm 12 ấp bắc", "Hẻm 12 Ấp Bắc"),
        ("H.12 Ấp Bắc", "Hẻm 12 Ấp Bắc"),
        ("hẻm 13 Ấp Bắc", "Ấp Bắc"),
        ("12 Ấp Bắc, P.5", "Ấp Bắc"),
    ],
)
def test_names_that_are_days_and_alleys(named: TestClient, text: str, title: str) -> None:
    assert first(named, text)["title"] == title


def test_exact_spelling_over_folded_over_part(named: TestClient) -> None:
    for text in ("Ấp Bác", "đường Ấp Bác"):
        titles = [result["title"] for result in search(named, text)]
        assert titles[:3] == ["Ấp Bác", "Ấp Bắc", "Ấp Bắc nối dài"]
    assert [result["title"] for result in search(named, "Ấp Bắc")][:2] == ["Ấp Bắc", "Ấp Bác"]


def test_the_number_of_a_house_is_told_whether_or_not_it_is_there(city_client: TestClient) -> None:
    def house(text: str) -> object:
        return city_client.get("/api/search", params={"q": text}).json()["house"]

    assert house("99999 Hùng Vương") == {"number": "99999", "street": "Hùng Vương"}
    assert house("Hùng Vương") is None
    assert house("30 Tháng 4") is None
    assert house("tờ 12 thửa 45") is None
