"""The look-up against an independent computation: shapely, from the raw geometries."""

import random

import psycopg
import pytest
import shapely
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from layers.planning.answer import TOLERANCE_M2

SAMPLE = 150

Area = shapely.Polygon | shapely.MultiPolygon
Ground = tuple[dict[int, Area], dict[int, tuple[str, Area]]]


@pytest.fixture(scope="module")
def ground(small_city: Logins) -> Ground:
    """Parcels and zones as the database holds them, in metres of the working grid."""
    with psycopg.connect(small_city.owner) as connection:
        parcels = connection.execute("SELECT id, ST_AsBinary(geom) FROM layer.parcels").fetchall()
        zones = connection.execute("SELECT id, theme, ST_AsBinary(geom) FROM layer.zoning").fetchall()
    return (
        {row[0]: _area(row[1]) for row in parcels},
        {row[0]: (row[1], _area(row[2])) for row in zones},
    )


def _area(wkb: bytes) -> Area:
    geometry = shapely.from_wkb(bytes(wkb))
    assert isinstance(geometry, shapely.Polygon | shapely.MultiPolygon)
    return geometry


def _answer_at(client: TestClient, small_city: Logins, parcel_id: int) -> dict[str, object]:
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS p "
            "FROM layer.parcels WHERE id = %s) inside",
            [parcel_id],
        ).fetchone()
    assert row is not None
    answer = client.get("/api/planning/lookup", params={"point": f"{row[0]:.9f},{row[1]:.9f}"})
    assert answer.status_code == 200, answer.text
    body: dict[str, object] = answer.json()
    return body


def test_hits_and_areas_agree_with_shapely(
    city_client: TestClient,
    small_city: Logins,
    ground: Ground,
) -> None:
    parcels, zones = ground
    chosen = random.Random(63).sample(sorted(parcels), SAMPLE)  # noqa: S311  # a sample, not a secret
    straddling = 0
    for parcel_id in chosen:
        parcel = parcels[parcel_id]
        expected = {
            zone_id: parcel.intersection(zone).area
            for zone_id, (_, zone) in zones.items()
            if parcel.intersects(zone) and parcel.intersection(zone).area > TOLERANCE_M2
        }
        answer = _answer_at(city_client, small_city, parcel_id)
        hits = [hit for hit in answer["affected"] if hit["parcel_id"] == parcel_id]  # type: ignore[attr-defined]
        assert {hit["feature_id"] for hit in hits} == set(expected)
        for hit in hits:
            assert hit["area_m2"] == pytest.approx(expected[hit["feature_id"]], abs=0.011)
            assert hit["share"] == pytest.approx(expected[hit["feature_id"]] / parcel.area, abs=1e-4)
        straddling += len({hit["feature_id"] for hit in hits if hit["theme"] == "land_function"}) > 1
    assert straddling, "no sampled parcel lies in two zones: the demo city no longer tests apportioning"


def test_every_theme_is_in_exactly_one_bucket(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM layer.parcels ORDER BY id LIMIT 20")]
    for parcel_id in ids:
        answer = _answer_at(city_client, small_city, parcel_id)
        buckets = [
            {(line["parcel_id"], line["theme"]) for line in answer[name]}  # type: ignore[attr-defined]
            for name in ("affected", "not_affected", "no_data")
        ]
        affected, not_affected, no_data = buckets
        assert not affected & not_affected
        assert not not_affected & no_data
        themes = {theme for parcel, theme in affected | not_affected | no_data if parcel == parcel_id}
        assert themes == {"land_function", "road_reserve", "waterway_corridor", "power_corridor", "heritage"}


def test_what_nobody_loaded_is_no_data(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute("SELECT min(id) FROM layer.parcels").fetchone()
    assert row is not None
    answer = _answer_at(city_client, small_city, row[0])
    heritage = [line for line in answer["no_data"] if line["theme"] == "heritage"]  # type: ignore[attr-defined]
    assert heritage
    assert "không có nghĩa là không bị ảnh hưởng" in heritage[0]["reason"]


@pytest.mark.parametrize("written", ["28249", "Phường 5", "phuong 5", "P.5", "p5", "F5", "P. 5"])
def test_a_unit_may_be_written_as_people_write_it(
    city_client: TestClient, small_city: Logins, written: str
) -> None:
    with psycopg.connect(small_city.owner) as connection:
        row = connection.execute(
            "SELECT sheet_no, parcel_no FROM layer.parcels WHERE unit_code = '28249' ORDER BY id LIMIT 1"
        ).fetchone()
    assert row is not None
    asked = {"sheet": str(row[0]), "parcel": str(row[1]), "unit": written}
    answer = city_client.get("/api/planning/lookup", params=asked)
    assert answer.status_code == 200, answer.text
    assert "28249" in {parcel["unit_code"] for parcel in answer.json()["parcels"]}
