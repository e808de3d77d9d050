"""Golden cases on hand-made ground: straddling, touching, slivers, governing plans, holes in a plan."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from layers.zoning import LAYER as ZONING

E0, N0 = 567_200.0, 1_145_150.0


def _box(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"ST_Multi(ST_MakeEnvelope({E0 + x0}, {N0 + y0}, {E0 + x1}, {N0 + y1}, 9210))"


def _parcel(
    connection: psycopg.Connection[Any], sheet: str, number: str, box: str, unit: str = "28249"
) -> None:
    connection.execute(
        "INSERT INTO layer.parcels "  # noqa: S608
        "(unit_code, sheet_no, parcel_no, source_date, valid_from, geom) "
        f"VALUES (%s, %s, %s, '2018-12-31', '2018-12-31', {box})",
        [unit, sheet, number],
    )


def _zone(
    connection: psycopg.Connection[Any],
    code: str,
    theme: str,
    plan: str,
    level: str,
    box: str,
    themes: tuple[str, ...] = ("land_function", "road_reserve"),
    delivery: int | None = None,
) -> None:
    connection.execute(
        "INSERT INTO layer.zoning (code, title, theme, plan_code, plan_name, plan_level, "  # noqa: S608
        "plan_themes, delivery_id, decision_no, decision_date, function_code, source_date, valid_from, geom) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '1/QĐ-UBND', '2022-01-01', 'ODT', "
        f"'2022-06-30', '2022-06-30', {box})",
        [code, f"Khu {code}", theme, plan, f"Đồ án {plan}", level, list(themes), delivery],
    )


@pytest.fixture
def ground(database: Logins) -> Iterator[psycopg.Connection[Any]]:
    """A general plan over everything, a detailed plan over the east, a road along the south."""
    with psycopg.connect(database.owner) as connection:
        _zone(connection, "C1", "land_function", "QHC", "chung", _box(-100, -100, 10, 100))
        _zone(connection, "C2", "land_function", "QHC", "chung", _box(10, -100, 100, 100))
        _zone(connection, "D1", "land_function", "QHCT", "chi_tiet", _box(40, 0, 100, 100))
        _zone(connection, "R1", "road_reserve", "QHC", "chung", _box(-100, -100, 100, 0))
        _zone(connection, "D2", "land_function", "QHCT2", "chi_tiet", _box(0, 60, 10, 80))
        _zone(connection, "N1", "land_function", "QHL", "chung", _box(100, 0, 200, 40))
        _zone(connection, "H1", "heritage", "QHC", "chung", _box(-90, 60, -80, 80))
        _parcel(connection, "12", "1", _box(0, 0, 20, 20))
        _parcel(connection, "12", "2", _box(50, 20, 70, 40))
        _parcel(connection, "12", "3", _box(50, -0.02, 60, 20))
        _parcel(connection, "12", "4", _box(30, 60, 50, 80))
        _parcel(connection, "12", "5", _box(90, 60, 110, 80))
        _parcel(connection, "12", "6", _box(0, 60, 20, 80))
        _parcel(connection, "12", "8", _box(90, 20, 110, 40))
        _parcel(connection, "12", "9", _box(300, 60, 300.6, 60.6))
        _parcel(connection, "12", "10", _box(50, -60.6, 50.6, -60))
        _parcel(connection, "12", "11", _box(-90, 60, -70, 80))
        _parcel(connection, "13", "7", _box(20, 20, 30, 30))
        _parcel(connection, "13", "7", _box(30, 20, 40, 30))
        connection.execute(ZONING.sql["after_delivery"].text.encode())
        connection.commit()
        yield connection


def _ask(client: TestClient, sheet: str, parcel: str, **more: str) -> Any:
    answer = client.get("/api/planning/lookup", params={"sheet": sheet, "parcel": parcel, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def _themes(answer: Any, bucket: str) -> set[str]:
    return {line["theme"] for line in answer[bucket]}


@pytest.mark.usefixtures("ground")
class TestGround:
    def test_a_straddling_parcel_is_apportioned(self, client: TestClient) -> None:
        hits = _ask(client, "12", "1")["affected"]
        assert {h["title"]: (h["area_m2"], h["share"]) for h in hits} == {
            "Khu C1": (200.0, 0.5),
            "Khu C2": (200.0, 0.5),
        }

    def test_a_zone_that_only_touches_an_edge_is_no_hit(self, client: TestClient) -> None:
        answer = _ask(client, "12", "1")
        assert "road_reserve" in {line["theme"] for line in answer["not_affected"]}
        assert not [h for h in answer["slivers"] if h["theme"] == "road_reserve"]

    def test_a_sliver_is_listed_and_not_counted(self, client: TestClient) -> None:
        answer = _ask(client, "12", "3")
        assert "road_reserve" not in {h["theme"] for h in answer["affected"]}
        [sliver] = [h for h in answer["slivers"] if h["theme"] == "road_reserve"]
        assert sliver["area_m2"] == pytest.approx(0.2, abs=0.01)
        assert answer["tolerance"]["area_m2"] == 0.5

    def test_the_more_detailed_plan_governs_and_all_are_shown(self, client: TestClient) -> None:
        governs = {h["plan"]["level"]: h["governs"] for h in _ask(client, "12", "2")["affected"]}
        assert governs == {"chung": False, "chi_tiet": True}

    def test_a_detailed_plan_over_half_of_a_hit_does_not_silence_the_general_one(
        self, client: TestClient
    ) -> None:
        governs = {h["plan"]["level"]: h["governs"] for h in _ask(client, "12", "4")["affected"]}
        assert governs == {"chung": True, "chi_tiet": True}

    def test_each_hit_is_governed_on_its_own_ground(self, client: TestClient) -> None:
        hits = _ask(client, "12", "6")["affected"]
        governs = {h["title"]: h["governs"] for h in hits}
        assert governs == {"Khu C1": False, "Khu C2": True, "Khu D2": True}

    def test_that_the_detailed_plan_governs_is_told_as_unverified(self, client: TestClient) -> None:
        for language, word in {"vi": "chưa xác minh", "en": "not verified"}.items():
            rules = {rule["code"]: rule for rule in _ask(client, "12", "1", lang=language)["rules"]}
            rule = rules["detailed_plan_governs"]
            assert rule["verified"] is False
            assert word in rule["text"]

    def test_two_plans_side_by_side_cover_a_parcel_together(self, client: TestClient) -> None:
        answer = _ask(client, "12", "8")
        assert {"Khu C2", "Khu N1"} <= {h["title"] for h in answer["affected"]}
        assert "land_function" not in _themes(answer, "no_data")
        [line] = [n for n in answer["not_affected"] if n["theme"] == "road_reserve"]
        assert line["checked_against"] == ["Đồ án QHC", "Đồ án QHCT", "Đồ án QHL"]

    def test_a_tiny_parcel_outside_every_plan_is_no_data(self, client: TestClient) -> None:
        answer = _ask(client, "12", "9")
        assert (answer["affected"], answer["not_affected"]) == ([], [])
        assert len(_themes(answer, "no_data")) == 5

    def test_a_tiny_parcel_all_inside_a_zone_is_affected(self, client: TestClient) -> None:
        answer = _ask(client, "12", "10")
        assert _themes(answer, "affected") == {"land_function", "road_reserve"}
        assert answer["slivers"] == []

    def test_a_zone_of_a_theme_says_nothing_of_the_ground_beside_it(self, client: TestClient) -> None:
        assert "heritage" in _themes(_ask(client, "12", "1"), "no_data")
        half = _ask(client, "12", "11")
        assert "heritage" in _themes(half, "affected")
        [line] = [n for n in half["no_data"] if n["theme"] == "heritage"]
        assert line["uncovered_m2"] == pytest.approx(200, abs=0.01)

    def test_ground_outside_every_plan_is_no_data(self, client: TestClient) -> None:
        answer = _ask(client, "12", "5")
        [line] = [n for n in answer["no_data"] if n["theme"] == "land_function"]
        assert line["uncovered_m2"] == pytest.approx(200, abs=0.01)
        assert "Chưa có dữ liệu quy hoạch cho 200,0 m²" in line["reason"]

    def test_a_number_that_occurs_twice_gives_both(self, client: TestClient) -> None:
        answer = _ask(client, "13", "7")
        assert answer["ambiguous"] is True
        assert len(answer["parcels"]) == 2
        assert answer["notices"]

    def test_old_data_warns_in_both_languages(self, client: TestClient) -> None:
        for language, words in {"vi": "quá chu kỳ", "en": "past the monthly cycle"}.items():
            [source] = [
                s for s in _ask(client, "12", "1", lang=language)["sources"] if s["layer"] == "parcels"
            ]
            assert source["source_date"] == "2018-12-31"
            assert source["overdue"] is True
            assert words in source["warning"]

    def test_nothing_there_is_a_404_that_says_what_was_looked_for(self, client: TestClient) -> None:
        for asked, word in [
            ({"sheet": "99", "parcel": "1"}, "tờ bản đồ 99"),
            ({"sheet": "12", "parcel": "1", "unit": "phường Không Có"}, "phường Không Có"),
            ({"sheet": "12", "parcel": "1", "unit": "28261"}, "28261"),
            ({"identifier": "w3gdumj11fw2"}, "w3gdumj11fw2"),
            ({"point": "106.40,10.35"}, "10.350000, 106.400000"),
        ]:
            answer = client.get("/api/planning/lookup", params=asked)
            assert answer.status_code == 404
            assert answer.headers["content-type"] == "application/problem+json"
            assert word in answer.json()["detail"]

    def test_a_unit_in_use_is_enough_where_no_units_are_loaded(self, client: TestClient) -> None:
        assert len(_ask(client, "12", "1", unit="28249")["parcels"]) == 1


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({}, "point"),
        ({"point": "106.3,10.3", "sheet": "1", "parcel": "2"}, "point"),
        ({"sheet": "12"}, "parcel"),
        ({"parcel": "12"}, "sheet"),
        ({"point": "10.35"}, "point"),
        ({"point": "nan,10.35"}, "point"),
        ({"point": "10.35,106.36"}, "point"),
        ({"point": "106.3,10.3", "unit": "28249"}, "unit"),
        ({"sheet": "1\x00", "parcel": "2"}, "sheet"),
        ({"sheet": "1" * 41, "parcel": "2"}, "sheet"),
        ({"point": "106.3,10.3", "lang": "fr"}, "lang"),
    ],
)
def test_a_bad_question_is_a_400_that_names_the_parameter(
    client: TestClient, asked: dict[str, str], parameter: str
) -> None:
    answer = client.get("/api/planning/lookup", params=asked)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter
