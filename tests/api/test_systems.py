"""Every system a collection lists is one it answers in, and takes boxes in (OGC API Features, part 2)."""

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from tests.support.problems import problem

HERE = "/ogc/collections/hotspots"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def test_each_listed_system_is_answered_in(city_client: TestClient) -> None:
    systems = city_client.get(HERE).json()["crs"]
    assert systems[0] == CRS84
    for crs in systems:
        for path in (f"{HERE}/items", f"{HERE}/items/1"):
            answer = city_client.get(path, params={"crs": crs})
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-crs"] == f"<{crs}>", path
    for path in (f"{HERE}/items", f"{HERE}/items/1"):
        assert city_client.get(path).headers["content-crs"] == f"<{CRS84}>"
        problem(city_client.get(path, params={"crs": f"{EPSG}2154"}), 400, "crs")


@pytest.mark.parametrize(("srid", "flip"), [(4326, True), (3857, False), (9210, False), (5897, False)])
def test_coordinates_are_those_of_the_database(
    city_client: TestClient, small_city: Logins, srid: int, flip: bool
) -> None:
    """And latitude comes first where the authority says so."""
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT ST_X(g), ST_Y(g)"
            " FROM (SELECT ST_Transform(geom, %s) AS g FROM layer.hotspots WHERE id = 1) x",
            (srid,),
        ).fetchone()
    assert row is not None
    told = city_client.get(f"{HERE}/items/1", params={"crs": f"{EPSG}{srid}"}).json()
    expected = row[::-1] if flip else row
    assert told["geometry"]["coordinates"] == pytest.approx(expected, abs=1e-6 if srid == 4326 else 0.01)


@pytest.mark.parametrize("srid", [4326, 3857, 9210, 5897, 3405])
def test_a_box_may_be_in_any_of_them(city_client: TestClient, srid: int) -> None:
    one = city_client.get(f"{HERE}/items/1", params={"crs": f"{EPSG}{srid}"}).json()
    first, second = one["geometry"]["coordinates"]
    reach = 1e-6 if srid == 4326 else 0.1
    box = f"{first - reach},{second - reach},{first + reach},{second + reach}"
    asked = {"bbox": box, "bbox-crs": f"{EPSG}{srid}"}
    found = city_client.get(f"{HERE}/items", params=asked).json()
    assert 1 in [feature["id"] for feature in found["features"]]
    assert found["numberMatched"] < city_client.get(f"{HERE}/items").json()["numberMatched"]
    problem(city_client.get(f"{HERE}/items", params=asked | {"bbox-crs": "EPSG:1"}), 400, "bbox-crs")
