"""Buildings that cannot be: each is told in both languages, with what to do about it."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support.problems import problem

WEST, SOUTH = 106.36, 10.35
PATH = "/api/permits/check"


def _body(ring: Any, **more: Any) -> dict[str, Any]:
    return {"footprint": {"type": "Polygon", "coordinates": [ring]}, "floors": 2, "height_m": 8.0, **more}


def _ring(*corners: tuple[float, float]) -> list[list[float]]:
    return [[WEST + x * 1e-5, SOUTH + y * 1e-5] for x, y in (*corners, corners[0])]


SQUARE = ((0, 0), (5, 0), (5, 5), (0, 5))


@pytest.mark.parametrize(
    ("ring", "vi", "en"),
    [
        (_ring((0, 0), (5, 5), (5, 0), (0, 5)), "tự cắt", "crosses or covers itself"),
        (_ring((0, 0), (5, 0), (9, 0)), "không tạo thành khu đất", "enclose no ground"),
        (_ring((0, 0), (0, 0), (0, 0)), "ít nhất 3 điểm", "at least 3"),
        ([[x, y + 8] for x, y in _ring(*SQUARE)], "nằm ngoài thành phố", "outside the city"),
        ([[y, x] for x, y in _ring(*SQUARE)], "đổi chỗ", "swapped"),
        ([[567_200.0, 1_145_100.0], [567_210.0, 1_145_100.0], [567_210.0, 1_145_110.0]],
         "mét của lưới VN-2000", "metres of a VN-2000 grid"),
        (_ring(*((a % 7, a) for a in range(3000))), "tối đa 2000", "at most 2000"),
        ([[1e300, 1e300], [2e300, 1e300], [2e300, 2e300], [1e300, 1e300]], "nằm ngoài thành phố", "outside"),
        (["a", "b", "c"], "đa giác", "Polygon"),
        (None, "đa giác", "Polygon"),
    ],
    ids=["crossing", "line", "point", "far", "swapped", "metres", "corners", "huge", "words", "none"],
)  # fmt: skip
def test_a_footprint_that_is_none_is_told(city_client: TestClient, ring: Any, vi: str, en: str) -> None:
    told = problem(city_client.post(PATH, json=_body(ring)), 400, "footprint")
    assert vi in told["detail"]
    english = problem(city_client.post(PATH, json=_body(ring, lang="en")), 400, "footprint")
    assert en in english["detail"]
    assert vi in english["detail_vi"]


def test_ten_thousand_corners_are_refused_by_their_size(city_client: TestClient) -> None:
    ring = [[WEST + a * 1e-9, SOUTH + (a % 3) * 1e-9 + 0.000_000_123_456] for a in range(10_000)]
    told = problem(city_client.post(PATH, json=_body(ring)), 413)
    assert "256 KiB" in told["detail_vi"]


def test_two_thousand_corners_are_taken(city_client: TestClient) -> None:
    lot = city_client.get("/ogc/collections/parcels/items?limit=1&f=json").json()["features"][0]
    west, south = lot["geometry"]["coordinates"][0][0][0]
    there = [[west + a * 1e-8 + 1.23e-12, south + 1.23e-12] for a in range(998)]
    back = [[x, y + 4e-5] for x, y in reversed(there)]
    told = city_client.post(PATH, json=_body([*there, *back, there[0]], parcel=lot["id"]))
    assert told.status_code == 200, told.text[:300]


@pytest.mark.parametrize(
    ("corners", "crs", "vi", "en"),
    [
        ("1 1145161,5 567218\n2 1145161,5 567226\n3 1145149 567226", 5897, "crs=9210", "crs=9210"),
        ("1 567218 1145161,5\n2 567226 1145161,5\n3 567226 1145149", None, "đổi chỗ", "swapped"),
        (
            "1 1145161,5 567218\n2 1145149 567226\n3 1145149 567218\n4 1145161,5 567226",
            None,
            "cắt cạnh",
            "crosses",
        ),
        ("1 1145161,5 567218\n2 1145161,5 567226", None, "ít nhất 3", "at least 3"),
    ],
    ids=["grid", "columns", "crossing", "two"],
)
def test_a_corner_table_that_cannot_be_is_told(
    city_client: TestClient, corners: str, crs: int | None, vi: str, en: str
) -> None:
    body = {"corners": corners, "floors": 2, "height_m": 8.0} | ({} if crs is None else {"crs": crs})
    assert vi in problem(city_client.post(PATH, json=body), 400, "corners")["detail"]
    assert en in problem(city_client.post(PATH, json=body | {"lang": "en"}), 400, "corners")["detail"]


@pytest.mark.parametrize("height", [True, "8", "8,0", None])
def test_a_height_that_is_no_number_is_none(city_client: TestClient, height: object) -> None:
    problem(city_client.post(PATH, json=_body(_ring(*SQUARE)) | {"height_m": height}), 400, "height_m")


def test_a_whole_number_of_metres_is_a_height(city_client: TestClient) -> None:
    told = city_client.post(PATH, json=_body(_ring(*SQUARE)) | {"height_m": 8})
    assert told.status_code != 400 or told.json().get("parameter") != "height_m", told.text
