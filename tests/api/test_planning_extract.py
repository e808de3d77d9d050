"""The extract over HTTP: the same answer as the look-up, with the ground around drawn from the city."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api import planning_extract
from gis_platform.database.server import Logins
from gis_platform.vietnamese_numbers import format_number
from tests.support.extracts import pages_of

ADDRESS = "/api/planning/extract.pdf"


@pytest.fixture(scope="module")
def point(small_city: Logins) -> str:
    """A place in a lot on a street that has a name."""
    with psycopg.connect(small_city.owner) as connection:
        found = connection.execute(
            "SELECT ST_X(g), ST_Y(g) FROM (SELECT p.id, ST_Transform(ST_PointOnSurface(p.geom), 4326) AS g "
            "FROM layer.parcels p JOIN layer.streets s ON ST_DWithin(p.geom, s.geom, 8) "
            "WHERE s.name IS NOT NULL AND ST_Area(p.geom) BETWEEN 80 AND 300 "
            "ORDER BY s.width_m DESC, p.id LIMIT 1) lot"
        ).fetchone()
    assert found is not None
    return f"{found[0]:.8f},{found[1]:.8f}"


def test_it_tells_what_the_look_up_tells(city_client: TestClient, point: str) -> None:
    answer = city_client.get(ADDRESS, params={"point": point})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    document: Any = city_client.get("/api/planning/lookup", params={"point": point}).json()
    text = " ".join(pages_of(answer.content))
    (parcel,) = document["parcels"]
    assert f"Thửa đất số {parcel['parcel_no']}, tờ bản đồ số {parcel['sheet_no']}" in text
    assert format_number(parcel["computed_area_m2"], 1) in text
    assert document["affected"]
    for hit in document["affected"]:
        assert hit["title"] in text
        assert format_number(hit["area_m2"], 2) in text
    assert "Dữ liệu minh hoạ" in text
    assert document["receipt"]["id"] in text
    assert document["receipt"]["url"] in text.replace(" ", "")


def test_streets_and_neighbours_stand_on_its_map(
    city_client: TestClient, small_city: Logins, point: str
) -> None:
    lon, lat = point.split(",")
    with psycopg.connect(small_city.owner) as connection:
        street = connection.execute(
            "SELECT s.name FROM layer.streets s, "
            "ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), core.working_srid()) p "
            "WHERE s.name IS NOT NULL ORDER BY s.geom <-> p LIMIT 1",
            [float(lon), float(lat)],
        ).fetchone()
    assert street is not None
    text = " ".join(pages_of(city_client.get(ADDRESS, params={"point": point}).content))
    assert street[0] in text
    assert "Thửa đất lân cận" in text


def test_english(city_client: TestClient, point: str) -> None:
    answer = city_client.get(ADDRESS, params={"point": point, "lang": "en"})
    assert "FOR REFERENCE ONLY" in pages_of(answer.content)[0]


def test_what_is_not_there_is_told_as_by_the_look_up(city_client: TestClient) -> None:
    assert city_client.get(ADDRESS, params={"point": "0,0"}).status_code == 404
    assert city_client.get(ADDRESS).status_code == 400
    assert city_client.get(ADDRESS, params={"point": "106.36,10.35", "colour": "red"}).status_code == 400


def test_when_too_many_wait_the_next_is_asked_to_come_again(
    city_client: TestClient, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def acquire(self, blocking: bool) -> bool:
            return blocking

    monkeypatch.setattr(planning_extract, "_places", Full())
    answer = city_client.get(ADDRESS, params={"point": point})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
