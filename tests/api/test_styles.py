"""Styles as other programs find, open and read them."""

import json
import struct
import subprocess
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.layer.registry import installed_layers
from tests.support.problems import problem
from tests.support.staff import Headers
from tests.web_map.test_style import VALIDATOR
from web_map.assets.vendor import NODE_MODULES
from web_map.style.svg_path import lines_of

SHEET = "application/vnd.mapbox.style+json"
PUBLIC = [name for name, layer in installed_layers().items() if Role.PUBLIC in layer.audience]


def _get(client: TestClient, path: str, headers: Headers | None = None) -> Any:
    answer = client.get(path, headers=headers or {})
    assert answer.status_code == 200, answer.text
    return answer.json()


def _sheets(listed: Any) -> dict[str, str]:
    return {
        one["id"]: link["href"]
        for one in listed["styles"]
        for link in one["links"]
        if link["rel"] == "stylesheet"
    }


def test_each_layer_has_a_style_and_all_have_one_together(
    city_client: TestClient, staff: Mapping[Role, Headers]
) -> None:
    listed = _get(city_client, "/ogc/styles")
    assert listed["default"] == "city"
    assert set(_sheets(listed)) == {"city", *PUBLIC}
    for address in _sheets(listed).values():
        answer = city_client.get(address)
        assert answer.headers["content-type"] == SHEET
    assert "violations" in _sheets(_get(city_client, "/ogc/styles", staff[Role.ENFORCEMENT]))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["city", *PUBLIC])
def test_maplibre_finds_no_fault(city_client: TestClient, name: str, lang: str) -> None:
    sheet = _get(city_client, f"/ogc/styles/{name}?lang={lang}")
    package = NODE_MODULES / "@maplibre/maplibre-gl-style-spec"
    entry = json.loads((package / "package.json").read_text())["module"]
    node = Path(__file__).parents[2] / ".venv/bin/node"
    outcome = subprocess.run(  # noqa: S603
        [str(node), "--input-type=module", "-e", VALIDATOR % (package / entry)],
        input=json.dumps(sheet),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(outcome.stdout) == []


@pytest.mark.parametrize("name", PUBLIC)
def test_a_layer_of_its_own_paints_no_ground_over_others(city_client: TestClient, name: str) -> None:
    assert "background" not in {drawn["type"] for drawn in _get(city_client, f"/ogc/styles/{name}")["layers"]}
    assert _get(city_client, "/ogc/styles/city")["layers"][0]["type"] == "background"


def test_everything_a_style_names_is_found_from_elsewhere(city_client: TestClient) -> None:
    base = str(city_client.app.state.settings.address)  # type: ignore[attr-defined]
    sheet = _get(city_client, "/ogc/styles/city")
    addresses = [face["url"] for faces in sheet["font-faces"].values() for face in faces]
    addresses += [sheet["sprite"] + ending for ending in (".json", ".png", "@2x.json", "@2x.png")]
    for source in sheet["sources"].values():
        addresses += [source["tiles"][0].format(z=16, y=30844, x=52136)]
    for address in addresses:
        assert address.startswith(base + "/")
        assert city_client.get(address).status_code in {200, 204}, address
    drawn = json.dumps(sheet["layers"])
    index = _get(city_client, sheet["sprite"] + ".json")
    named = {name for name in index if f'"{name}"' in drawn}
    assert named
    pictures = {p.removesuffix(".svg") for p in city_client.app.state.map_files.pictures}  # type: ignore[attr-defined]
    assert {name for name in pictures if f'"{name}"' in drawn} <= set(index)


def test_the_sprite_is_a_picture_of_the_signs(city_client: TestClient) -> None:
    sprite = _get(city_client, "/ogc/styles/city")["sprite"]
    for ending, ratio in (("", 1), ("@2x", 2)):
        index = _get(city_client, f"{sprite}{ending}.json")
        content = city_client.get(f"{sprite}{ending}.png").content
        wide, high = struct.unpack(">II", content[16:24])
        start = content.index(b"IDAT") + 4
        rows = zlib.decompress(content[start : content.index(b"IEND") - 8])
        pixels = [rows[y * (wide * 4 + 1) + 1 : (y + 1) * (wide * 4 + 1)] for y in range(high)]
        for name, at in index.items():
            assert at["pixelRatio"] == ratio
            assert at["x"] + at["width"] <= wide
            assert at["y"] + at["height"] <= high
            seen = {
                pixels[at["y"] + y][4 * (at["x"] + x) + 3]
                for y in range(at["height"])
                for x in range(at["width"])
            }
            # Something is drawn, and not everywhere: corners stay clear.
            assert max(seen) > 200, name
            assert min(seen) == 0, name


def test_a_path_is_read_as_svg_has_it() -> None:
    assert lines_of("M-3 3 3-3M0 3H12v2") == [[(-3, 3), (3, -3)], [(0, 3), (12, 3), (12, 5)]]
    assert lines_of("M1 1h6v5h-6z") == [[(1, 1), (7, 1), (7, 6), (1, 6), (1, 1)]]
    (arc,) = lines_of("M0 0a5 5 0 0 1 10 0")
    assert arc[-1] == pytest.approx((10, 0))
    assert min(y for _, y in arc) == pytest.approx(-5)
    (curve,) = lines_of("M0 0c0 3 6 3 6 0")
    assert max(y for _, y in curve) == pytest.approx(2.25)


def test_a_style_of_one_layer_shows_it(city_client: TestClient) -> None:
    for name in PUBLIC:
        sheet = _get(city_client, f"/ogc/collections/{name}/styles/{name}")
        assert set(sheet["sources"]) == {name}
        assert {layer.get("layout", {}).get("visibility", "visible") for layer in sheet["layers"]} == {
            "visible"
        }
        assert list(_sheets(_get(city_client, f"/ogc/collections/{name}/styles"))) == [name]


def test_metadata_says_what_is_drawn(city_client: TestClient) -> None:
    about = _get(city_client, "/ogc/styles/city/metadata?lang=en")
    assert [layer["id"] for layer in about["layers"]] == PUBLIC
    assert about["stylesheets"][0]["link"]["type"] == SHEET
    assert _get(city_client, "/ogc/styles/parcels/metadata")["title"] == "Thửa đất"
    page = city_client.get("/ogc/styles/parcels/metadata?f=html")
    assert page.headers["content-type"].startswith("text/html")


def test_a_style_is_refused_as_its_layer_is(city_client: TestClient, staff: Mapping[Role, Headers]) -> None:
    for path in (
        "/ogc/styles/violations",
        "/ogc/styles/violations/metadata",
        "/ogc/collections/violations/styles",
    ):
        problem(city_client.get(path), 401)
        assert city_client.get(path, headers=staff[Role.ENFORCEMENT]).status_code == 200
    problem(city_client.get("/ogc/styles/nothing"), 404, "styleId")
    problem(city_client.get("/ogc/collections/parcels/styles/streets"), 404, "styleId")
    problem(city_client.get("/ogc/styles/city", params={"lang": "fr"}), 400, "lang")


def test_pages_of_other_hosts_may_read_what_everybody_may(
    city_client: TestClient, staff: Mapping[Role, Headers]
) -> None:
    sheet = _get(city_client, "/ogc/styles/city")
    tile = sheet["sources"]["parcels"]["tiles"][0].format(z=16, y=30844, x=52136)
    font = next(iter(sheet["font-faces"].values()))[0]["url"]
    for address in ("/ogc/styles/city", f"{sheet['sprite']}.png", tile, font):
        assert city_client.get(address).headers["access-control-allow-origin"] == "*", address
    answer = city_client.get("/ogc/styles/violations", headers=staff[Role.ENFORCEMENT])
    assert "access-control-allow-origin" not in answer.headers
    assert "access-control-allow-origin" not in city_client.post("/api/auth/logout").headers
