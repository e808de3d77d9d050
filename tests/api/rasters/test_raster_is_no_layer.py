"""A raster has no features: who asks for some is told so, and where its map is."""

import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from tests.support.problems import problem
from tests.support.staff import Headers

OF_LAYERS = (
    "items",
    "items/1",
    "queryables",
    "sortables",
    "schema",
    "tiles",
    "tiles/WebMercatorQuad",
    "tiles/WebMercatorQuad/tilejson",
    "tiles/WebMercatorQuad/10/480/814",
    "styles",
    "styles/soil_salinity",
)


@pytest.mark.parametrize("part", OF_LAYERS)
def test_what_only_layers_have_is_refused_with_where_the_map_is(rasters: TestClient, part: str) -> None:
    told = problem(rasters.get(f"/ogc/collections/soil_salinity/{part}"), 404, "collection")["detail"]
    assert "soil_salinity is a raster: it has no features" in told
    assert "/ogc/collections/soil_salinity/map," in told


def test_a_raster_for_staff_does_not_exist_for_others(
    rasters: TestClient, raster_staff: dict[Role, Headers]
) -> None:
    items = "/ogc/collections/land_cover/items"
    assert "There is no collection" in problem(rasters.get(items), 404)["detail"]
    assert "is a raster" in problem(rasters.get(items, headers=raster_staff[Role.PLANNER]), 404)["detail"]


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("part", ["items", "items/1"])
def test_who_would_write_one_is_told_how_a_raster_changes(
    rasters: TestClient, raster_staff: dict[Role, Headers], part: str, verb: str
) -> None:
    for headers in ({}, raster_staff[Role.ADMIN]):
        answer = rasters.request(verb, f"/ogc/collections/soil_salinity/{part}", headers=headers)
        told = problem(answer, 404, "collection")
        assert "soil_salinity is a raster: it has no features" in told["detail"]
        assert ("gis-platform raster add" in told["detail"]) == (verb != "OPTIONS")
        assert "“soil_salinity” là dữ liệu ảnh" in told["detail_vi"]


def test_a_raster_for_staff_is_told_to_nobody_who_would_write(rasters: TestClient) -> None:
    told = problem(rasters.post("/ogc/collections/land_cover/items", json={}), 404, "collection")
    assert "There is no collection" in told["detail"]
