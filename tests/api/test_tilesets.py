"""What is told of the tiles: the grid, the limits, and exactly what a reader finds in a tile."""

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.layer.registry import installed_layers
from tests.support.mvt import read_tile
from tests.support.problems import problem
from tests.support.staff import Headers

TILES = "/ogc/collections/{}/tiles/WebMercatorQuad"
PUBLIC = [name for name, layer in installed_layers().items() if Role.PUBLIC in layer.audience]


def _get(client: TestClient, path: str, headers: Headers | None = None) -> Any:
    answer = client.get(path, headers=headers or {})
    assert answer.status_code == 200, answer.text
    return answer.json()


def _links(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {link["rel"]: link for link in document["links"]}


def test_the_grid_is_the_one_tiles_are_cut_by(city_client: TestClient) -> None:
    (listed,) = _get(city_client, "/ogc/tileMatrixSets")["tileMatrixSets"]
    assert listed["id"] == "WebMercatorQuad"
    grid = _get(city_client, "/ogc/tileMatrixSets/WebMercatorQuad")
    assert grid["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
    assert grid["uri"] == listed["uri"]
    for zoom, matrix in enumerate(grid["tileMatrices"]):
        assert matrix["id"] == str(zoom)
        assert matrix["matrixWidth"] == matrix["matrixHeight"] == 2**zoom
        assert matrix["cellSize"] * 256 * 2**zoom == pytest.approx(40_075_016.6855785)
    problem(city_client.get("/ogc/tileMatrixSets/WorldCRS84Quad"), 404, "tileMatrixSet")


@pytest.mark.parametrize("name", PUBLIC)
def test_a_tileset_says_where_its_tiles_are(city_client: TestClient, name: str) -> None:
    (one,) = _get(city_client, f"/ogc/collections/{name}/tiles")["tilesets"]
    for member in ("dataType", "crs", "tileMatrixSetURI"):
        assert one[member] == _get(city_client, TILES.format(name))[member]
    tileset = _get(city_client, TILES.format(name))
    assert tileset["dataType"] == "vector"
    template = _links(tileset)["item"]
    assert template["templated"] is True
    assert template["type"] == "application/vnd.mapbox-vector-tile"
    for limits in tileset["tileMatrixSetLimits"][:2]:
        address = template["href"].format(
            tileMatrix=limits["tileMatrix"], tileRow=limits["minTileRow"], tileCol=limits["minTileCol"]
        )
        assert city_client.get(address).status_code in {200, 204}


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.ENFORCEMENT, Role.ADMIN])
def test_what_is_told_to_be_in_a_tile_is_in_it(
    city_client: TestClient, staff: Mapping[Role, Headers], role: Role
) -> None:
    """The tile with the first feature of each layer holds nothing untold, and nothing of another type."""
    read: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    looked_at = 0
    for name, layer in installed_layers().items():
        if role not in layer.audience:
            continue
        tileset = _get(city_client, TILES.format(name), staff[role])
        (told,) = tileset["layers"]
        schemas = told["propertiesSchema"]["properties"]
        features = _get(city_client, f"/ogc/collections/{name}/items?limit=1", staff[role])["features"]
        if not features:
            continue
        place = _first_place(features[0]["geometry"]["coordinates"])
        tiles = _tilejson_tiles(city_client, name, staff[role])
        zoom = min(16, layer.zooms[1])
        x, y = _tile_of(place, zoom)
        limits = next(li for li in tileset["tileMatrixSetLimits"] if li["tileMatrix"] == str(zoom))
        assert limits["minTileCol"] <= x <= limits["maxTileCol"]
        assert limits["minTileRow"] <= y <= limits["maxTileRow"]
        answer = city_client.get(tiles.format(z=zoom, y=y, x=x), headers=staff[role])
        assert answer.status_code == 200, (name, zoom, x, y)
        for feature in read_tile(answer.content)[told["id"]].features:
            for key, value in feature.properties.items():
                assert isinstance(value, read[schemas[key]["type"]]), (name, key, value)
                looked_at += 1
    assert looked_at > 10


def test_blocks_seen_from_afar_are_told_of(city_client: TestClient) -> None:
    coarse = {name: layer.coarse for name, layer in installed_layers().items() if layer.coarse is not None}
    assert "parcels" in coarse
    for name, drawn in coarse.items():
        assert drawn is not None
        (told,) = _get(city_client, TILES.format(name))["layers"]
        schema = told["propertiesSchema"]["properties"]["features"]
        assert str(drawn.below) in schema["description"]
        assert int(told["minTileMatrix"]) < drawn.below
        feature = _get(city_client, f"/ogc/collections/{name}/items?limit=1")["features"][0]
        zoom = drawn.below - 1
        x, y = _tile_of(_first_place(feature["geometry"]["coordinates"]), zoom)
        answer = city_client.get(_tilejson_tiles(city_client, name, {}).format(z=zoom, y=y, x=x))
        blocks = read_tile(answer.content)[name].features
        assert blocks
        assert all(set(block.properties) == {"features"} for block in blocks)
        assert all(block.properties["features"] >= schema["minimum"] for block in blocks)


def _first_place(coordinates: Any) -> tuple[float, float]:
    while isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return coordinates[0], coordinates[1]


def _tile_of(place: tuple[float, float], zoom: int) -> tuple[int, int]:
    from morecantile import tms

    tile = tms.get("WebMercatorQuad").tile(*place, zoom)
    return tile.x, tile.y


def _tilejson_tiles(client: TestClient, name: str, headers: Headers) -> str:
    document = _get(client, TILES.format(name) + "/tilejson", headers)
    return str(document["tiles"][0])


def test_limits_are_those_of_the_bounds(city_client: TestClient) -> None:
    """Against the library's own reckoning, at every zoom."""
    tileset = _get(city_client, TILES.format("zoning"))
    west, south = tileset["boundingBox"]["lowerLeft"]
    east, north = tileset["boundingBox"]["upperRight"]
    for limits in tileset["tileMatrixSetLimits"]:
        zoom = int(limits["tileMatrix"])
        left, top = _tile_of((west, north), zoom)
        right, bottom = _tile_of((east, south), zoom)
        assert (limits["minTileCol"], limits["maxTileCol"]) == (left, right)
        assert (limits["minTileRow"], limits["maxTileRow"]) == (top, bottom)


@pytest.mark.parametrize("name", PUBLIC)
def test_tilejson_says_the_same(city_client: TestClient, name: str) -> None:
    tileset = _get(city_client, TILES.format(name))
    document = _get(city_client, TILES.format(name) + "/tilejson")
    (vector,) = document["vector_layers"]
    (described,) = tileset["layers"]
    assert document["tilejson"] == "3.0.0"
    assert vector["id"] == described["id"]
    assert set(vector["fields"]) == set(described["propertiesSchema"]["properties"])
    zooms = [limits["tileMatrix"] for limits in tileset["tileMatrixSetLimits"]]
    assert [str(document["minzoom"]), str(document["maxzoom"])] == [zooms[0], zooms[-1]]
    west, south, east, north = document["bounds"]
    assert west < document["center"][0] < east
    assert south < document["center"][1] < north


def test_one_resource_in_two_forms(city_client: TestClient) -> None:
    path, kind = TILES.format("parcels"), "application/vnd.mapbox.tile+json"
    plain = city_client.get(path + "/tilejson")
    assert plain.headers["content-type"] == kind
    for answer in (
        city_client.get(path, params={"f": "tilejson"}),
        city_client.get(path, headers={"Accept": kind}),
    ):
        assert answer.headers["content-type"] == kind
        assert answer.json() == plain.json()
    both = city_client.get(path, params={"f": "json"}, headers={"Accept": kind})
    assert both.headers["content-type"] == "application/json"
    problem(city_client.get(path, params={"f": "xml"}), 400, "f")


def test_titles_come_in_both_languages(city_client: TestClient) -> None:
    path = TILES.format("parcels")
    assert _get(city_client, path)["title"] == "Thửa đất"
    assert _get(city_client, f"{path}?lang=en")["title"] == "Parcels"
    problem(city_client.get(path, params={"lang": "fr"}), 400, "lang")


@pytest.mark.parametrize("path", ["", "/WebMercatorQuad", "/WebMercatorQuad/tilejson"])
def test_who_may_not_see_a_layer_is_told_nothing_of_its_tiles(
    city_client: TestClient, staff: Mapping[Role, Headers], path: str
) -> None:
    hidden = f"/ogc/collections/violations/tiles{path}"
    problem(city_client.get(hidden), 401)
    assert city_client.get(hidden, headers=staff[Role.ENFORCEMENT]).status_code == 200
    problem(city_client.get(f"/ogc/collections/nothing/tiles{path}"), 404, "collection")
