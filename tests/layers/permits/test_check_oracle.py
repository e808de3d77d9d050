"""Random buildings on random lots of the demo city: areas and distances are those that shapely finds anew."""

import json
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
from shapely import affinity

from gis_platform.database.server import Logins
from layers.permits.check import Proposal
from layers.planning.asking.question import Ground as Footprint
from tests.layers.permits.conftest import lines, run_check

SEED, LOTS = 20261130, 60


def _lots(owner: str) -> list[tuple[int, Any, float | None]]:
    with psycopg.connect(owner) as connection:
        rows = connection.execute(
            "SELECT id, ST_AsBinary(geom), legal_area_m2 FROM layer.parcels ORDER BY md5(id::text) LIMIT %s",
            [LOTS],
        ).fetchall()
    return [(row[0], shapely.from_wkb(bytes(row[1])), row[2]) for row in rows]


def _zones(owner: str, lot: int) -> list[tuple[str, Any]]:
    with psycopg.connect(owner) as connection:
        rows = connection.execute(
            "SELECT z.theme, ST_AsBinary(z.geom) FROM layer.zoning z JOIN layer.parcels p "
            "ON z.geom && p.geom WHERE p.id = %s",
            [lot],
        ).fetchall()
    return [(row[0], shapely.from_wkb(bytes(row[1]))) for row in rows]


@pytest.mark.usefixtures("small_city")
def test_every_measure_is_that_of_the_raw_geometries(small_city: Logins) -> None:
    dice = np.random.default_rng(SEED)
    told = 0
    for lot, shape, _ in _lots(small_city.owner):
        middle = shape.representative_point()
        size = (shape.area**0.5) * dice.uniform(0.2, 0.9)
        square = shapely.box(
            middle.x - size / 2, middle.y - size / 2, middle.x + size / 2, middle.y + size / 2
        )
        footprint = affinity.rotate(square, dice.uniform(0, 90))
        floors = int(dice.integers(1, 9))
        proposal = Proposal(Footprint(footprint, 9210, "area"), floors, 10.0, "house", "new", lot)
        found = run_check(small_city.public, proposal)
        [inside] = lines(found, "inside_parcel")
        assert inside["measured"] == pytest.approx(footprint.difference(shape).area, abs=0.01)
        for corridor in lines(found, "corridor"):
            if corridor["measured"] is None:
                continue
            areas = [
                footprint.intersection(shape).intersection(zone).area
                for theme, zone in _zones(small_city.owner, lot)
                if theme in ("waterway_corridor", "power_corridor", "heritage")
            ]
            assert any(corridor["measured"] == pytest.approx(area, abs=0.01) for area in areas)
        for one in found["lines"]:
            if one["geometry"] is not None:
                assert shapely.from_geojson(json.dumps(one["geometry"])).is_valid, one["code"]
            told += 1
    assert told > LOTS * 10
