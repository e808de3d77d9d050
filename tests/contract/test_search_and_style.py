"""A layer is found by search and drawn on the map because it is declared, and only for who sees it."""

from typing import Any

import pytest

from gis_platform.access.roles import Role
from gis_platform.layer import Layer
from tests.contract.conftest import Delivered
from tests.support.features import LAT, LON, STEP
from tests.support.layers import LAYERS, each_layer, each_pair

SEARCHED = [layer for layer in LAYERS if "search" in layer.sql]


def _named(delivered: Delivered, layer: Layer, role: Role) -> list[dict[str, Any]]:
    assert layer.heading is not None
    asked = delivered.features[layer.name]["properties"][layer.heading]
    answer = delivered.get("/api/search", role, q=asked, limit=50)
    assert answer.status_code == 200, answer.text
    return [result for result in answer.json()["results"] if result["layer"] == layer.name]


@each_layer(SEARCHED)
@pytest.mark.parametrize("role", sorted(Role))
def test_who_sees_it_finds_it(delivered: Delivered, layer: Layer, role: Role) -> None:
    found = _named(delivered, layer, role)
    if role not in layer.audience:
        assert found == []
        return
    (result,) = found
    assert result["title"]
    assert (result["lon"], result["lat"]) == pytest.approx((LON + STEP, LAT), abs=STEP / 2)
    items = delivered.get(f"/ogc/collections/{layer.name}/items", role).json()
    assert result["id"] == items["features"][0]["id"]


@each_pair()
def test_it_is_drawn_for_who_sees_it(delivered: Delivered, layer: Layer, role: Role) -> None:
    style = delivered.get("/map/style.json", role).json()
    drawn = [part for part in style["layers"] if part.get("source-layer") == layer.name]
    if role not in layer.audience:
        assert drawn == []
        assert layer.name not in style["sources"]
        return
    assert drawn
    (tiles,) = style["sources"][layer.name]["tiles"]
    assert tiles == f"/ogc/collections/{layer.name}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"
    assert {part["source"] for part in drawn} == {layer.name}


@each_pair()
def test_its_legend_is_for_who_sees_it(delivered: Delivered, layer: Layer, role: Role) -> None:
    entries = {e["id"]: e for e in delivered.get("/map/legend.json", role, lang="en").json()["layers"]}
    assert (layer.name in entries) == (role in layer.audience)
    if role in layer.audience:
        entry = entries[layer.name]
        assert entry["title"] == layer.title.en
        assert [p["name"] for p in entry["properties"]] == [p.name for p in layer.properties_for(role)]
        assert entry["hidden"] == [p.title.en for p in layer.hidden_from(role)]
