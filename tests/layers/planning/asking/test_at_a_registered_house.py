"""Addresses against the register of house numbers, which comes before what parcels say of themselves."""

import csv
import io
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from layers.house_numbers import LAYER as HOUSE_NUMBERS
from layers.house_register.registered import SQL
from layers.references.address import read_path
from layers.references.house_path import members_of
from tests.layers.planning.asking.conftest import Copy
from tests.layers.planning.test_small_ground import E0, N0
from tests.support.problems import problem

LOOKUP, BATCH = "/api/planning/lookup", "/api/planning/batch"
Connection = psycopg.Connection[Any]

# Lots along the street Ấp Bắc by their number; the address that the cadastre has of some.
LOTS = {1: None, 2: None, 3: "16 Ấp Bắc", 4: "99 Ấp Bắc", 5: None, 6: None, 7: None, 8: None, 9: None}


def _lot(connection: Connection, number: str, east: float, north: float, address: str | None) -> int:
    row = connection.execute(
        "INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, address, source_date, valid_from, geom)"
        " VALUES ('28249', '12', %s, %s, '2018-12-31', '2018-12-31',"
        " ST_Multi(ST_MakeEnvelope(%s, %s, %s, %s, 9210))) RETURNING id",
        [number, address, E0 + east, N0 + north, E0 + east + 10, N0 + north + 20],
    ).fetchone()
    assert row is not None
    return int(row[0])


def _street(connection: Connection, name: str, east: float, north: float) -> int:
    row = connection.execute(
        "INSERT INTO layer.streets (name, kind, source_date, geom) VALUES (%s, 'duong_pho', '2018-12-31',"
        " ST_Multi(ST_SetSRID(ST_MakeLine(ST_MakePoint(%s, %s), ST_MakePoint(%s, %s)), 9210))) RETURNING id",
        [name, E0 + east, N0 + north, E0 + east + 200, N0 + north],
    ).fetchone()
    assert row is not None
    return int(row[0])


def _house(
    connection: Connection,
    street: int,
    number: str,
    lot: int | None,
    at: tuple[float, float] = (5, 0.2),
    state: str = "issued",
    since: str = "2019-01-01",
) -> int:
    path = read_path(number)
    row = connection.execute(
        "INSERT INTO layer.house_numbers (street_id, alley_path, number, suffix, state, parcel_id, unit_code,"
        " source_date, valid_from, geom) VALUES (%s, %s, %s, %s, %s, %s, '28249', %s, %s,"
        " ST_SetSRID(ST_MakePoint(%s, %s), 9210)) RETURNING id",
        [
            street,
            psycopg.types.json.Jsonb(members_of(path[:-1])),
            *path[-1],
            state,
            lot,
            since,
            since,
            E0 + at[0],
            N0 + at[1],
        ],
    ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture(scope="module")
def town(copy_of: Copy) -> Logins:
    """A street with lots 1 to 9, a namesake far away, and two wards of today of which one was phường 5."""
    places = copy_of("registered", None)
    with psycopg.connect(places.owner) as connection:
        for code, generation, name, east in (
            ("28249", 3, "Phường Đạo Thạnh", -50),
            ("28249", 2, "Phường 5", -50),
            ("28261", 3, "Phường Mỹ Tho", 1000),
        ):
            connection.execute(
                "INSERT INTO layer.admin_units (code, name, full_name, kind, generation, source_date,"
                " valid_from, geom) VALUES (%s, %s, %s, 'phuong', %s, '2018-12-31', '2018-12-31',"
                " ST_Multi(ST_MakeEnvelope(%s, %s, %s, %s, 9210)))",
                [code, name, name, generation, E0 + east, N0 - 100, E0 + east + 900, N0 + 100],
            )
        lots = {
            number: _lot(connection, str(number), 10 * number, 0, address) for number, address in LOTS.items()
        }
        far = _lot(connection, "50", 1005, 0, "18 Ấp Bắc")
        _lot(connection, "51", 1015, 0, "14 Ấp Bắc")
        street = _street(connection, "Ấp Bắc", 0, -5)
        namesake = _street(connection, "Ấp Bắc", 1000, -5)
        _house(connection, street, "12/5", lots[1])
        old = _house(connection, street, "14", lots[2])
        _house(connection, street, "16", lots[4])
        _house(connection, street, "18", lots[5])
        _house(connection, namesake, "20", far)
        _house(connection, street, "20", lots[6])
        _house(connection, street, "22", None, (75, 0.2))
        _house(connection, street, "24", lots[8], state="retired")
        _house(connection, street, "26", lots[9], state="planned")
        _house(connection, street, "28", None, (500, 50))
        moved = _house(connection, street, "30", lots[3])
        connection.execute(
            "UPDATE layer.house_numbers SET old_numbers = %s WHERE id = %s",
            [
                psycopg.types.json.Jsonb([{"path": members_of(((27, ""), (4, ""))), "until": "2010-03-01"}]),
                old,
            ],
        )
        connection.commit()
        connection.execute(
            "UPDATE layer.house_numbers SET number = 32, valid_from = '2022-05-01' WHERE id = %s", [moved]
        )
    return places


@pytest.fixture(scope="module")
def client(town: Logins, opened: Callable[[Logins], TestClient]) -> TestClient:
    return opened(town)


def _asked(client: TestClient, address: str, **more: str) -> tuple[list[str], Any]:
    told = client.get(LOOKUP, params={"address": address, **more})
    assert told.status_code == 200, told.text
    return [parcel["parcel_no"] for parcel in told.json()["parcels"]], told.json()


@pytest.mark.parametrize(
    ("written", "lot", "words"),
    [
        ("12/5 Ấp Bắc", "1", None),
        ("số 5 hẻm 12 đường ap bac, P.5, TP. Mỹ Tho", "1", None),
        (
            "27/4 Ấp Bắc",
            "2",
            "số nhà cũ, dùng đến ngày 01/03/2010; số đang áp dụng: nhà này mang số 14 Ấp Bắc",
        ),
        ("27/4 Ấp Bắc, phường 5", "2", "mang số 14 Ấp Bắc"),
        ("30 Ấp Bắc", "3", "số nhà cũ, dùng đến ngày 01/05/2022; số đang áp dụng: nhà này mang số 32 Ấp Bắc"),
        ("32 Ấp Bắc", "3", None),
        ("16 Ấp Bắc", "4", "Hồ sơ địa chính ghi địa chỉ này ở thửa 3, tờ 12, nay mang số 32 Ấp Bắc"),
        ("99 Ấp Bắc", "4", "theo sổ đăng ký số nhà, thửa 4, tờ 12 mang số 16 Ấp Bắc"),
        ("20 Ấp Bắc, phường Mỹ Tho", "50", None),
        ("22 Ấp Bắc", "7", "thửa đất được tìm theo vị trí cổng"),
        ("24 Ấp Bắc", "8", "không còn dùng"),
        ("26 Ấp Bắc", "9", "số dự kiến"),
    ],
)
def test_a_registered_house_leads_to_its_parcel(
    client: TestClient, written: str, lot: str, words: str | None
) -> None:
    lots, told = _asked(client, written)
    assert lots == [lot]
    assert told["ambiguous"] is False
    if words is None:
        assert told["notices"] == []
    else:
        assert any(words in notice for notice in told["notices"]), told["notices"]


def test_what_is_kept_is_the_house_as_it_is_on_record(client: TestClient) -> None:
    _, told = _asked(client, "so 5 hem 12 ap bac, p.5, nhà bà Tư 0903111222")
    assert told["query"] == {"address": "12/5 Ấp Bắc, Phường 5"}


def test_houses_of_one_number_in_two_wards_are_both_answered(client: TestClient) -> None:
    lots, told = _asked(client, "20 Ấp Bắc")
    assert (set(lots), told["ambiguous"]) == ({"6", "50"}, True)
    # A parcel along a namesake of the street is no disagreement: it may as well be meant.
    lots, told = _asked(client, "14 Ấp Bắc")
    assert (set(lots), told["ambiguous"]) == ({"2", "51"}, True)
    # Unless the register has another number for it.
    lots, told = _asked(client, "18 Ấp Bắc")
    assert (lots, told["ambiguous"]) == (["5"], False)
    assert "thửa 50, tờ 12, nay mang số 20 Ấp Bắc" in told["notices"][0]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_house_without_a_parcel_says_so(client: TestClient, language: str) -> None:
    fault = problem(client.get(LOOKUP, params={"address": "28 Ấp Bắc", "lang": language}), 404)
    assert {"vi": "có trong sổ đăng ký số nhà", "en": "is on the register"}[language] in fault["detail"]
    assert fault["house"]["point"]["type"] == "Point"


def test_the_nearest_numbers_are_those_of_the_register(client: TestClient) -> None:
    """Also of lots whose own address says nothing, or something else."""
    fault = problem(client.get(LOOKUP, params={"address": "9999 Ấp Bắc"}), 404)
    addresses = [one["address"] for one in fault["candidates"]]
    assert addresses[:2] == ["32 Ấp Bắc", "20 Ấp Bắc"]
    assert all(address[0].isdigit() for address in addresses)
    assert "99 Ấp Bắc" not in addresses


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", "Không hiểu phần “Ấp Bắc, Nguyễn Văn A”"),
        ("en", "The part “Ấp Bắc, Nguyễn Văn A” was not understood"),
    ],
)
def test_of_a_house_that_is_there_it_is_not_said_that_it_is_not(
    client: TestClient, lang: str, words: str
) -> None:
    fault = problem(
        client.get(LOOKUP, params={"address": "18 Ấp Bắc, Nguyễn Văn A, phường 5", "lang": lang}), 404
    )
    assert words in fault["detail"]
    assert [one["address"] for one in fault["candidates"]] == ["18 Ấp Bắc"]


def test_the_number_of_the_day_is_the_one_in_force(client: TestClient) -> None:
    lots, told = _asked(client, "30 Ấp Bắc", as_of="2020-01-01")
    assert (lots, told["notices"]) == (["3"], [])
    lots, told = _asked(client, "32 Ấp Bắc", as_of="2020-01-01", lang="en")
    assert lots == ["3"]
    assert told["notices"] == [
        "32 Ấp Bắc is the number from 2022-05-01 on, after the day asked about; on that day the house is "
        "30 Ấp Bắc."
    ]
    assert client.get(LOOKUP, params={"address": "12/5 Ấp Bắc", "as_of": "2017-01-01"}).status_code == 404


def test_what_was_not_known_yet_is_not_answered(client: TestClient, town: Logins) -> None:
    with psycopg.connect(town.owner) as connection:
        row = connection.execute(
            "SELECT min(recorded_from) - interval '1 minute' FROM layer.house_numbers"
        ).fetchone()
    assert row is not None
    asked = {"address": "12/5 Ấp Bắc", "known_at": row[0].isoformat()}
    assert client.get(LOOKUP, params=asked).status_code == 404


def test_a_lot_that_was_split_since_is_followed(client: TestClient, town: Logins) -> None:
    with psycopg.connect(town.owner) as connection:
        street = connection.execute("SELECT min(id) FROM layer.streets").fetchone()
        assert street is not None
        gone = _lot(connection, "60", 100, 0, None)
        _house(connection, street[0], "34", gone)
        connection.commit()
        connection.execute("DELETE FROM layer.parcels WHERE id = %s", [gone])
        for part in range(2):
            connection.execute(
                "INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)"
                " VALUES ('28249', '12', %s, current_date, current_date,"
                " ST_Multi(ST_MakeEnvelope(%s, %s, %s, %s, 9210)))",
                [f"6{part + 1}", E0 + 100 + 5 * part, N0, E0 + 105 + 5 * part, N0 + 20],
            )
    lots, told = _asked(client, "34 Ấp Bắc")
    assert (lots, told["ambiguous"]) == (["61", "62"], False)
    assert [step["kind"] for step in told["path"]] == ["overlap"]


def test_a_table_is_answered_as_each_by_itself(client: TestClient) -> None:
    written = [
        *("12/5 Ấp Bắc", "27/4 Ấp Bắc, P.5", "30 Ấp Bắc", "16 Ấp Bắc", "99 Ấp Bắc", "20 Ấp Bắc", "18 Ấp Bắc"),
        *(
            "22 Ấp Bắc",
            "28 Ấp Bắc",
            "20 Ấp Bắc, phường Mỹ Tho",
            "12/5 Ấp Bắc, P.99",
            "98 Ấp Bắc",
            "32 ap bac",
        ),
    ]
    body = "Địa chỉ\n" + "\n".join(f'"{text}"' for text in written)
    sent = client.post(BATCH, content=body.encode()).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sent)))
    for row in rows:
        told = client.get(LOOKUP, params={"address": row["Địa chỉ"]})
        sure = row["Mức chắc chắn"]
        if told.status_code == 404:
            assert sure == "không tìm thấy", row
            continue
        parcels, notices = told.json()["parcels"], told.json()["notices"]
        if len(parcels) > 1:
            assert sure == "nhiều thửa", row
        else:
            assert row["Số thửa tìm được"] == parcels[0]["parcel_no"], row
            assert sure == ("cần kiểm tra" if notices else "chắc chắn"), row
            assert all(notice in row["Ghi chú"] for notice in notices), row
    assert [row["Mức chắc chắn"] for row in rows].count("chắc chắn") == 3


@pytest.mark.parametrize("times", [("infinity", "infinity"), ("2020-01-01", "infinity")])
@pytest.mark.parametrize("name", ["registered", "standing", "search_recognised"])
def test_the_register_is_asked_by_its_indexes(town: Logins, name: str, times: tuple[str, str]) -> None:
    """On a register of a size at which reading all of it would be felt."""
    with psycopg.connect(town.owner) as connection:
        connection.execute(
            """INSERT INTO layer.streets (name, kind, source_date, geom)
               SELECT 'Đường số ' || n, 'duong_pho', '2018-12-31', geom
               FROM generate_series(1, 3000) n, (SELECT geom FROM layer.streets LIMIT 1) s"""
        )
        connection.execute(
            """INSERT INTO layer.house_numbers (street_id, number, state, unit_code, source_date, valid_from,
                                                geom, old_numbers)
               SELECT s.id, n, 'issued', '28249', '2019-01-01', '2019-01-01',
                      ST_SetSRID(ST_MakePoint(%(e)s + n, %(n)s), 9210),
                      jsonb_build_array(jsonb_build_object('path', jsonb_build_array(
                          jsonb_build_object('number', n + 1, 'suffix', ''))))
               FROM layer.streets s, generate_series(1, 10) n WHERE s.name LIKE 'Đường số %%'""",
            {"e": E0, "n": N0},
        )
        connection.execute(
            """INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
               SELECT '28249', '99', n::text, '2018-12-31', '2018-12-31',
                      ST_Multi(ST_MakeEnvelope(%(e)s + n, %(n)s + 200, %(e)s + n + 1, %(n)s + 201, 9210))
               FROM generate_series(1, 5000) n""",
            {"e": E0, "n": N0},
        )
        for table in ("streets", "house_numbers", "parcels", "house_numbers_history", "parcels_history"):
            connection.execute(f"ANALYZE layer.{table}".encode())
        connection.execute("SET LOCAL ROLE gis_public")
        asked = {
            "keys": [0, 1],
            "paths": [
                '[{"number": 12, "suffix": ""}, {"number": 5, "suffix": ""}]',
                '[{"number": 3, "suffix": ""}]',
            ],
            "streets": ["ap bac\nduong ap bac", "duong so 7"] if name == "registered" else ["1", "2 3"],
            "ids": [1, 2],
            "along_m": 60.0,
            "as_of": times[0],
            "known_at": times[1],
        }
        query = SQL[name] if name in SQL else HOUSE_NUMBERS.sql[name]
        if name not in SQL:
            assert HOUSE_NUMBERS.recognise is not None
            (searched,) = HOUSE_NUMBERS.recognise("12/5 Ấp Bắc, P.5")
            asked = {**searched, "limit": 10}
        rows = connection.execute(f"EXPLAIN {query.text}".encode(), asked).fetchall()
        plan = "\n".join(row[0] for row in rows)
        connection.rollback()
    assert "Seq Scan on streets" not in plan, plan
    assert "Seq Scan on house_numbers " not in plan, plan
    assert "Seq Scan on parcels " not in plan, plan


@pytest.mark.parametrize(
    ("written", "title", "subtitle"),
    [
        ("12/5 ap bac", "12/5 Ấp Bắc", "Số nhà"),
        ("27/4 Ấp Bắc, P.5", "14 Ấp Bắc", "Số cũ: 27/4 Ấp Bắc"),
        ("30 Ấp Bắc", "32 Ấp Bắc", "Số cũ: 30 Ấp Bắc"),
        ("24 Ấp Bắc", "24 Ấp Bắc", "Số nhà cũ"),
    ],
)
def test_the_search_box_finds_it_by_any_number(
    client: TestClient, written: str, title: str, subtitle: str
) -> None:
    results = client.get("/api/search", params={"q": written}).json()["results"]
    houses = [one for one in results if one["layer"] == "house_numbers"]
    assert [one["title"] for one in houses] == [title]
    assert houses[0]["subtitle"].startswith(subtitle)


def test_houses_of_the_demo_city_are_found(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        houses = connection.execute(
            """SELECT coalesce(h.address,
                               numbering.painted(h.alley_path, h.number, h.suffix) || ' ' || s.name),
                      h.parcel_id
               FROM layer.house_numbers h JOIN layer.streets s ON s.id = h.street_id
               WHERE h.state = 'issued' AND h.parcel_id IS NOT NULL ORDER BY h.id * 7919 % 104729 LIMIT 40"""
        ).fetchall()
    assert len(houses) == 40
    for address, parcel in houses:
        told = city_client.get(LOOKUP, params={"address": address})
        assert told.status_code == 200, (address, told.text)
        assert parcel in [one["id"] for one in told.json()["parcels"]], address
    body = "Địa chỉ\n" + "\n".join(f'"{address}"' for address, _ in houses)
    sent = city_client.post(BATCH, content=body.encode()).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sent)))
    assert not [row for row in rows if row["Mức chắc chắn"] == "không tìm thấy"]
