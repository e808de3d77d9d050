"""Addresses against parcels: the same path on the same street, or an honest no with what lies near."""

from collections.abc import Callable

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from tests.layers.planning.asking.conftest import Copy
from tests.layers.planning.test_small_ground import E0, N0
from tests.support.problems import problem

LOOKUP = "/api/planning/lookup"
ADDRESSES = [
    "12 đường Ấp Bắc, phường 5",
    "12/5 Ấp Bắc, phường 5",
    "12/5/3 Ấp Bắc, phường 5",
    "7/12/5 Ấp Bắc, phường 5",
    "Số 3, hẻm 14 đường Ấp Bắc",
    "73B Ấp Bắc",
    "73 Ấp Bắc",
    "15 đường 30/4, phường 1",
    "12 Ấp Bắc nối dài",
    "Đường Ấp Bắc",
    "9 Lê Quý Đôn",
    "5/3 hẻm 7 Lê Quý Đôn",
    None,
]


@pytest.fixture(scope="module")
def client(copy_of: Copy, opened: Callable[[Logins], TestClient]) -> TestClient:
    """The application over a row of parcels along one street, and two streets of other names."""
    places = copy_of("addresses", None)
    with psycopg.connect(places.owner) as connection:
        for place, address in enumerate(ADDRESSES):
            connection.execute(
                "INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, address, source_date, valid_from,"
                " geom) VALUES ('28249', '12', %s, %s, '2018-12-31', '2018-12-31',"
                " ST_Multi(ST_MakeEnvelope(%s, %s, %s, %s, 9210)))",
                [str(place + 1), address, E0 + 10 * place, N0, E0 + 10 * place + 10, N0 + 20],
            )
        for name, north in (("Ấp Bắc", -5), ("30/4", -500), ("Lê Quý Đôn", -700)):
            connection.execute(
                "INSERT INTO layer.streets (name, kind, source_date, geom) VALUES (%s, 'duong_pho',"
                " '2018-12-31', ST_Multi(ST_MakeLine(ST_SetSRID(ST_MakePoint(%s, %s), 9210),"
                " ST_SetSRID(ST_MakePoint(%s, %s), 9210))))",
                [name, E0, N0 + north, E0 + 200, N0 + north],
            )
        for code, generation, name, east in (("28249", 2, "Phường 5", 0), ("28261", 2, "Phường 1", 70)):
            connection.execute(
                "INSERT INTO layer.admin_units (code, name, full_name, kind, generation, source_date,"
                " valid_from, geom) VALUES (%s, %s, %s, 'phuong', %s, '2018-12-31', '2018-12-31',"
                " ST_Multi(ST_MakeEnvelope(%s, %s, %s, %s, 9210)))",
                [code, name, name, generation, E0 + east, N0, E0 + east + 70, N0 + 30],
            )
    return opened(places)


class TestHouses:
    @pytest.mark.parametrize(
        ("written", "address"),
        [
            ("12 Ấp Bắc", "12 đường Ấp Bắc, phường 5"),
            ("12/5 Ấp Bắc", "12/5 Ấp Bắc, phường 5"),
            ("12 / 5 ap bac", "12/5 Ấp Bắc, phường 5"),
            ("số 5 hẻm 12 đường Ấp Bắc", "12/5 Ấp Bắc, phường 5"),
            ("12/5/3 đ. Ap Bac, P.5", "12/5/3 Ấp Bắc, phường 5"),
            ("7/12/5 Ấp Bắc, phường 5, TP. Mỹ Tho", "7/12/5 Ấp Bắc, phường 5"),
            ("14/3 ấp bắc", "Số 3, hẻm 14 đường Ấp Bắc"),
            ("73b Ap Bac", "73B Ấp Bắc"),
            ("73 Ap Bac", "73 Ấp Bắc"),
            ("15 30/4", "15 đường 30/4, phường 1"),
            ("15 đường 30 tháng 4, F1", "15 đường 30/4, phường 1"),
            ("số 9 Le Qui Don", "9 Lê Quý Đôn"),
            ("7/5/3 Lê Quý Đôn", "5/3 hẻm 7 Lê Quý Đôn"),
            ("3 hẻm 7/5 Lê Quý Đôn", "5/3 hẻm 7 Lê Quý Đôn"),
            ("5/3 hẻm 7 Le Quy Don", "5/3 hẻm 7 Lê Quý Đôn"),
            ("73 Ấp Bắc, TP. Mỹ Tho", "73 Ấp Bắc"),
            ("73 Ấp Bắc, Mỹ Tho", "73 Ấp Bắc"),
        ],
    )
    def test_a_house_is_found_by_its_path(self, client: TestClient, written: str, address: str) -> None:
        answer = client.get(LOOKUP, params={"address": written})
        assert answer.status_code == 200, answer.text
        assert [parcel["address"] for parcel in answer.json()["parcels"]] == [address]

    @pytest.mark.parametrize("written", ["12/5 Ấp Bắc, P.1", "12/6 Ấp Bắc", "5/3 Ấp Bắc", "12A Ấp Bắc"])
    def test_a_house_that_is_not_there_is_not_guessed(self, client: TestClient, written: str) -> None:
        body = problem(client.get(LOOKUP, params={"address": written}), 404)
        assert body["detail"].startswith("Không tìm thấy số")
        assert body["streets"][0]["name"] == "Ấp Bắc"
        assert 0 < len(body["candidates"]) <= 5
        assert {"parcel_id", "address", "point"} <= set(body["candidates"][0])

    def test_the_nearest_numbers_come_first(self, client: TestClient) -> None:
        body = problem(client.get(LOOKUP, params={"address": "75 Ấp Bắc"}), 404)
        assert {c["address"] for c in body["candidates"][:2]} == {"73 Ấp Bắc", "73B Ấp Bắc"}

    @pytest.mark.parametrize("written", ["Ấp Bắc", "đường Ap Bac", "30/4", "30 tháng 4, P.1"])
    def test_a_street_alone_asks_for_the_number(self, client: TestClient, written: str) -> None:
        body = problem(client.get(LOOKUP, params={"address": written}), 404)
        assert "cần thêm số nhà" in body["detail"]
        assert "number of a house" in client.get(LOOKUP, params={"address": written, "lang": "en"}).text

    def test_an_unknown_street_is_named(self, client: TestClient) -> None:
        body = problem(client.get(LOOKUP, params={"address": "12 Không Có"}), 404)
        assert "“Không Có”" in body["detail"]
        assert body["looked_for"] == {"number": "12", "street": "Không Có"}

    def test_the_same_by_post_and_on_another_day(self, client: TestClient) -> None:
        asked = {"address": "12/5 Ấp Bắc", "as_of": "2020-01-01"}
        assert len(client.post(LOOKUP, json=asked).json()["parcels"]) == 1
        problem(client.post(LOOKUP, json={**asked, "as_of": "2017-01-01"}), 404)

    def test_what_is_no_address_is_a_400(self, client: TestClient) -> None:
        problem(client.get(LOOKUP, params={"address": "///"}), 400, "address")
