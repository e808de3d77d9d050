"""The body of a planning question: everything that can be wrong with it is a 400 in the caller's language."""

import json
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.body import MOST_BYTES, MOST_DRAWING_BYTES
from layers.planning.asking.drawing import MOST_POSITIONS
from layers.planning.asking.question import MOST_PARCELS
from layers.references.corner_table import LONGEST_TEXT
from tests.support.hostile import fault
from tests.support.problems import problem

LOOKUP = "/api/planning/lookup"
NUMBER = {"sheet": "12", "parcel": "45"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b"null",
        b'"point"',
        b"{",
        b"\xff\xfe",
        b'{"point": NaN}',
        b'{"area": {"type": "Polygon", "coordinates": [], "x": 1e999}}',
        b'{"point": "1,2", "point": "3,4"}',
        b'{"id": ' + b"9" * 5_000 + b"}",
        b"[" * 20_000,
        b'{"area": ' * 5_000,
    ],
    ids=str,
)
def test_what_is_no_object_is_refused(city_client: TestClient, body: bytes) -> None:
    answer = city_client.post(LOOKUP, content=body, headers={"Content-Type": "application/json"})
    problem(answer, 400, "body")


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({}, "point"),
        ({"lang": "en"}, "point"),
        ({"pint": "x"}, "pint"),
        ({"point": "106.3,10.3", "identifier": "w7hsy4k2m9qz"}, "point"),
        ({"point": [106.3, 10.3]}, "point"),
        ({"point": "x"}, "point"),
        ({**NUMBER, "unit": "\u0000"}, "body"),
        ({**NUMBER, "unit": "\ud800"}, "body"),
        ({"corners": "\u0000\t1145161,57\t567218,31"}, "body"),
        ({"area": {"type": "Polygon", "\ud800": 1}}, "body"),
        ({**NUMBER, "lang": "fr"}, "lang"),
        ({**NUMBER, "lang": ["vi"]}, "lang"),
        ({**NUMBER, "crs": 9210}, "crs"),
        ({**NUMBER, "as_of": 2020}, "as_of"),
        ({**NUMBER, "as_of": "2020-13-01"}, "as_of"),
        ({**NUMBER, "known_at": "x" * 41}, "known_at"),
        ({"sheet": "12"}, "parcel"),
        ({"id": -1}, "id"),
        ({"id": True}, "id"),
        ({"id": 2**63}, "id"),
        ({"id": "1"}, "id"),
        ({"address": "x" * 201}, "address"),
        ({"area": []}, "area"),
        ({"area": {}}, "area"),
        ({"corners": ""}, "corners"),
        ({"corners": []}, "corners"),
        ({"corners": "x" * (LONGEST_TEXT + 1)}, "corners"),
        ({"corners": "1 2 3", "crs": "VN-2000"}, "crs"),
        ({"corners": "1 2 3", "crs": True}, "crs"),
        ({"corners": None}, "point"),
        ({"parcels": None, "lang": None}, "point"),
        ({"parcels": []}, "parcels"),
        ({"parcels": ["12/45"]}, "parcels"),
        ({"parcels": [NUMBER] * (MOST_PARCELS + 1)}, "parcels"),
        ({"parcels": [{}]}, "parcels"),
        ({"parcels": [{**NUMBER, "point": "1,2"}]}, "point"),
        ({"parcels": [{"identifier": "o"}]}, "parcels"),
        ({"parcels": [{"sheet": " ", "parcel": "1"}]}, "parcels"),
        ({"parcels": [{"sheet": None, "parcel": "1"}]}, "sheet"),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_cannot_be_is_refused_by_its_name(
    city_client: TestClient, body: dict[str, Any], parameter: str, language: str
) -> None:
    told = problem(_post(city_client, {"lang": language, **body}), 400, parameter)
    assert len(told["detail"]) < 1_000


def _post(client: TestClient, body: Any) -> Any:
    # Lone surrogates are sent as escapes, which is how they come in.
    return client.post(LOOKUP, content=json.dumps(body), headers={"Content-Type": "application/json"})


def test_a_drawing_of_the_most_positions_is_read_at_full_precision(city_client: TestClient) -> None:
    """Of a ring about no parcel the answer is that none is there, and not that the drawing is too large."""
    turns = [2 * math.pi * step / (MOST_POSITIONS - 1) for step in range(MOST_POSITIONS - 1)]
    ring = [[106.36 + math.cos(turn) / 1e4, 10.35 + math.sin(turn) / 1e4] for turn in turns]
    body = {"area": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}}
    assert len(json.dumps(body)) > MOST_BYTES
    answer = _post(city_client, body)
    assert answer.status_code in (200, 404), answer.text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_too_large_is_refused_in_vietnamese_too(city_client: TestClient, lang: str) -> None:
    fault = problem(_post(city_client, {"corners": "1" * MOST_DRAWING_BYTES, "lang": lang}), 413)
    assert "256 KiB" in fault["detail"]
    assert fault["detail_vi"].startswith("Nội dung gửi đến địa chỉ này không được vượt quá 256 KiB")


@pytest.mark.parametrize("body", [{"corners": "1 2 3"}, {"pint": "x"}, {"point": "x"}, {"id": "x"}], ids=str)
def test_a_refusal_is_in_the_language_asked_for(city_client: TestClient, body: dict[str, Any]) -> None:
    vi = problem(_post(city_client, body), 400)["detail"]
    en = problem(_post(city_client, {**body, "lang": "en"}), 400)["detail"]
    assert vi != en
    assert not vi.isascii()


def test_what_the_address_takes_the_body_takes_too(city_client: TestClient) -> None:
    by_point = city_client.get("/ogc/collections/parcels/items", params={"limit": "1"}).json()["features"][0]
    number = {
        "sheet": by_point["properties"]["sheet_no"],
        "parcel": by_point["properties"]["parcel_no"],
        "unit": by_point["properties"]["unit_code"],
    }
    asked = city_client.get(LOOKUP, params=number).json()
    assert city_client.post(LOOKUP, json=number).json() == asked
    assert by_point["id"] in [parcel["id"] for parcel in asked["parcels"]]
    by_id = city_client.post(LOOKUP, json={"id": by_point["id"]}).json()
    assert [parcel["id"] for parcel in by_id["parcels"]] == [by_point["id"]]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_NAMES = st.sampled_from(
    "point sheet parcel unit issued identifier address id area corners crs parcels as_of known_at".split()
)
_SHAPES = st.fixed_dictionaries(
    {"type": st.sampled_from(["Polygon", "MultiPolygon", "Feature"]), "coordinates": _JSON, "geometry": _JSON}
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(_NAMES, _JSON | _SHAPES, max_size=3) | st.fixed_dictionaries({"area": _SHAPES}))
def test_nothing_that_is_sent_falls_over(city_client: TestClient, body: Any) -> None:
    assert fault(_post(city_client, body)) is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
@pytest.mark.parametrize("name", ["corners", "address", "identifier", "unit"])
def test_no_text_falls_over(city_client: TestClient, name: str, text: str) -> None:
    body = {**NUMBER, "unit": text} if name == "unit" else {name: text}
    assert fault(_post(city_client, body)) is None
