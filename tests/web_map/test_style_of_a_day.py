"""What the page needs to draw, and to list, another day: for layers that hold more than one map."""

import json
from dataclasses import replace
from typing import Any

from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer import Registry
from web_map.style.classes import DAY, filter_on
from web_map.style.document import map_style
from web_map.style.drawn import only_on, only_today


def _of(layers: Registry, city: City, name: str) -> list[dict[str, Any]]:
    return [
        part for part in map_style([layers[name]], city, "vi", {})["layers"] if part.get("source") == name
    ]


def test_units_are_drawn_by_generation_today_and_by_day_otherwise(layers: Registry, city: City) -> None:
    parts = _of(layers, city, "admin_units")
    assert {part["id"] for part in parts} == {
        "admin_units-band",
        "admin_units-outline",
        "admin_units-label",
    }
    for part in parts:
        today, other = part["filter"], part["metadata"]["gis:filter_on"]
        assert "generation" in json.dumps(today)
        assert "generation" not in json.dumps(other)
        assert json.dumps(other).count(f'"{DAY}"') == 2
        # What else a part leaves out it leaves out on every day.
        assert today[2:] == other[3:]


def test_other_layers_have_one_filter_for_all_days(layers: Registry, city: City) -> None:
    for name in ("parcels", "zoning", "streets"):
        assert all("gis:filter_on" not in part["metadata"] for part in _of(layers, city, name))


def test_a_layer_without_a_filter_of_today_has_one_of_a_day(layers: Registry) -> None:
    units = layers["admin_units"]
    every = replace(units, style=replace(units.style, drawn={}))
    assert filter_on(every, None) == filter_on(
        units, ["all", ["in", ["get", "generation"], ["literal", [3]]]]
    )


def test_lists_leave_out_what_the_map_leaves_out(layers: Registry, map_client: TestClient) -> None:
    units = layers["admin_units"]
    assert only_today(units) == "generation IN (3)"
    assert only_on(units) == (
        f"(existed_from IS NULL OR existed_from <= DATE('{DAY}')) AND "
        f"(existed_to IS NULL OR existed_to >= DATE('{DAY}'))"
    )
    assert only_today(layers["parcels"]) is only_on(layers["parcels"]) is None
    entries = {entry["id"]: entry for entry in map_client.get("/map/legend.json").json()["layers"]}
    assert entries["admin_units"]["only"] == "generation IN (3)"
    assert entries["admin_units"]["history"] is True
    assert entries["streets"]["history"] is False


def test_the_legend_says_what_to_list_of_a_feature(layers: Registry, map_client: TestClient) -> None:
    entries = {entry["id"]: entry for entry in map_client.get("/map/legend.json").json()["layers"]}
    for name, layer in layers.items():
        assert layer.brief, f"{name} says nothing in a list"
        if Role.PUBLIC in layer.audience:
            seen = {p.name for p in layer.properties_for(Role.PUBLIC)}
            assert entries[name]["brief"] == [p for p in layer.brief if p in seen]
    parcels = entries["parcels"]
    assert parcels["named"] == "Thửa {parcel_no}, tờ {sheet_no}"
    sortable = {p["name"]: p["sortable"] for p in parcels["properties"]}
    assert sortable["legal_area_m2"]
    assert not sortable["land_uses"]
