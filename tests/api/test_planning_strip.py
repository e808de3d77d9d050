"""The strip over HTTP: its forms, which street is meant, and what is refused."""

import csv
import io
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from layers.planning.strip.ground import MOST_M
from tests.support.problems import problem
from tests.support.staff import Headers

STRIP = "/api/planning/strip"
Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def avenue(small_city: Logins) -> tuple[int, str]:
    """Id and name of the street with a planned width that most parcels lie along."""
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            """SELECT s.id, s.name FROM layer.streets s JOIN layer.parcels p ON ST_DWithin(p.geom, s.geom, 30)
               WHERE s.planned_width_m > 0 AND ST_Length(s.geom) < 4000
               GROUP BY s.id ORDER BY count(*) DESC LIMIT 1"""
        ).fetchone()
    assert row is not None
    return row


def test_a_street_by_name_however_it_is_written(city_client: TestClient, avenue: tuple[int, str]) -> None:
    number, name = avenue
    for written in (name, f"đường {name}", f"đ. {name}".lower(), str(number)):
        told = city_client.get(STRIP, params={"street": written, "metres": 5})
        assert told.status_code == 200, told.text
        assert told.json()["street"]["id"] == number
    assert told.json()["synthetic"] is True
    assert told.json()["sources"]


def test_an_unknown_street_is_told_with_names_like_it(
    city_client: TestClient, avenue: tuple[int, str]
) -> None:
    fault = problem(city_client.get(STRIP, params={"street": f"{avenue[1]}x", "metres": 5}), 404, "street")
    assert avenue[1] in [one["name"] for one in fault["candidates"]]
    assert avenue[1] in fault["detail"]
    told = city_client.get(STRIP, params={"street": "Zzyzx", "metres": 5, "lang": "en"})
    assert problem(told, 404, "street")["detail"].startswith("There is no street")


def _ward(places: Logins, code: str, name: str, east: float) -> None:
    with psycopg.connect(places.owner) as connection:
        connection.execute(
            """INSERT INTO layer.admin_units (code, name, full_name, kind, generation, source_date,
                                             valid_from, geom)
               VALUES (%s, %s, %s, 'phuong', 3, '2025-01-01', '2025-01-01', ST_Multi(ST_MakeEnvelope(
                       %s, 1144000, %s, 1146000, core.working_srid())))""",
            [code, name, name, east, east + 500],
        )


@pytest.mark.parametrize(
    ("language", "unknown", "elsewhere"),
    [
        ("vi", "Không có phường, xã nào là “phường 99”", "không đi qua phường 2"),
        ("en", "There is no ward or commune 'phường 99'", "does not run through phường 2"),
    ],
)
def test_a_ward_at_fault_is_named_and_not_the_street(
    client: TestClient, database: Logins, language: str, unknown: str, elsewhere: str
) -> None:
    _streets(database, ("Lê Lợi", 10.0, 12.0, 100))
    _ward(database, "1", "Phường 1", 566900)
    _ward(database, "2", "Phường 2", 568000)
    asked: dict[str, str | int] = {"metres": 5, "lang": language}
    assert client.get(STRIP, params={"street": "đ. le loi, P.1", **asked}).status_code == 200
    for ward, words in (("P.99", unknown), ("P.2", elsewhere)):
        fault = problem(client.get(STRIP, params={"street": f"Lê Lợi, {ward}", **asked}), 404, "street")
        assert words in fault["detail"]
        assert "Phường 1" in fault["detail"]
        assert [one["name"] for one in fault["candidates"]] == ["Lê Lợi"]
        told = client.get(STRIP, params={"street": fault["candidates"][0]["id"], **asked})
        assert told.status_code == 200
    lost = problem(client.get(STRIP, params={"street": "Lê Lai, P.99", **asked}), 404, "street")
    assert "Lê Lai" in lost["detail"]


def test_several_streets_of_a_name_are_listed(client: TestClient, database: Logins) -> None:
    _streets(database, ("Lê Lợi", 10.0, 12.0, 100), ("Lê Lợi", 8.0, None, 50), ("Lê Lai", 8.0, None, 50))
    fault = problem(client.get(STRIP, params={"street": "đ. le loi", "metres": 5}), 400, "street")
    assert [one["name"] for one in fault["streets"]] == ["Lê Lợi", "Lê Lợi"]
    assert "2 tuyến" in fault["detail"]
    told = client.get(STRIP, params={"street": fault["streets"][1]["id"], "metres": 5}).json()
    assert (told["street"]["name"], told["line"]["rests_on"]) == ("Lê Lợi", "width")


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"street": "1"}, "metres"),
        ({"metres": "5"}, "street"),
        ({"street": "1", "metres": "-1"}, "metres"),
        ({"street": "1", "metres": str(MOST_M + 1)}, "metres"),
        ({"street": "1", "metres": "nan"}, "metres"),
        ({"street": " ", "metres": "5"}, "street"),
        ({"street": "x" * 201, "metres": "5"}, "street"),
        ({"street": "1", "metres": "5", "as_of": "hôm qua"}, "as_of"),
        ({"street": "1", "metres": "5", "f": "shp"}, "f"),
        ({"street": "1", "metres": "5", "limit": "0"}, "limit"),
    ],
)
def test_what_cannot_be_asked(city_client: TestClient, asked: dict[str, str], parameter: str) -> None:
    problem(city_client.get(STRIP, params=asked), 400, parameter)


def test_a_number_no_street_has_is_not_found(city_client: TestClient) -> None:
    problem(city_client.get(STRIP, params={"street": "9" * 18, "metres": 5}), 404, "street")


def test_too_much_ground_says_how_much_may_be_asked(client: TestClient, database: Logins) -> None:
    _streets(database, ("Quốc lộ 1", 20.0, 30.0, 9_000))
    fault = problem(client.get(STRIP, params={"street": "Quốc lộ 1", "metres": 300}), 400, "metres")
    assert "96 m" in fault["detail"]
    assert client.get(STRIP, params={"street": "Quốc lộ 1", "metres": 96}).status_code == 200


def test_without_a_planned_width_it_is_no_red_line(client: TestClient, database: Logins) -> None:
    _streets(database, ("Hẻm 1", 4.0, None, 100), ("Hẻm 2", None, None, 100))
    told = client.get(STRIP, params={"street": "Hẻm 1", "metres": 3}).json()
    assert told["line"]["rests_on"] == "width"
    assert "không phải chỉ giới đường đỏ" in told["notices"][0]
    problem(client.get(STRIP, params={"street": "Hẻm 2", "metres": 3}), 400, "street")


def _streets(places: Logins, *rows: tuple[str, float | None, float | None, float]) -> None:
    with psycopg.connect(places.owner) as connection:
        for name, width, planned, length in rows:
            connection.execute(
                """INSERT INTO layer.streets (name, kind, width_m, planned_width_m, source_date, geom)
                   VALUES (%s, 'duong_pho', %s, %s, '2025-01-01',
                           ST_Multi(ST_SetSRID(ST_MakeLine(ST_MakePoint(567000, 1145000),
                               ST_MakePoint(567000 + %s, 1145000)), core.working_srid())))""",
                [name, width, planned, length],
            )


def test_the_table_opens_in_a_spreadsheet(city_client: TestClient, avenue: tuple[int, str]) -> None:
    asked: dict[str, str | int] = {"street": avenue[0], "metres": 20}
    answer = city_client.get(STRIP, params=asked | {"f": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith("\ufeff".encode())
    head, *rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head[:5] == ["Lớp dữ liệu", "Mã", "Tên", "Số tờ", "Số thửa"]
    told = city_client.get(STRIP, params=asked | {"limit": 1000}).json()
    parcels = [row for row in rows if row[0] == "Thửa đất"]
    assert [int(row[1]) for row in parcels] == [one["id"] for one in told["parcels"]]
    assert [float(row[8]) for row in parcels] == pytest.approx(
        [p["area_m2"] for p in told["parcels"]], abs=0.011
    )
    assert len(rows) - len(parcels) == sum(len(layer["features"]) for layer in told["layers"])
    assert {len(row) for row in rows} == {len(head)}


def test_no_text_of_a_delivery_is_run(client: TestClient, database: Logins) -> None:
    _streets(database, ("Lê Lợi", 10.0, 12.0, 100))
    with psycopg.connect(database.owner) as connection:
        connection.execute(
            """INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, address, source_date, valid_from,
                                         geom)
               VALUES ('28249', '1', '1', '=HYPERLINK("x")', '2025-01-01', '2025-01-01',
                       ST_Multi(ST_MakeEnvelope(567010, 1145004, 567020, 1145020, core.working_srid())))"""
        )
    text = client.get(STRIP, params={"street": "Lê Lợi", "metres": 2, "f": "csv"}).text
    assert "'=HYPERLINK" in text


def test_the_map_of_it(city_client: TestClient, avenue: tuple[int, str]) -> None:
    asked: dict[str, str | int] = {"street": avenue[0], "metres": 20}
    answer = city_client.get(STRIP, params=asked | {"f": "geojson"})
    assert answer.headers["content-type"] == "application/geo+json"
    told = answer.json()
    plain = city_client.get(STRIP, params=asked | {"limit": 1000}).json()
    parcels = [f for f in told["features"] if f["properties"]["layer"] == "parcels"]
    assert [f["properties"]["id"] for f in parcels] == [one["id"] for one in plain["parcels"]]
    assert parcels[0]["geometry"] == plain["parcels"][0]["geometry"]
    assert told["totals"] == plain["totals"]


def test_each_sees_the_layers_of_the_role(
    city_client: TestClient, avenue: tuple[int, str], staff: dict[Role, Headers]
) -> None:
    asked = {"street": avenue[0], "metres": 100}
    public = city_client.get(STRIP, params=asked).json()
    operator = city_client.get(STRIP, params=asked, headers=staff[Role.OPERATOR]).json()
    names = {layer["layer"] for layer in public["layers"]}
    assert "cameras" not in names
    assert "cameras" in {layer["layer"] for layer in operator["layers"]}
    assert public["hidden_layers"] > operator["hidden_layers"]


def test_another_day_takes_the_parcels_of_that_day(client: TestClient, database: Logins) -> None:
    _streets(database, ("Lê Lợi", 10.0, 12.0, 100))
    with psycopg.connect(database.owner) as connection:
        connection.execute(
            """INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
               VALUES ('28249', '1', '1', '2025-01-01', '2025-01-01',
                       ST_Multi(ST_MakeEnvelope(567010, 1145004, 567020, 1145020, core.working_srid()))),
                      ('28249', '1', '2', '2020-01-01', '2020-01-01',
                       ST_Multi(ST_MakeEnvelope(567310, 1145304, 567320, 1145320, core.working_srid())))"""
        )
    asked: dict[str, str | int] = {"street": "Lê Lợi", "metres": 2}
    now = client.get(STRIP, params=asked).json()
    before = client.get(STRIP, params=asked | {"as_of": "2024-12-31"}).json()
    assert now["totals"] == {"parcels": 1, "area_m2": 40.0, "taken_parcels": 1, "taken_m2": 20.0}
    assert before["totals"]["parcels"] == 0
    assert any("không lưu lịch sử" in notice for notice in before["notices"])
    none = problem(client.get(STRIP, params=asked | {"as_of": "2019-12-31"}), 404, "as_of")
    assert none["begins"] == "2020-01-01"
