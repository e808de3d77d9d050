"""Lots beside: shared borders and not corners, on real ones too; and how near the building comes."""

from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pyogrio
import pytest
import shapely

from gis_platform.database.server import Logins
from layers.permits.check import Proposal
from layers.planning.asking.question import Ground as Footprint
from tests.layers.permits.conftest import Check, line, run_check
from tests.layers.planning.building.conftest import E0, N0, Ground, box

CADASTRE = Path(__file__).parents[4] / "shared/data/cadastre_fr_27412_etalab.gpkg"
SAMPLE, MIDDLE = 150, (1.118, 49.243)


def test_a_lot_that_the_building_stands_close_to_is_named(ground: Ground, check: Check) -> None:
    ground.usual()
    east, west = ground.parcel(box(10, 0, 20, 20)), ground.parcel(box(-10, 0, 0, 20))
    found = line(check(2, 3, 9.4, 12), "neighbours")
    lots = {lot["id"]: (lot["border_m"], lot["distance_m"]) for lot in found["lots"]}
    assert lots[east] == (pytest.approx(20, abs=0.1), 0.6)
    assert lots[west] == (pytest.approx(20, abs=0.1), 2.0)
    assert (found["measured"], found["outcome"]) == (2, "pass")
    assert "cách dưới 1 m với: 45/12 (0,60 m)" in found["reason"]


def test_a_building_in_the_middle_stands_close_to_none(ground: Ground, check: Check) -> None:
    ground.usual()
    ground.parcel(box(10, 0, 20, 20))
    found = line(check(2, 3, 9, 12), "neighbours")
    assert "cách mọi thửa từ 1 m trở lên" in found["reason"]


def test_a_lot_at_the_corner_is_told_where_the_building_comes_near(ground: Ground, check: Check) -> None:
    ground.usual()
    corner = ground.parcel(box(10, 20, 20, 40))
    assert line(check(1, 3, 9, 12), "neighbours")["features"] == []
    found = line(check(2, 8, 9.5, 19.5), "neighbours")
    assert (found["features"], found["measured"]) == ([corner], 0)
    assert found["lots"][0]["border_m"] == 0


@pytest.mark.skipif(not CADASTRE.is_file(), reason=f"the real cadastre is not there: {CADASTRE.name}")
def test_on_real_borders_who_shares_one_is_a_neighbour(ground: Ground, database: Logins) -> None:
    """A real cadastre, moved to the city: what runs along within 2 cm is a border, a corner is none."""
    _, _, wkb, _ = pyogrio.raw.read(CADASTRE, layer="parcelles", columns=[])
    shapes = shapely.from_wkb(wkb)
    near = shapely.dwithin(shapes, shapely.Point(MIDDLE), 0.015)
    east, north = 111_320 * np.cos(np.radians(MIDDLE[1])), 111_200
    lots = shapely.transform(shapes[near], lambda at: (at - MIDDLE) * (east, north) + (E0, N0))
    ids = [ground.parcel(shapely.MultiPolygon([*shapely.get_parts(lot)]).wkt) for lot in lots]
    ground.commit()
    with psycopg.connect(database.owner) as connection:
        kept = connection.execute("SELECT id, ST_AsBinary(geom) FROM layer.parcels").fetchall()
    held = {row[0]: shapely.from_wkb(bytes(row[1])) for row in kept}
    borders = shapely.boundary(lots)
    told = corners = 0
    for lot in ids[:: max(1, len(ids) // SAMPLE)]:
        along = shapely.length(shapely.intersection(borders, held[lot].buffer(0.02))) - 0.04
        spot = held[lot].representative_point().buffer(0.6)
        footprint = shapely.box(*spot.bounds)
        proposal = Proposal(Footprint(footprint, 9210, "area"), 2, 8.0, "house", "new", lot)
        found: dict[str, Any] = line(run_check(database.public, proposal), "neighbours")
        beside = {one["id"] for one in found.get("lots", ()) if one["border_m"] > 0}
        sure = {id for id, metres in zip(ids, along, strict=True) if id != lot and metres > 0.6}
        none = {id for id, metres in zip(ids, along, strict=True) if id != lot and metres < 0.05}
        assert sure <= beside, (lot, sure - beside)
        wrong = beside & none
        corners += len(wrong)
        told += len(beside)
    assert told > SAMPLE * 2
    assert corners <= told / 200, "lots that only meet in a corner"
