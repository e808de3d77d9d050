"""Maps of a box (OGC API Maps), and rasters among the collections."""

from collections.abc import Mapping

import numpy as np
import pytest
from starlette.testclient import TestClient

from gis_platform.access.roles import Role
from gis_platform.geometry.crs import transformer
from tests.support.problems import MEDIA_TYPE as PROBLEM
from tests.support.rasters import BOX, MIDDLE, pixels
from tests.support.staff import Headers

MAP = "/ogc/collections/soil_salinity/map"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


def test_a_map_of_everything(rasters: TestClient) -> None:
    answer = rasters.get(MAP, params={"f": "png"})
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    assert [float(edge) for edge in answer.headers["content-bbox"].split(",")] == pytest.approx(BOX)
    picture = pixels(answer.content)
    assert picture.shape == (4, 768, 1024)
    assert not picture[3, :380, :510].any()
    assert picture[3, 390:, :].all()
    assert picture[3, :, 514:].all()


@pytest.mark.parametrize(
    ("size", "shape"),
    [({"width": 200}, (150, 200)), ({"height": 90}, (90, 120)), ({"width": 10, "height": 2048}, (2048, 10))],
)
def test_size_follows_what_is_asked(
    rasters: TestClient, size: dict[str, int], shape: tuple[int, int]
) -> None:
    assert pixels(rasters.get(MAP, params=size).content).shape == (4, *shape)


def test_a_box_in_any_system_shows_the_same_ground(rasters: TestClient) -> None:
    """The right half has data; the box is the same ground to a metre, in the axis order of each authority."""
    west, south, east, north = (MIDDLE[0], 10.341, MIDDLE[0] + 0.01, 10.369)
    asked = [
        {"bbox": f"{west},{south},{east},{north}"},
        {"bbox": f"{south},{west},{north},{east}", "bbox-crs": f"{EPSG}4326", "crs": f"{EPSG}4326"},
    ]
    for srid in (3857, 9210):
        (x0, y0), (x1, y1) = (transformer(4326, srid).point(*p) for p in ((west, south), (east, north)))
        asked.append({"bbox": f"{x0},{y0},{x1},{y1}", "bbox-crs": f"{EPSG}{srid}"})
    for one in asked:
        answer = rasters.get(MAP, params=one | {"width": "40", "height": "40"})
        assert answer.status_code == 200, answer.text
        told = [float(edge) for edge in answer.headers["content-bbox"].split(",")]
        if one.get("crs"):
            told = [told[1], told[0], told[3], told[2]]
        assert told == pytest.approx((west, south, east, north), abs=2e-5)
        assert pixels(answer.content)[3].all()


def test_a_map_in_web_mercator(rasters: TestClient) -> None:
    answer = rasters.get(MAP, params={"crs": f"{EPSG}3857", "width": "64"})
    assert answer.headers["content-crs"] == f"<{EPSG}3857>"
    west = float(answer.headers["content-bbox"].split(",")[0])
    assert west == pytest.approx(transformer(4326, 3857).point(BOX[0], BOX[1])[0], abs=0.1)


def test_a_box_elsewhere_is_an_empty_map(rasters: TestClient) -> None:
    answer = rasters.get(MAP, params={"bbox": "10,50,11,51", "width": "20", "height": "20"})
    assert answer.status_code == 200
    assert not pixels(answer.content).any()


def test_a_box_over_the_edge_is_empty_beyond_it(rasters: TestClient) -> None:
    box = f"{BOX[2] - 0.01},{BOX[1]},{BOX[2] + 0.01},{BOX[3]}"
    alpha = pixels(rasters.get(MAP, params={"bbox": box, "width": "100", "height": "50"}).content)[3]
    assert alpha[:, :50].all()
    assert not alpha[:, 50:].any()


def test_a_map_is_of_its_day(rasters: TestClient) -> None:
    pictures = [
        pixels(rasters.get(MAP, params={"datetime": day, "width": "8"}).content)
        for day in ("2025-01-28", "2025-02-28/..", "../2025-02-28", "2025-03-27T17:30:00Z")
    ]
    assert not np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])
    # Half past midnight of the 28th in the city.
    assert np.array_equal(pictures[1], pictures[3])


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"bbox": "170,10,-170,11"}, "bbox"),
        ({"bbox": "106.3,10.4,106.4,10.3"}, "bbox"),
        ({"bbox": "106.3,10.3,106.3,10.3"}, "bbox"),
        ({"bbox": "nan,10.3,106.4,10.4"}, "bbox"),
        ({"bbox": "106.3,10.3,106.4"}, "bbox"),
        ({"bbox": "1e308,1e308,1e309,1e309"}, "bbox"),
        ({"bbox": "-181,10.3,106.4,10.4"}, "bbox"),
        ({"bbox": "0,0,1e300,1e300", "bbox-crs": f"{EPSG}3857"}, "bbox"),
        ({"bbox": "-180,-90,180,90", "crs": f"{EPSG}3857"}, "bbox"),
        ({"bbox": "1" * 300}, "bbox"),
        ({"bbox": "106.3,10.3,106.4,10.4", "bbox-crs": "EPSG:99999"}, "bbox-crs"),
        ({"bbox-crs": f"{EPSG}4326"}, "bbox-crs"),
        ({"crs": f"{EPSG}9210"}, "crs"),
        ({"width": "0"}, "width"),
        ({"width": "2049"}, "width"),
        ({"height": "100000000"}, "height"),
        ({"width": "-5"}, "width"),
        ({"width": "NaN"}, "width"),
        ({"f": "tiff"}, "f"),
        ({"datetime": "2025-03-01/2025-01-01"}, "datetime"),
        ({"datetime": "2025-13-01"}, "datetime"),
        ({"datetime": "a/b/c"}, "datetime"),
        ({"url": "http://x/a.tif"}, "url"),
    ],
)
def test_what_cannot_be_asked_is_named(rasters: TestClient, asked: dict[str, str], parameter: str) -> None:
    answer = rasters.get(MAP, params=asked)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["parameter"] == parameter


def test_rasters_stand_among_the_collections(
    rasters: TestClient, raster_staff: Mapping[Role, Headers]
) -> None:
    def names(headers: Headers) -> set[str]:
        listed = rasters.get("/ogc/collections", headers=headers).json()["collections"]
        return {one["id"] for one in listed}

    assert {"soil_salinity", "orthophoto", "parcels"} <= names({})
    assert "land_cover" not in names({})
    assert "land_cover" in names(raster_staff[Role.STEWARD])
    assert "land_cover" not in names(raster_staff[Role.OPERATOR])


def test_the_document_tells_dates_source_and_that_a_model_made_it(rasters: TestClient) -> None:
    document = rasters.get("/ogc/collections/soil_salinity").json()
    assert document["dates"] == ["2025-01-28", "2025-02-28", "2025-03-28"]
    assert document["extent"]["spatial"]["bbox"] == [pytest.approx(BOX)]
    assert document["extent"]["temporal"]["interval"] == [["2025-01-28T00:00:00Z", "2025-03-28T00:00:00Z"]]
    assert document["raster"]["unit"] == "dS/m"
    assert document["raster"]["model_output"]
    assert "chưa được kiểm chứng" in document["description"]
    assert document["attribution"] == "Trạm quan trắc"
    assert document["rights"] == "CC-BY-4.0"
    relations = {link["rel"] for link in document["links"]}
    assert {"http://www.opengis.net/def/rel/ogc/1.0/map", "item", "self"} <= relations
    assert rasters.get("/ogc/collections/orthophoto").json()["synthetic"]


def test_every_link_of_a_raster_leads_somewhere(rasters: TestClient) -> None:
    document = rasters.get("/ogc/collections/soil_salinity").json()
    tilesets = rasters.get("/ogc/collections/soil_salinity/map/tiles").json()
    tileset = rasters.get("/ogc/collections/soil_salinity/map/tiles/WebMercatorQuad").json()
    links = document["links"] + tilesets["links"] + tilesets["tilesets"][0]["links"] + tileset["links"]
    filled = {
        "{tileMatrix}": "3", "{tileRow}": "3", "{tileCol}": "6", "{lon}": "106.36", "{lat}": "10.35"
    }  # fmt: skip
    for link in links:
        address = link["href"]
        for place, value in filled.items():
            address = address.replace(place, value)
        answer = rasters.get(address)
        assert answer.status_code == 200, (address, answer.text)
        assert answer.headers["content-type"].startswith(link["type"]), address


def test_a_tileset_is_described(rasters: TestClient) -> None:
    tileset = rasters.get("/ogc/collections/soil_salinity/map/tiles/WebMercatorQuad").json()
    assert tileset["dataType"] == "map"
    assert tileset["tileMatrixSetURI"].endswith("WebMercatorQuad")
    assert tileset["boundingBox"]["lowerLeft"] == pytest.approx(BOX[:2])
    assert {link["type"] for link in tileset["links"] if link["rel"] == "item"} == {"image/png", "image/webp"}


def test_a_raster_has_a_page(rasters: TestClient) -> None:
    page = rasters.get("/ogc/collections/soil_salinity", headers={"Accept": "text/html"})
    assert "Độ mặn của đất" in page.text
    listed = rasters.get("/ogc/collections", headers={"Accept": "text/html"})
    assert "Độ mặn của đất" in listed.text
    assert "/ogc/collections/soil_salinity/items" not in listed.text


def test_unknown_names_are_told_as_before(rasters: TestClient) -> None:
    answer = rasters.get("/ogc/collections/nothing")
    assert answer.status_code == 404
    assert "parcels" in answer.json()["detail"]


def test_what_is_declared_is_what_these_tests_prove(rasters: TestClient) -> None:
    declared = set(rasters.get("/ogc/conformance").json()["conformsTo"])
    spec = "http://www.opengis.net/spec"
    assert f"{spec}/ogcapi-maps-1/1.0/conf/core" in declared
    assert f"{spec}/ogcapi-maps-1/1.0/conf/png" in declared
    assert f"{spec}/ogcapi-tiles-1/1.0/conf/png" in declared
    assert not any("edr" in uri for uri in declared)
