"""Create, replace, update and delete over HTTP, on each layer that has editors."""

from typing import Any

import pytest

from gis_platform.access.roles import Role
from gis_platform.layer import Layer
from tests.api.editing.conftest import Desk
from tests.support.accounts import audited
from tests.support.features import LAT, LON, STEP
from tests.support.layers import LAYERS, each_layer
from tests.support.mercator import tile_at
from tests.support.mvt import read_tile

EDITED = [layer for layer in LAYERS if layer.editors]


def _properties(desk: Desk, path: str) -> dict[str, Any]:
    answer = desk.get(path)
    assert answer.status_code == 200, answer.text
    held: dict[str, Any] = answer.json()["properties"]
    return held


@each_layer(EDITED)
def test_a_feature_lives_through_all_four(desk: Desk, layer: Layer) -> None:
    sent = desk.sample(layer.name, 100)
    path, tag = desk.create(layer.name, sent)
    assert _properties(desk, path) == sent["properties"]
    heading = layer.heading or layer.properties[0].name
    patched = desk.change("PATCH", path, tag, {"properties": {heading: "Số 9"}})
    assert patched.status_code == 200, patched.text
    assert _properties(desk, path) == {
        **sent["properties"],
        heading: "Số 9",
        "source_date": patched.json()["properties"]["source_date"],
    }
    assert patched.json()["properties"]["source_date"] > sent["properties"]["source_date"]
    replaced = desk.change("PUT", path, patched.headers["ETag"], sent)
    assert replaced.status_code == 200, replaced.text
    assert _properties(desk, path) == sent["properties"]
    gone = desk.change("DELETE", path, replaced.headers["ETag"])
    assert (gone.status_code, gone.content) == (204, b"")
    assert desk.get(path).status_code == 404


@each_layer(EDITED)
def test_what_is_written_is_seen_at_once(desk: Desk, layer: Layer) -> None:
    sent = desk.sample(layer.name, 120)
    path, _ = desk.create(layer.name, sent)
    feature_id = int(path.rpartition("/")[2])
    around = f"{LON + 119.5 * STEP},{LAT - 0.001},{LON + 120.5 * STEP},{LAT + 0.001}"
    page = desk.get(f"{layer.name}/items", bbox=around).json()
    assert feature_id in [f["id"] for f in page["features"]]
    z, x, y = tile_at(LON + 120 * STEP, LAT, 17)
    tile = desk.get(f"{layer.name}/tiles/WebMercatorQuad/{z}/{y}/{x}")
    assert feature_id in [f.id for f in read_tile(tile.content)[layer.name].features]


def test_the_answer_is_the_feature_and_its_tag_serves_the_next_change(desk: Desk) -> None:
    sent = desk.sample("hotspots", 140)
    answer = desk.send("POST", "hotspots/items", Role.OPERATOR, sent)
    assert answer.json()["properties"] == sent["properties"]
    assert answer.headers["Content-Type"] == "application/geo+json"
    path = answer.headers["Location"].partition("/ogc/collections/")[2]
    for name in ("một", "hai", "ba"):
        answer = desk.change("PATCH", path, answer.headers["ETag"], {"properties": {"ssid": name}})
        assert answer.status_code == 200, answer.text
    assert _properties(desk, path)["ssid"] == "ba"


def test_a_replacement_empties_what_it_leaves_out(desk: Desk) -> None:
    sent = desk.sample("hotspots", 141)
    sent["properties"]["status"] = "faulty"
    path, tag = desk.create("hotspots", sent)
    short = {**sent, "properties": {"code": sent["properties"]["code"], "name": "Công viên"}}
    assert desk.change("PUT", path, tag, short).status_code == 200
    held = _properties(desk, path)
    assert held["ssid"] is None
    # What the table fills by itself, it fills again.
    assert (held["status"], held["session_limit_minutes"]) == ("active", 20)


def test_names_are_stored_composed(desk: Desk) -> None:
    sent = desk.sample("hotspots", 142)
    sent["properties"]["name"] = "My\u0303 Tho"
    path, _ = desk.create("hotspots", sent)
    assert _properties(desk, path)["name"] == "Mỹ Tho"


def test_what_an_answer_gives_can_be_sent_back_and_changes_nothing(desk: Desk) -> None:
    path, tag = desk.create("parcels", desk.sample("parcels", 143))
    before = desk.value("SELECT ST_AsEWKB(geom) FROM layer.parcels WHERE id = %s", path.rpartition("/")[2])
    entries = len(audited(desk.places))
    answer = desk.change("PUT", path, tag, desk.get(path).json())
    assert answer.status_code == 200, answer.text
    assert answer.headers["ETag"] == tag
    after = desk.value("SELECT ST_AsEWKB(geom) FROM layer.parcels WHERE id = %s", path.rpartition("/")[2])
    assert after == before
    assert len(audited(desk.places)) == entries


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_a_simple_geometry_is_taken_for_a_multi(desk: Desk, kind: str) -> None:
    sent = desk.sample("waters", 144)
    if kind == "Polygon":
        sent["geometry"] = {"type": kind, "coordinates": sent["geometry"]["coordinates"][0]}
    path, _ = desk.create("waters", sent)
    assert desk.get(path).json()["geometry"]["type"] == "MultiPolygon"


def test_every_write_leaves_who_did_what_and_no_more(desk: Desk) -> None:
    sent = desk.sample("hotspots", 145)
    path, tag = desk.create("hotspots", sent, Role.OPERATOR)
    answer = desk.change("PATCH", path, tag, {"properties": {"status": "faulty"}}, role=Role.OPERATOR)
    desk.change("DELETE", path, answer.headers["ETag"])
    subject = path.replace("/items", "")
    kept = [entry for entry in audited(desk.places) if entry[2] == subject]
    assert [(actor, action) for actor, action, _, _ in kept] == [
        ("editing-operator", "feature.create"),
        ("editing-operator", "feature.update"),
        ("editing-admin", "feature.delete"),
    ]
    changed = kept[1][3]
    assert changed["changed"] == ["status", "source_date"]
    assert (changed["was"]["status"], changed["is"]["status"]) == (sent["properties"]["status"], "faulty")
    assert kept[2][3]["was"]["code"] == sent["properties"]["code"]


@pytest.mark.parametrize(
    ("uri", "srid", "swap"),
    [
        ("http://www.opengis.net/def/crs/EPSG/0/9210", 9210, False),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", 4326, True),
        ("http://www.opengis.net/def/crs/EPSG/0/3857", 3857, False),
    ],
)
def test_coordinates_come_in_the_system_that_is_named(desk: Desk, uri: str, srid: int, swap: bool) -> None:
    sent = desk.sample("hotspots", 146 + srid % 50)
    lon, lat = sent["geometry"]["coordinates"]
    place = "ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s)"
    x = desk.value(f"SELECT ST_X({place})", lon, lat, srid)
    y = desk.value(f"SELECT ST_Y({place})", lon, lat, srid)
    sent["geometry"]["coordinates"] = [y, x] if swap else [x, y]
    path, _ = desk.create("hotspots", sent, headers={"Content-Crs": f"<{uri}>"})
    assert desk.get(path).json()["geometry"]["coordinates"] == pytest.approx([lon, lat], abs=2e-8)
