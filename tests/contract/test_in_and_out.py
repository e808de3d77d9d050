"""A feature goes in by a delivery and comes out by every door, for those who may see it and as they may."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gis_platform.access.roles import Role
from gis_platform.layer import Layer
from gis_platform.serving.filterable import filterable
from tests.contract.conftest import SOURCE_DATE, Delivered
from tests.support.features import LAT, LON, STEP
from tests.support.layers import LAYERS, each_layer, each_view
from tests.support.mercator import place_in_tile, tile_at
from tests.support.mvt import read_tile

NEAR = f"{LON},{LAT - STEP},{LON + 2 * STEP},{LAT + STEP}"
FAR = f"{LON + 0.01},{LAT},{LON + 0.02},{LAT + 0.01}"

HISTORY = [layer for layer in LAYERS if layer.history]


def _same(sent: Any, got: Any) -> bool:
    if isinstance(sent, datetime):
        return datetime.fromisoformat(got) == sent
    return bool(got == (sent.isoformat() if isinstance(sent, date) else sent))


def _check(layer: Layer, role: Role, delivered: Delivered, feature: dict[str, Any]) -> None:
    sent = delivered.features[layer.name]
    seen = [p.name for p in layer.properties_for(role)]
    assert list(feature["properties"]) == seen
    wrong = [n for n in seen if not _same(sent["properties"][n], feature["properties"][n])]
    assert wrong == []
    assert feature["geometry"]["type"] == sent["geometry"]["type"]
    x, y = _first(feature["geometry"]["coordinates"])
    sent_x, sent_y = _first(sent["geometry"]["coordinates"])
    assert (x, y) == pytest.approx((sent_x, sent_y), abs=STEP / 2)


def _first(coordinates: Any) -> tuple[float, float]:
    while isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return coordinates[0], coordinates[1]


def _only_item(layer: Layer, role: Role, delivered: Delivered, **asked: Any) -> dict[str, Any]:
    answer = delivered.get(f"/ogc/collections/{layer.name}/items", role, **asked)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    assert (page["numberMatched"], page["numberReturned"], len(page["features"])) == (1, 1, 1)
    assert page["hidden"] == [p.name for p in layer.hidden_from(role)]
    feature: dict[str, Any] = page["features"][0]
    return feature


@each_view(seen=True)
def test_by_items_and_by_id(delivered: Delivered, layer: Layer, role: Role) -> None:
    feature = _only_item(layer, role, delivered)
    _check(layer, role, delivered, feature)
    one = delivered.get(f"/ogc/collections/{layer.name}/items/{feature['id']}", role)
    assert one.status_code == 200
    _check(layer, role, delivered, one.json())


@each_view(seen=True)
def test_by_place(delivered: Delivered, layer: Layer, role: Role) -> None:
    _check(layer, role, delivered, _only_item(layer, role, delivered, bbox=NEAR))
    away = delivered.get(f"/ogc/collections/{layer.name}/items", role, bbox=FAR).json()
    assert (away["numberMatched"], away["features"]) == (0, [])


@each_view(seen=True)
def test_by_the_value_of_each_property(delivered: Delivered, layer: Layer, role: Role) -> None:
    sent = delivered.features[layer.name]["properties"]
    for name in filterable(layer, role):
        value = sent[name]
        text = value.isoformat() if isinstance(value, date) else str(value)
        _only_item(layer, role, delivered, **{name: text})


@each_view(seen=True)
def test_in_a_tile(delivered: Delivered, layer: Layer, role: Role) -> None:
    feature = _only_item(layer, role, delivered)
    z, x, y = tile_at(LON + STEP, LAT, layer.zooms[1] - 4)
    answer = delivered.get(f"/ogc/collections/{layer.name}/tiles/WebMercatorQuad/{z}/{y}/{x}", role)
    assert answer.status_code == 200
    tile = read_tile(answer.content)[layer.name]
    (drawn,) = tile.features
    assert drawn.id == feature["id"]
    shown = {p.name: feature["properties"][p.name] for p in layer.properties_for(role) if p.in_tile}
    assert drawn.properties == shown
    lon, lat = place_in_tile(z, x, y, *drawn.points[0], extent=tile.extent)
    assert (lon, lat) == pytest.approx((LON + STEP, LAT), abs=STEP / 2)


@each_view(seen=False)
def test_every_door_is_shut_to_others(delivered: Delivered, layer: Layer, role: Role) -> None:
    expected = 401 if role is Role.PUBLIC else 403
    z, x, y = tile_at(LON + STEP, LAT, layer.zooms[1])
    base = f"/ogc/collections/{layer.name}"
    for path in (base, f"{base}/items", f"{base}/items/1", f"{base}/tiles/WebMercatorQuad/{z}/{y}/{x}"):
        answer = delivered.get(path, role)
        assert answer.status_code == expected, path
        assert answer.headers["content-type"] == "application/problem+json"


@each_view(seen=True)
def test_it_says_what_it_hides(delivered: Delivered, layer: Layer, role: Role) -> None:
    told = delivered.get(f"/ogc/collections/{layer.name}", role).json()
    assert told["access"]["hidden_properties"] == [p.name for p in layer.hidden_from(role)]
    assert (told["access"]["reason"] is None) == (not layer.hidden_from(role))
    every = delivered.get("/ogc/collections", role).json()
    seen = {la.name for la in LAYERS if role in la.audience}
    assert {c["id"] for c in every["collections"]} == {*seen, "catalogue"}
    assert every["hidden"]["count"] == len(LAYERS) - len(seen)


@each_view(seen=True)
def test_its_age_is_told(delivered: Delivered, layer: Layer, role: Role) -> None:
    told = {line["id"]: line for line in delivered.get("/api/layers", role).json()}
    assert set(told) == {la.name for la in LAYERS if role in la.audience}
    assert told[layer.name]["source_date"] == SOURCE_DATE.isoformat()
    assert told[layer.name]["overdue"] == (layer.cycle.value is not None)


@each_layer(HISTORY)
def test_it_was_not_there_before_its_day_nor_known_before_it_came(delivered: Delivered, layer: Layer) -> None:
    role = min(layer.audience)
    path = f"/ogc/collections/{layer.name}/items"
    for asked, count in (
        ({"as_of": SOURCE_DATE.isoformat()}, 1),
        ({"as_of": "2020-08-31"}, 0),
        ({"as_of": "2020-09-02", "known_at": "2020-12-31T00:00:00Z"}, 0),
        ({"known_at": datetime.now(UTC).isoformat()}, 1),
    ):
        answer = delivered.get(path, role, **asked).json()
        assert (answer["numberMatched"], len(answer["features"])) == (count, count), asked
