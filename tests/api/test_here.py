"""The short answer at a point says what the long look-up says, and nothing more."""

import random
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from gis_platform.database.server import Logins
from tests.support.problems import problem

HERE = "/api/here"


def _points(places: Logins, many: int) -> list[tuple[float, float]]:
    """Within parcels picked by a fixed dice, where their surface surely is."""
    picked = random.Random(63).sample(range(1, 2_001), many)  # noqa: S311  # a dice, no secret
    with psycopg.connect(places.public) as connection:
        return connection.execute(
            "SELECT ST_X(p), ST_Y(p) FROM layer.parcels, "
            "LATERAL (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS p) s "
            "WHERE id = ANY (%s) ORDER BY id",
            [picked],
        ).fetchall()


def _hits(lookup: dict[str, Any]) -> dict[tuple[int, int], tuple[float, float]]:
    lines = [*lookup["affected"], *lookup["slivers"]]
    return {
        (hit["parcel_id"], hit["feature_id"]): (hit["area_m2"], hit["share"])
        for hit in lines
        # What a street's planned width takes is worked out by the look-up alone.
        if hit["area_m2"] > 0 and hit["layer"] == "zoning"
    }


def test_it_agrees_with_the_look_up(city_client: TestClient, small_city: Logins) -> None:
    seen = 0
    for lon, lat in _points(small_city, 60):
        point = f"{lon:.9f},{lat:.9f}"
        short = city_client.get(HERE, params={"point": point}).json()
        long = city_client.get("/api/planning/lookup", params={"point": point}).json()
        assert [p["id"] for p in short["parcels"]] == [p["id"] for p in long["parcels"]]
        for mine, theirs in zip(short["parcels"], long["parcels"], strict=True):
            assert {name: theirs[name] for name in mine} == mine
        zones = {
            (z["parcel_id"], z["id"]): (z["area_m2"], z["share"]) for z in short["zones"] if z["area_m2"]
        }
        hits = _hits(long)
        assert sorted(zones) == sorted(hits)
        assert [zones[key] for key in sorted(zones)] == [
            pytest.approx(hits[key], abs=0.011) for key in sorted(hits)
        ]
        ages = {s["layer"]: (s["source_date"], s["age_days"], s["overdue"]) for s in long["sources"]}
        mine_ages = {s["layer"]: (s["source_date"], s["age_days"], s["overdue"]) for s in short["sources"]}
        assert mine_ages["parcels"] == ages["parcels"]
        assert short["synthetic"] is long["synthetic"] is True
        seen += len(zones)
    assert seen > 30


def test_between_parcels_the_zones_at_the_point_are_told(city_client: TestClient, small_city: Logins) -> None:
    with psycopg.connect(small_city.public) as connection:
        row = connection.execute(
            "SELECT ST_X(p), ST_Y(p), z.id FROM layer.zoning z, "
            "LATERAL (SELECT ST_PointOnSurface(z.geom) AS g) s, "
            "LATERAL (SELECT ST_Transform(s.g, 4326) AS p) t "
            "WHERE NOT EXISTS (SELECT FROM layer.parcels q WHERE ST_DWithin(q.geom, s.g, 1)) "
            "ORDER BY z.id LIMIT 1"
        ).fetchone()
    assert row is not None
    answer = city_client.get(HERE, params={"point": f"{row[0]:.9f},{row[1]:.9f}"}).json()
    assert answer["parcels"] == []
    at_point = {zone["id"]: zone for zone in answer["zones"]}
    assert row[2] in at_point
    assert {(z["parcel_id"], z["area_m2"], z["share"]) for z in at_point.values()} == {(None, None, None)}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"point": ""}, 400),
        ({"point": "nan,10"}, 400),
        ({"point": "106.3,10.3,5"}, 400),
        ({"point": "10.35,106.36"}, 400),
        ({"point": "1e400,10"}, 400),
        ({"point": "106.36\x00,10.35"}, 400),
        ({"point": "2.35,48.85"}, 404),
        ({"point": "-180,-90"}, 404),
    ],
)
def test_what_is_no_place_here_is_refused(
    city_client: TestClient, asked: dict[str, str], status: int
) -> None:
    problem(city_client.get(HERE, params=asked), status, "point")


def test_another_parameter_is_named(city_client: TestClient) -> None:
    problem(city_client.get(HERE, params={"point": "106.36,10.35", "pont": "1"}), 400, "pont")
