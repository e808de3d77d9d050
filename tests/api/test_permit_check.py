"""The check over HTTP: open to everybody, in both languages, and clear about what it cannot read."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support.problems import problem

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[106.36, 10.35], [106.36005, 10.35], [106.36005, 10.35005], [106.36, 10.35005], [106.36, 10.35]]
    ],
}


@pytest.fixture
def lot(city_client: TestClient) -> dict[str, Any]:
    """A parcel of the demo city: its feature."""
    return dict(city_client.get("/ogc/collections/parcels/items?limit=1&f=json").json()["features"][0])


def _asked(lot: dict[str, Any], **more: Any) -> dict[str, Any]:
    ring = lot["geometry"]["coordinates"][0]
    return {"footprint": {"type": "Polygon", "coordinates": ring}, "floors": 2, "height_m": 8.0, **more}


def test_anybody_may_ask_before_filing(city_client: TestClient, lot: dict[str, Any]) -> None:
    told = city_client.post("/api/permits/check", json=_asked(lot))
    assert told.status_code == 200, told.text
    found = told.json()
    assert found["parcel"]["id"] == lot["id"]
    assert {line["outcome"] for line in found["lines"]} <= {"pass", "fail", "cannot_decide"}
    members = {"code", "outcome", "measured", "allowed", "rule", "geometry", "reason", "title"}
    assert all(members <= set(line) for line in found["lines"])
    assert found["synthetic"] is True
    assert "owner" not in told.text


def test_in_english_too(city_client: TestClient, lot: dict[str, Any]) -> None:
    found = city_client.post("/api/permits/check", json=_asked(lot, lang="en")).json()
    assert "permit officer decides" in found["disclaimer"]


def test_the_parcel_is_found_by_its_identifier(city_client: TestClient, lot: dict[str, Any]) -> None:
    identifier = lot["properties"]["identifier"]
    found = city_client.post("/api/permits/check", json=_asked(lot, parcel=identifier)).json()
    assert found["parcel"]["id"] == lot["id"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"floors": 2, "height_m": 8}, "đúng một cách"),
        (
            {"footprint": {"type": "Point", "coordinates": [106.3, 10.3]}, "floors": 2, "height_m": 8},
            "đa giác",
        ),
        ({"footprint": SQUARE, "corners": "1 2 3", "floors": 2, "height_m": 8}, "đúng một cách"),
        ({"corners": "1\t1145161,5\t567218\n2\tx\ty", "floors": 2, "height_m": 8}, "Dòng 2"),
        (
            {
                "footprint": {
                    "type": "Polygon",
                    "coordinates": [[[106.36, 10.35], [106.361, 10.351], [106.361, 10.35], [106.36, 10.351]]],
                },
                "floors": 2,
                "height_m": 8,
            },
            "tự cắt",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_words(city_client: TestClient, body: Any, words: str) -> None:
    told = city_client.post("/api/permits/check", json=body)
    assert told.status_code == 400, told.text
    assert words in told.json()["detail_vi"]


@pytest.mark.parametrize(
    "more",
    [
        {"floors": 0},
        {"floors": 2.5},
        {"height_m": 0},
        {"height_m": "cao"},
        {"use": "castle"},
        {"kind": "x"},
        {"parcel": 0},
        {"on": "mai"},
        {"lang": "fr"},
        {"else": 1},
    ],
)
def test_figures_that_are_none_are_refused(
    city_client: TestClient, lot: dict[str, Any], more: dict[str, Any]
) -> None:
    told = city_client.post("/api/permits/check", json=_asked(lot) | more)
    assert told.status_code in (400, 422), told.text


def test_a_parcel_that_is_not_there_is_told(city_client: TestClient) -> None:
    body = {"footprint": SQUARE, "floors": 2, "height_m": 8, "parcel": 999_999_999}
    told = city_client.post("/api/permits/check", json=body)
    assert told.status_code == 404
    assert "999999999" in told.json()["detail"]


@pytest.mark.parametrize(
    "on", ["0001-01-01", "1799-12-31", "3000-01-01", "9999-12-31", "mai", "2025-02-30", ""]
)
@pytest.mark.parametrize(("lang", "words"), [("vi", "on phải là một ngày"), ("en", "on must ")])
def test_a_day_of_no_record_is_refused_in_words(
    city_client: TestClient, lot: dict[str, Any], on: str, lang: str, words: str
) -> None:
    told = problem(city_client.post("/api/permits/check", json=_asked(lot, on=on, lang=lang)), 400, "on")
    assert words in told["detail"]
    assert "on phải là một ngày" in told["detail_vi"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_day_before_the_data_is_told_as_that(
    city_client: TestClient, lot: dict[str, Any], lang: str
) -> None:
    """Whether the parcel is named or found under the building."""
    for more in ({}, {"parcel": lot["id"]}, {"parcel": lot["properties"]["identifier"]}):
        body = _asked(lot, on="1900-01-01", lang=lang) | more
        told = problem(city_client.post("/api/permits/check", json=body), 404, "on")
        assert {"vi": "chưa có dữ liệu", "en": "has no data"}[lang] in told["detail"]
        assert told["begins"] > "1900-01-01"
