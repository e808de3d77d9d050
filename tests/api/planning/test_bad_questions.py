"""Questions that cannot be answered: each is told what is wrong, in the asker's language, and what to try."""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.testclient import TestClient

LOOKUP = "/api/planning/lookup"
EARLY = "1900-01-01"
PLACE = (106.3656, 10.3531)


def _square(west: float, south: float, size: float) -> dict[str, Any]:
    ring = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    return {"type": "Polygon", "coordinates": [[[west + x * size, south + y * size] for x, y in ring]]}


def _crossing() -> dict[str, Any]:
    ring = [[106.36, 10.35], [106.361, 10.351], [106.361, 10.35], [106.36, 10.351], [106.36, 10.35]]
    return {"type": "Polygon", "coordinates": [ring]}


def _table(*corners: tuple[float, float]) -> str:
    return "\n".join(f"{number}\t{x}\t{y}" for number, (x, y) in enumerate(corners, start=1))


GOOD = ((1145161.57, 567218.31), (1145161.57, 567238.31), (1145141.57, 567238.31))


@dataclass(frozen=True)
class Bad:
    """A question by GET where it fits an address, by POST where it does not, or by both; and what is told."""

    asked: dict[str, Any]
    status: int
    vi: str
    en: str
    row: int | None = None


BAD = {
    "unknown number": Bad(
        {"sheet": "9999", "parcel": "1"}, 404, "thửa 1, tờ bản đồ 9999", "parcel 1 on sheet 9999"
    ),
    "unknown in its ward": Bad({"sheet": "12", "parcel": "99999", "unit": "P.5"}, 404, "thuộc P.5", "in P.5"),
    "unknown ward": Bad({"sheet": "12", "parcel": "45", "unit": "P.99"}, 404, "“P.99”", "'P.99'"),
    "half a number": Bad({"sheet": "12"}, 400, "còn thiếu parcel", "parcel is missing"),
    "number before the data": Bad({"sheet": "12", "parcel": "45", "as_of": EARLY}, 404, "01/01/1900", EARLY),
    "number before it was known": Bad(
        {"sheet": "12", "parcel": "45", "known_at": "1990-06-01T00:00:00Z"}, 404, "01/06/1990", "1990-06-01"
    ),
    "known in the future": Bad(
        {"sheet": "12", "parcel": "45", "known_at": "2999-01-01"}, 400, "nằm ở tương lai", "in the future"
    ),
    "known at no moment": Bad(
        {"sheet": "12", "parcel": "45", "known_at": "hôm qua"}, 400, "Cần một thời điểm", "must be a moment"
    ),
    "no day of a record": Bad(
        {"sheet": "12", "parcel": "45", "as_of": "1799-12-31"}, 400, "1800", "between 1800-01-01"
    ),
    "no identifier": Bad({"identifier": "w3gd"}, 400, "12 chữ số và chữ cái", "has 12 characters"),
    "unknown identifier": Bad({"identifier": "w3gdumj11fw2"}, 404, "w3gdumj11fw2", "w3gdumj11fw2"),
    "unknown street": Bad({"address": "1 đường Không Có Đâu"}, 404, "Không Có Đâu", "Không Có Đâu"),
    "no address": Bad({"address": "???"}, 400, "số nhà và tên đường", "number of the house"),
    "swapped point": Bad({"point": "10.3531,106.3656"}, 400, "Kinh độ đứng trước", "Longitude comes first"),
    "point in metres": Bad({"point": "567218,1145161"}, 400, "bảng toạ độ", "table of corners"),
    "point elsewhere": Bad({"point": "2.35,48.85"}, 404, "nằm ngoài thành phố", "outside the city"),
    "point on nothing": Bad(
        {"point": "106.2501,10.3001"}, 404, "10.300100, 106.250100", "10.300100, 106.250100"
    ),
    "point before the data": Bad(
        {"point": f"{PLACE[0]},{PLACE[1]}", "as_of": EARLY}, 404, "01/01/1900", EARLY
    ),
    "no day": Bad({"sheet": "12", "parcel": "45", "as_of": "31/12/2020"}, 400, "2015-06-30", "2023-09-06"),
    "no day of the paper": Bad(
        {"sheet": "12", "parcel": "45", "issued": "2015-13-01"},
        400,
        "issued phải là một ngày",
        "issued must be",
    ),
    "two ways at once": Bad(
        {"point": "106.36,10.35", "identifier": "w3gdumj11fw2"}, 400, "đúng một cách", "Ask by one"
    ),
    "nothing asked": Bad({}, 400, "đúng một cách", "Ask by one"),
    "unknown id": Bad({"id": 999_999_999}, 404, "999999999", "999999999"),
    "self-crossing drawing": Bad({"area": _crossing()}, 400, "tự cắt nhau", "crosses or covers itself"),
    "a province": Bad({"area": _square(106.0, 10.2, 0.5)}, 400, "tối đa 50 ha", "at most 50 ha"),
    "too large": Bad({"area": _square(106.35, 10.34, 0.02)}, 400, "tối đa 50 ha", "at most 50 ha"),
    "drawing elsewhere": Bad(
        {"area": _square(2.0, 48.0, 0.001)}, 400, "nằm ngoài thành phố", "outside the city"
    ),
    "swapped drawing": Bad({"area": _square(10.35, 106.36, 0.001)}, 400, "đổi chỗ", "swapped"),
    "drawing in metres": Bad({"area": _square(567218, 1145161, 20)}, 400, "bảng toạ độ", "table of corners"),
    "drawn line": Bad(
        {"area": {"type": "LineString", "coordinates": [[106.36, 10.35], [106.37, 10.35]]}},
        400,
        "đa giác GeoJSON",
        "GeoJSON Polygon",
    ),
    "drawn point": Bad({"area": _square(106.36, 10.35, 0)}, 400, "3 điểm khác nhau", "3 different positions"),
    "drawn on nothing": Bad({"area": _square(106.2501, 10.3001, 0.0001)}, 404, "121,", "121."),
    "drawn before the data": Bad({"area": _square(*PLACE, 0.0005), "as_of": EARLY}, 404, "01/01/1900", EARLY),
    "corners of another grid": Bad(
        {"corners": _table(*GOOD), "crs": 5899}, 400, "crs=9210", "crs=9210", row=1
    ),
    "corners in degrees": Bad({"corners": _table(*GOOD), "crs": 4326}, 400, "VN-2000", "VN-2000"),
    "swapped corners": Bad({"corners": _table(*((y, x) for x, y in GOOD))}, 400, "đổi chỗ", "swapped", row=1),
    "a figure that is off": Bad(
        {"corners": _table(*GOOD[:2], (145141.57, 567238.31))}, 400, "Dòng 3", "Row 3", row=3
    ),
    "crossing corners": Bad(
        {"corners": _table((1145161, 567218), (1145141, 567238), (1145161, 567238), (1145141, 567218))},
        400,
        "thứ tự quanh khu đất",
        "around the ground",
        row=3,
    ),
    "two corners": Bad({"corners": _table(*GOOD[:2])}, 400, "ít nhất 3", "at least 3"),
    "no corners": Bad({"corners": "Nguyễn Văn A"}, 400, "ít nhất 3", "at least 3"),
    "corners of a province": Bad(
        {"corners": _table((1140000, 560000), (1140000, 575000), (1152000, 575000), (1152000, 560000))},
        400,
        "18.000 ha",
        "18,000 ha",
    ),
    "unknown among several": Bad(
        {"parcels": [{"sheet": "9999", "parcel": "1"}]}, 404, "Thửa thứ 1", "Item 1 of parcels"
    ),
    "no parcel of several": Bad({"parcels": []}, 400, "từ 1 đến 100", "1 to 100"),
}
#: What only a body can hold.
_IN_A_BODY = {"area", "corners", "parcels", "id"}
_TRY = {
    "vi": re.compile(r"Hãy|hãy|phải|thiếu|tối đa|Kinh độ đứng trước|Cần một"),
    "en": re.compile(
        r"\b(Check|Give|give|Ask|ask|Draw|Choose|try|Paste|Exchange|must|is missing|comes first|go into"
        r"|at most|Such are|Leave)\b"
    ),
}
_ASKED = [
    (name, method)
    for name, bad in BAD.items()
    for method in ("GET", "POST")
    if method == "POST" or not _IN_A_BODY & set(bad.asked)
]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("name", "method"), _ASKED)
def test_a_bad_question_is_told_what_is_wrong_and_what_to_try(
    city_client: TestClient, name: str, method: str, language: str
) -> None:
    bad = BAD[name]
    asked = bad.asked | {"lang": language}
    answer = (
        city_client.get(LOOKUP, params=asked) if method == "GET" else city_client.post(LOOKUP, json=asked)
    )
    assert answer.status_code == bad.status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    detail = told["detail"]
    assert (bad.vi if language == "vi" else bad.en) in detail
    assert _TRY[language].search(detail), f"nothing to try: {detail}"
    assert detail[:1].isupper() or re.match(r"[“'a-z_]+", detail), detail
    assert detail.endswith((".", "?", ")")), detail
    assert len(detail) < 400, "nobody reads so much"
    assert told.get("row") == bad.row
    if bad.status == 400:
        assert told["parameter"] in bad.asked or name in ("nothing asked", "half a number"), told
    words = json.dumps(told, ensure_ascii=False)
    assert "Traceback" not in words
    assert "psycopg" not in words


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_doubled_number_is_answered_in_full_and_told(city_client: TestClient, language: str) -> None:
    asked = {"parcels": [{"id": 1}, {"id": 1}], "lang": language}
    told = city_client.post(LOOKUP, json=asked).json()
    assert len(told["parcels"]) == 1
    assert {"vi": "chỉ tính một lần", "en": "counts once"}[language] in told["notices"][0]


def test_who_gave_the_day_of_the_paper_is_not_asked_for_it(city_client: TestClient) -> None:
    asked = {"sheet": "12", "parcel": "45", "issued": EARLY, "lang": "en"}
    told = city_client.get(LOOKUP, params=asked)
    assert told.status_code == 200, told.text
    assert not [notice for notice in told.json()["notices"] if "give it too" in notice]
