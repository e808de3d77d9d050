"""Addresses to places and back: today's numbers, old ones, old wards, and how sure each find is."""

import csv
import io
from typing import Any

import psycopg
import pytest
import shapely

from tests.api.house_numbers.conftest import Office
from tests.support.problems import problem
from tests.support.towns import UNIT, UNIT_NAME, Town

STREET = [(0.0, 100.0), (0.0, 0.0)]


@pytest.fixture(scope="module")
def known(office: Office) -> dict[str, Any]:
    """Two streets of one name in two wards of today, of which one was phường 7 before."""
    with psycopg.connect(office.places.owner) as connection:
        town = Town(connection)
        town.unit(UNIT, UNIT_NAME, (-300, -300, 300, 300))
        town.unit("28249", "Phường Đạo Thạnh", (300, -300, 900, 300))
        town.unit("28255", "Phường 7", (-300, -300, 300, 300), generation=1)
        street = town.line("Đinh Bộ Lĩnh", STREET)
        namesake = town.line("Đinh Bộ Lĩnh", [(600.0, 100.0), (600.0, 0.0)])
        day = town.line("30 Tháng 4", [(0.0, 0.0), (200.0, 0.0)])
        lot = town.lot(shapely.box(5, 80, 15, 90))
        houses = {
            "here": town.house(street, "12", (5.0, 85.0), lot=lot, address="12 Đinh Bộ Lĩnh"),
            "deep": town.house(street, "12/5/3", (30.0, 85.0), address="12/5/3 Đinh Bộ Lĩnh"),
            "letter": town.house(street, "12A", (5.0, 75.0), address="12A Đinh Bộ Lĩnh"),
            "there": town.house(namesake, "12", (605.0, 85.0), address="12 Đinh Bộ Lĩnh"),
            "day": town.house(day, "15", (20.0, 5.0), address="15 30 Tháng 4"),
            "gone": town.house(street, "20", (5.0, 60.0), state="retired", address="20 Đinh Bộ Lĩnh"),
            "moved": town.house(street, "30", (5.0, 50.0), address="30 Đinh Bộ Lĩnh"),
            "planned": town.house(street, "44", (5.0, 40.0), state="planned", address="44 Đinh Bộ Lĩnh"),
        }
        connection.execute(
            """UPDATE layer.house_numbers SET old_numbers = '[{"path": [{"number": 27, "suffix": ""}]}]'
               WHERE id = %s""",
            [houses["letter"]],
        )
        connection.commit()
        # Since 2022 it is another number: the history of the layer keeps the one before.
        connection.execute(
            """UPDATE layer.house_numbers
               SET number = 32, address = '32 Đinh Bộ Lĩnh', valid_from = '2022-05-01' WHERE id = %s""",
            [houses["moved"]],
        )
        return {
            "lot": lot,
            "inside": town.lon_lat((10.0, 85.0)),
            "far": town.lon_lat((-250.0, -200.0)),
            **houses,
        }


def _found(office: Office, q: str) -> list[dict[str, Any]]:
    answer = office.get("/api/geocode", q=q)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("12/5/3 Đinh Bộ Lĩnh", "deep"),
        ("12/5/3 dinh bo linh", "deep"),
        ("số 3 hẻm 12/5 đ. Đinh Bộ Lĩnh", "deep"),
        ("12a Dinh Bo Linh", "letter"),
        ("27 Đinh Bộ Lĩnh", "letter"),
        ("30 Đinh Bộ Lĩnh", "moved"),
        ("15 30/4", "day"),
        ("15 đường 30 tháng 4", "day"),
        ("20 Đinh Bộ Lĩnh", "gone"),
        ("12 Đinh Bộ Lĩnh, P.7", "here"),
        ("12 Đinh Bộ Lĩnh, phường Mỹ Tho", "here"),
        ("12 Đinh Bộ Lĩnh, phường Đạo Thạnh, Đồng Tháp", "there"),
        ("12/5/3 Đinh Bộ Lĩn", "deep"),
        ("44 Đinh Bộ Lĩnh", "planned"),
    ],
)
def test_a_house_is_found_however_it_is_written(
    office: Office, known: dict[str, Any], text: str, house: str
) -> None:
    assert _found(office, text)[0]["id"] == known[house]


def test_how_sure_it_is_follows_from_how_it_was_found(office: Office, known: dict[str, Any]) -> None:
    in_ward = _found(office, "12 Đinh Bộ Lĩnh, phường 7")
    assert [(one["id"], one["unit_match"]) for one in in_ward] == [
        (known["here"], "inside"),
        (known["there"], "outside"),
    ]
    either = _found(office, "12 Đinh Bộ Lĩnh")
    assert {one["id"] for one in either} == {known["here"], known["there"]}
    alike = _found(office, "12/5/3 Đinh Bộ Lĩn")[0]
    old, gone = _found(office, "27 Đinh Bộ Lĩnh")[0], _found(office, "20 Đinh Bộ Lĩnh")[0]
    exact = _found(office, "12/5/3 Đinh Bộ Lĩnh, P.7")[0]
    assert (old["match"], gone["match"], exact["match"]) == ("old_number", "retired", "current")
    assert exact["confidence"] == 1.0
    assert exact["confidence"] > alike["confidence"] > 0
    assert (
        exact["confidence"]
        > in_ward[0]["confidence"] - 1e-9
        > either[0]["confidence"]
        > in_ward[1]["confidence"]
    )
    assert exact["confidence"] > old["confidence"] > gone["confidence"]


def test_old_numbers_tell_until_when(office: Office, known: dict[str, Any]) -> None:
    found = _found(office, "30 Đinh Bộ Lĩnh")[0]
    assert (found["match"], found["until"], found["address"]) == (
        "old_number",
        "2022-05-01",
        "32 Đinh Bộ Lĩnh",
    )
    now = _found(office, "32 Đinh Bộ Lĩnh")
    assert [(one["id"], one["match"]) for one in now] == [(known["moved"], "current")]


def test_what_is_not_there_has_its_neighbours_and_its_street(office: Office, known: dict[str, Any]) -> None:
    found = _found(office, "14 Đinh Bộ Lĩnh")
    assert {one["match"] for one in found} == {"nearest_number", "street"}
    assert known["here"] in {one["id"] for one in found}
    assert max(one["confidence"] for one in found) < 0.5
    assert _found(office, "14 Đường Không Có Thật Nào Cả") == []
    only = _found(office, "đường Đinh Bộ Lĩnh")
    assert {one["match"] for one in only} == {"street"}


def test_what_was_read_is_told(office: Office) -> None:
    told = office.get("/api/geocode", q="12/5/3 Đinh Bộ Lĩnh, P.7").json()["understood"]
    assert told[0] == {"number": "12/5/3", "street": "Đinh Bộ Lĩnh", "unit": "phường 7"}


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("12 dinh", ["12 Đinh Bộ Lĩnh", "12A Đinh Bộ Lĩnh", "12/5/3 Đinh Bộ Lĩnh"]),
        ("12/5 đinh bộ", ["12/5/3 Đinh Bộ Lĩnh"]),
        ("12a đ. đinh", ["12A Đinh Bộ Lĩnh"]),
        ("dinh bo", ["Đinh Bộ Lĩnh"]),
        ("30/4", ["30 Tháng 4"]),
        ("15 30", ["15 30 Tháng 4"]),
    ],
)
def test_what_is_being_typed_is_completed(
    office: Office, known: dict[str, Any], typed: str, texts: list[str]
) -> None:
    found = office.get("/api/geocode/suggest", q=typed).json()["suggestions"]
    assert known
    assert set(texts) <= {one["text"] for one in found}


def test_numbers_are_suggested_in_their_order(office: Office, known: dict[str, Any]) -> None:
    found = office.get("/api/geocode/suggest", q="12 đinh bộ lĩnh").json()["suggestions"]
    here = [one["id"] for one in found if one["kind"] == "house" and one["id"] != known["there"]]
    assert here == [known["here"], known["deep"], known["letter"]]


def test_a_place_has_the_number_of_its_lot_then_the_nearest_gates(
    office: Office, known: dict[str, Any]
) -> None:
    found = office.get("/api/reverse", point=known["inside"]).json()["results"]
    assert (found[0]["id"], found[0]["here"], found[0]["unit"]) == (known["here"], True, UNIT_NAME)
    assert [one["distance_m"] for one in found[1:]] == sorted(one["distance_m"] for one in found[1:])
    assert found[0]["distance_m"] == pytest.approx(5.0, abs=0.05)
    assert office.get("/api/reverse", point=known["far"]).json()["results"] == []
    problem(office.get("/api/reverse", point="0,0"), 404, "point")
    problem(office.get("/api/reverse", point="x"), 400)


def _table(office: Office, body: bytes) -> list[list[str]]:
    answer = office.client.post("/api/geocode/batch", content=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_table_comes_back_row_by_row(office: Office, known: dict[str, Any]) -> None:
    text = "\ufeffmã;Địa chỉ\n1;12/5/3 Đinh Bộ Lĩnh\n2;\n3;999 không có đường\n4;=1+1\n"
    head, *rows = _table(office, text.encode())
    assert head[:3] == ["mã", "Địa chỉ", "found_address"]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    first = dict(zip(head, rows[0], strict=True))
    assert (first["house_number_id"], first["match"]) == (str(known["deep"]), "current")
    assert float(first["lon"]) == pytest.approx(
        _found(office, "12/5/3 Đinh Bộ Lĩnh")[0]["geometry"]["coordinates"][0]
    )
    assert rows[1][2:] == rows[2][2:] == [""] * 8
    # What a spreadsheet would take for a formula is text.
    assert rows[3][1] == "'=1+1"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"address\n",
        b"\xff\xfe\x00",
        b"a,b\n1,2\n",
        b'address\n"12',
        b"address\n12\0\n",
        ("address\n" + "12 Lê Lợi\n" * 501).encode(),
    ],
    ids=["nothing", "no rows", "no text", "no column", "broken", "a zero", "too many"],
)
def test_a_bad_table_is_refused_in_words(office: Office, body: bytes) -> None:
    problem(office.client.post("/api/geocode/batch", content=body), 400, "body")


@pytest.mark.parametrize("q", ["", "x" * 201])
def test_a_bad_question_is_refused(office: Office, q: str) -> None:
    problem(office.get("/api/geocode", q=q), 400, "q")


@pytest.mark.parametrize(
    "q", ["////", "99999999999 Lê Lợi", "12/" * 60, "%_%", "'; DROP TABLE x", "０１ Lê Lợi", "0 Lê Lợi"]
)
def test_odd_texts_find_nothing_and_break_nothing(office: Office, q: str) -> None:
    for path in ("/api/geocode", "/api/geocode/suggest"):
        assert office.get(path, q=q).status_code == 200
