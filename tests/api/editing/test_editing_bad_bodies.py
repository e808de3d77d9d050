"""Whatever is sent, the answer is a 4xx that names the fault: nothing stored, nobody's data quoted."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis_platform.access.roles import Role
from gis_platform.layer import installed_layers
from tests.api.editing.conftest import Desk

Change = Callable[[dict[str, Any]], None]


def _post(desk: Desk, body: Any = None, layer: str = "hotspots", **asked: Any) -> Any:
    return desk.send("POST", f"{layer}/items", Role.ADMIN, body, **asked)


RAW = {
    "nothing": b"",
    "no JSON": b"{'type': 'Feature'}",
    "half": b'{"type": "Feature", "properties": {',
    "a list": b"[]",
    "a text": b'"Feature"',
    "a number": b"12",
    "not UTF-8": b'{"type": "\xff\xfe"}',
    "UTF-16": '{"type": "Feature"}'.encode("utf-16"),
    "NaN": b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[NaN,10.3]}}',
    "infinity": b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1e999,1]}}',
    "a long number": b'{"type":"Feature","properties":{"cooldown_s":' + b"9" * 6000 + b"}}",
    "deep lists": b'{"type":"Feature","geometry":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "twice": b'{"type":"Feature","type":"Feature"}',
    "NUL": b'{"type":"Feature","properties":{"name":"a\\u0000b"}}',
    "half a pair": b'{"type":"Feature","properties":{"name":"\\ud800"}}',
    "NUL in a name": b'{"type":"Feature","properties":{"na\\u0000me":1}}',
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW.keys())
@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_what_is_no_document_is_refused(desk: Desk, raw: bytes, dry_run: str) -> None:
    answer = _post(desk, raw=raw, dry_run=dry_run)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "body")


@pytest.mark.parametrize("size", [600_000, 1_048_576])
def test_a_large_body_is_refused(desk: Desk, size: int) -> None:
    answer = _post(desk, raw=b'{"type":"' + b"x" * size + b'"}')
    assert answer.status_code == 413
    assert "512 KiB" in answer.json()["detail"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "", "application/x-www-form-urlencoded", "application/gml+xml"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_another_form_is_refused(desk: Desk, method: str, kind: str) -> None:
    path = "hotspots/items" + ("" if method == "POST" else "/1")
    headers = {"If-Match": "*", "Content-Type": kind}
    answer = desk.send(method, path, Role.ADMIN, {}, headers=headers)
    assert (answer.status_code, answer.json()["parameter"]) == (415, "Content-Type")


def _properties(**values: Any) -> Change:
    return lambda feature: feature["properties"].update(values)


def _geometry(kind: str, coordinates: Any, **more: Any) -> Change:
    shape = {"type": kind, "coordinates": coordinates, **more}
    return lambda feature: feature.update(geometry=shape)


HERE = [106.36, 10.35]
BAD: dict[str, tuple[str, Change]] = {
    "no type": ("type", lambda f: f.pop("type")),
    "a collection": ("type", lambda f: f.update(type="FeatureCollection")),
    "a member": ("colour", lambda f: f.update(colour="red")),
    "a crs": ("crs", lambda f: f.update(crs={"type": "name"})),
    "properties as a list": ("properties", lambda f: f.update(properties=[])),
    "no properties": ("properties", lambda f: f.pop("properties")),
    "an unknown property": ("colour", _properties(colour="red")),
    "a system column": ("delivery_id", _properties(delivery_id=1)),
    "another id": ("recorded_from", _properties(recorded_from="2020-01-01")),
    "a required one empty": ("name", _properties(name=None)),
    "a number for a text": ("name", _properties(name=12)),
    "a list for a text": ("name", _properties(name=["a"])),
    "a long text": ("name", _properties(name="a" * 4001)),
    "no such value": ("status", _properties(status="gone")),
    "a text for a number": ("session_limit_minutes", _properties(session_limit_minutes="20")),
    "a truth for a number": ("session_limit_minutes", _properties(session_limit_minutes=True)),
    "half a number": ("session_limit_minutes", _properties(session_limit_minutes=1.5)),
    "too large": ("session_limit_minutes", _properties(session_limit_minutes=2**31)),
    "much too large": ("session_limit_minutes", _properties(session_limit_minutes=1e300)),
    "against the table": ("session_limit_minutes", _properties(session_limit_minutes=0)),
    "below nothing": ("cooldown_s", _properties(cooldown_s=-1)),
    "no date": ("source_date", _properties(source_date="yesterday")),
    "a moment for a date": ("source_date", _properties(source_date="2020-01-01T00:00:00Z")),
    "long ago": ("source_date", _properties(source_date="0001-01-01")),
    "no geometry": ("geometry", lambda f: f.pop("geometry")),
    "null geometry": ("geometry", lambda f: f.update(geometry=None)),
    "another kind": ("geometry", _geometry("LineString", [HERE, [106.37, 10.35]])),
    "many points": ("geometry", _geometry("MultiPoint", [HERE])),
    "its own crs": ("geometry", _geometry("Point", HERE, crs={"type": "name"})),
    "height": ("geometry", _geometry("Point", [*HERE, 3.0])),
    "one number": ("geometry", _geometry("Point", [106.36])),
    "texts": ("geometry", _geometry("Point", ["106.36", "10.35"])),
    "truths": ("geometry", _geometry("Point", [True, False])),
    "nested": ("geometry", _geometry("Point", [[106.36, 10.35]])),
    "objects": ("geometry", _geometry("Point", {"x": 1})),
    "no coordinates": ("geometry", _geometry("Point", None)),
    "empty": ("geometry", _geometry("Point", [])),
    "swapped": ("geometry", _geometry("Point", [10.35, 106.36])),
    "elsewhere": ("geometry", _geometry("Point", [2.35, 48.85])),
    "of the grid": ("geometry", _geometry("Point", [567_000, 1_145_000])),
    "huge": ("geometry", _geometry("Point", [1e308, -1e308])),
    "whole and huge": ("geometry", _geometry("Point", [10**400, 1])),
}


@pytest.mark.parametrize(("name", "spoil"), BAD.values(), ids=BAD.keys())
def test_a_feature_that_cannot_be_used_says_why(desk: Desk, name: str, spoil: Change) -> None:
    sent = desk.sample("hotspots", 110)
    spoil(sent)
    before = desk.value("SELECT count(*) FROM layer.hotspots")
    answer = _post(desk, sent)
    assert answer.status_code == 400, answer.text
    assert answer.json()["parameter"] == name
    assert desk.value("SELECT count(*) FROM layer.hotspots") == before


RING = [[106.36, 10.35], [106.361, 10.35], [106.361, 10.351], [106.36, 10.351], [106.36, 10.35]]
BOW = [RING[0], RING[2], RING[1], RING[3], RING[0]]


@pytest.mark.parametrize(
    ("kind", "coordinates", "words"),
    [
        ("Polygon", [BOW], "Self-intersection"),
        ("Polygon", [RING[:4]], "end where it begins"),
        ("Polygon", [RING[:2] + RING[:1]], "too few"),
        ("Polygon", [[RING[0]] * 4], "not valid|no extent"),
        ("Polygon", [], "positions"),
        ("MultiPolygon", [[]], "positions"),
        ("MultiPolygon", [RING], "nested|numbers"),
        ("MultiPolygon", [[RING], []], "outer ring"),
        ("Polygon", [[[106.36 + i % 2 / 1e4, 10.35] for i in range(10_001)]], "10000"),
        ("Polygon", [[*RING[:2], [1e308, 1e308], RING[0]]], "outside"),
    ],
)
def test_an_area_that_is_none_says_why(desk: Desk, kind: str, coordinates: Any, words: str) -> None:
    sent = {**desk.sample("waters", 111), "geometry": {"type": kind, "coordinates": coordinates}}
    answer = _post(desk, sent, "waters")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "geometry")
    assert any(word in answer.json()["detail"] for word in words.split("|"))


def test_a_numbers_system_is_guessed_for_the_person(desk: Desk) -> None:
    sent = desk.sample("hotspots", 112)
    sent["geometry"]["coordinates"] = [567_000, 1_145_000]
    assert "EPSG:9210" in _post(desk, sent).json()["detail"]
    sent["geometry"]["coordinates"] = [10.35, 106.36]
    assert "swapped" in _post(desk, sent).json()["detail"]


@pytest.mark.parametrize("uri", ["9210", "http://www.opengis.net/def/crs/EPSG/0/32648", "<>", "EPSG:0"])
def test_a_system_that_is_not_offered_is_refused(desk: Desk, uri: str) -> None:
    answer = _post(desk, desk.sample("hotspots", 113), headers={"Content-Crs": uri})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "Content-Crs")


def test_a_code_that_is_taken_is_a_conflict_that_quotes_nobody(desk: Desk) -> None:
    sent = desk.sample("hotspots", 114)
    desk.create("hotspots", sent)
    answer = _post(desk, {**sent, "properties": {**sent["properties"], "ssid": "khác"}})
    assert (answer.status_code, answer.json()["parameter"]) == (409, "code")
    assert sent["properties"]["code"] not in answer.json()["detail"]


@pytest.mark.parametrize(
    ("uses", "status"),
    [
        ([{"code": "ONT", "area_m2": 12.5}], 201),
        ("ONT+CLN", 201),
        ([], 201),
        ([{"code": "no code"}], 400),
        (["ONT"], 400),
        ({"code": "ONT"}, 400),
        ([{"code": "ONT", "note": "a" * 5000}], 400),
    ],
)
def test_a_list_is_read_as_its_layer_reads_it(desk: Desk, uses: Any, status: int) -> None:
    sent = desk.sample("parcels", 115)
    sent["properties"] |= {"land_uses": uses, "identifier": None}
    answer = _post(desk, sent, "parcels")
    assert answer.status_code == status, answer.text
    if status == 400:
        assert answer.json()["parameter"] == "land_uses"


@pytest.mark.parametrize("name", ["limit", "crs", "dryrun", "f"])
def test_an_unknown_parameter_is_named(desk: Desk, name: str) -> None:
    answer = _post(desk, desk.sample("hotspots", 116), **{name: "1"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, name)


def test_a_merge_names_no_other_feature(desk: Desk) -> None:
    path, tag = desk.create("hotspots", desk.sample("hotspots", 117))
    for body, name in (
        ({"id": 1}, "id"),
        ({"type": "Point"}, "type"),
        ({"geometry": None}, "geometry"),
        ({"properties": {"code": None}}, "code"),
        ({"properties": [1]}, "properties"),
    ):
        answer = desk.change("PATCH", path, tag, body)
        assert (answer.status_code, answer.json()["parameter"]) == (400, name)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
_SHAPES = st.sampled_from(["Point", "Polygon", "MultiPolygon", "LineString", "MultiLineString"])
_COORDINATES = st.recursive(
    st.sampled_from([106.36, 106.3601, 10.35, 10.3501, 0, -1e9]) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=24,
)


def _bodies(layer: str) -> st.SearchStrategy[Any]:
    """Features of a layer that are nearly right, and anything else."""
    known = installed_layers()[layer].properties
    names = st.sampled_from([p.name for p in known])
    declared = st.sampled_from([value for p in known for value in p.values] or [""])
    feature = st.fixed_dictionaries(
        {},
        optional={
            "type": st.just("Feature") | _JSON,
            "properties": st.dictionaries(names | st.text(max_size=8), _JSON | declared, max_size=8) | _JSON,
            "geometry": st.fixed_dictionaries({"type": _SHAPES, "coordinates": _COORDINATES}) | _JSON,
            "id": _JSON,
        },
    )
    return feature | _JSON


@pytest.mark.parametrize("layer", ["hotspots", "cameras", "streets", "parcels"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), method=st.sampled_from(["POST", "PUT", "PATCH"]))
def test_no_body_is_answered_with_a_fault_of_ours(
    desk: Desk, layer: str, data: st.DataObject, method: str
) -> None:
    raw = json.dumps(data.draw(_bodies(layer))).encode("utf-8", "surrogatepass")
    path = f"{layer}/items" + ("" if method == "POST" else f"/{_some_feature(desk, layer)}")
    for dry_run in ("true", "false"):
        answer = desk.send(method, path, Role.ADMIN, raw=raw, dry_run=dry_run, headers={"If-Match": "*"})
        assert answer.status_code in (200, 201, 400, 409), answer.text


def _some_feature(desk: Desk, layer: str) -> int:
    found = desk.value(f"SELECT max(id) FROM layer.{layer}")  # noqa: S608
    if found is None:
        path, _ = desk.create(layer, desk.sample(layer, 118))
        found = path.rpartition("/")[2]
    return int(found)
