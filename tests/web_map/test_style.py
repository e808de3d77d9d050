"""The style must be one that MapLibre takes, and must ask of the tiles only what is in them."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer import Registry
from web_map.assets.vendor import NODE_MODULES, font_faces, vendor_files
from web_map.style.document import map_style
from web_map.style.lines import pixels_per_metre

VALIDATOR = """
import {validateStyleMin} from '%s';
let text = ''; for await (const part of process.stdin) text += part;
console.log(JSON.stringify(validateStyleMin(JSON.parse(text)).map((fault) => fault.message)));
"""


@pytest.fixture(params=[Role.PUBLIC, Role.ENFORCEMENT, Role.ADMIN])
def style(request: pytest.FixtureRequest, city: City, layers: Registry) -> dict[str, Any]:
    visible = [layer for layer in layers.values() if request.param in layer.audience]
    return map_style(visible, city, "vi", font_faces(vendor_files()))


def _got(expression: Any) -> Iterator[str]:
    if isinstance(expression, list):
        if len(expression) == 2 and expression[0] == "get":
            yield expression[1]
        for part in expression:
            yield from _got(part)
    elif isinstance(expression, dict):
        for part in expression.values():
            yield from _got(part)


def test_every_style_layer_has_its_source_and_a_name_of_its_own(style: dict[str, Any]) -> None:
    names = [layer["id"] for layer in style["layers"]]
    assert len(names) == len(set(names))
    for layer in style["layers"]:
        if layer["type"] != "background":
            assert layer["source"] in style["sources"]
            assert layer["source-layer"] == layer["source"]


def test_the_style_reads_only_properties_that_tiles_carry(style: dict[str, Any], layers: Registry) -> None:
    for drawn in style["layers"]:
        if drawn["type"] == "background":
            continue
        layer = layers[drawn["source"]]
        in_tile = {
            p.name for p in layer.properties_for(Role.PUBLIC) + layer.properties_for(Role.ADMIN) if p.in_tile
        }
        asked = set(_got([drawn["paint"], drawn["layout"], drawn.get("filter", [])]))
        assert asked <= in_tile, f"{drawn['id']} reads {asked - in_tile}"


def test_staff_layers_are_in_the_style_of_staff_alone(
    map_client: TestClient, enforcement_client: TestClient, layers: Registry
) -> None:
    public = map_client.get("/map/style.json").json()["sources"].keys()
    staff = enforcement_client.get("/map/style.json").json()["sources"].keys()
    assert set(public) == {n for n, layer in layers.items() if Role.PUBLIC in layer.audience}
    assert staff - public == {
        n
        for n, layer in layers.items()
        if Role.ENFORCEMENT in layer.audience and Role.PUBLIC not in layer.audience
    }
    assert staff - public


def test_sources_ask_this_host_alone_and_keep_the_zooms_of_their_layer(
    style: dict[str, Any], layers: Registry
) -> None:
    for name, source in style["sources"].items():
        assert source["tiles"] == [f"/ogc/collections/{name}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"]
        assert source["minzoom"] == layers[name].zooms[0]
        assert source["minzoom"] <= source["maxzoom"] <= layers[name].zooms[1]


def test_every_font_and_picture_named_is_served(style: dict[str, Any], map_client: TestClient) -> None:
    for faces in style["font-faces"].values():
        for face in faces:
            assert map_client.get(face["url"]).headers["content-type"] == "font/woff2"
    fonts = {font for drawn in style["layers"] for font in drawn.get("layout", {}).get("text-font", [])}
    assert fonts <= set(style["font-faces"])
    assert fonts


def test_every_layer_has_an_opacity_that_the_slider_can_turn(style: dict[str, Any]) -> None:
    for drawn in style["layers"]:
        if drawn["type"] != "background":
            assert 0 < drawn["metadata"]["gis:opacity"] <= 1


def test_maplibre_finds_no_fault_in_the_style(style: dict[str, Any]) -> None:
    package = NODE_MODULES / "@maplibre/maplibre-gl-style-spec"
    entry = json.loads((package / "package.json").read_text())["module"]
    node = Path(__file__).parents[2] / ".venv/bin/node"
    outcome = subprocess.run(  # noqa: S603
        [str(node), "--input-type=module", "-e", VALIDATOR % (package / entry)],
        input=json.dumps(style),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(outcome.stdout) == []


def test_a_metre_is_drawn_as_long_as_it_is() -> None:
    # One tile of zoom 0 is 512 pixels around the equator; each zoom doubles.
    assert pixels_per_metre(0, 0.0) == pytest.approx(512 / 40_075_016.686)
    assert pixels_per_metre(18, 60.0) == pytest.approx(2 * pixels_per_metre(18, 0.0))


def _height(expression: Any, zone: dict[str, str]) -> int:
    """What the sort key of a fill comes to for a zone."""
    if isinstance(expression, int):
        return expression
    if expression[0] == "+":
        return sum(_height(part, zone) for part in expression[1:])
    kind, (_, name), *branches, otherwise = expression
    assert kind == "match"
    for values, then in zip(branches[::2], branches[1::2], strict=True):
        if zone[name] == values or zone[name] in (values if isinstance(values, list) else []):
            return _height(then, zone)
    return _height(otherwise, zone)


def test_the_plan_that_governs_is_the_one_that_is_seen(layers: Registry, city: City) -> None:
    style = map_style([layers["zoning"]], city, "vi", {})
    fill = next(drawn for drawn in style["layers"] if drawn["id"] == "zoning-fill")
    from_the_ground_up = [
        ("land_function", "chung", "DKV"),
        ("land_function", "chung", "DGT"),
        ("land_function", "phan_khu", "none of the legend's"),
        ("land_function", "phan_khu", "DKV"),
        ("land_function", "chi_tiet", "ODT"),
        ("land_function", "chi_tiet", "DKV"),
        ("road_reserve", "chung", "DGT"),
        ("heritage", "chung", "HL"),
    ]
    heights = [
        _height(fill["layout"]["fill-sort-key"], {"theme": theme, "plan_level": level, "function_code": code})
        for theme, level, code in from_the_ground_up
    ]
    assert heights == sorted(set(heights))
