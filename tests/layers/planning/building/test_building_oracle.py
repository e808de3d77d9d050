"""What may be built against a computation of its own: shapely, on whole geometries, by another way.

Streets are not cut to the neighbourhood, edges are looked at every ten centimetres and not one by one, the
tables are written out as a chain of ifs, and strips are put together in another order.
"""

import random
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
import shapely.ops
from shapely.geometry.base import BaseGeometry

from gis_platform.database.server import Logins
from tests.layers.planning.building.conftest import ask

SAMPLE = 300
ON = date(2026, 11, 30)
LEVELS = ("chi_tiet", "phan_khu", "chung")
STEP_M = 0.1
HOUSING, IDLE = {"ODT", "ONT"}, {"DKV", "CLN", "LUA", "MNC", "DGT", "SON", "HNK"}


@dataclass
class City:
    """All of it in memory, in metres of the working grid."""

    parcels: dict[int, tuple[BaseGeometry, float | None]]
    zones: list[dict[str, Any]]
    streets: list[dict[str, Any]]


@pytest.fixture(scope="module")
def city(small_city: Logins) -> City:
    with psycopg.connect(small_city.owner, row_factory=psycopg.rows.dict_row) as connection:
        parcels = connection.execute(
            "SELECT id, legal_area_m2, ST_AsBinary(geom) AS g FROM layer.parcels"
        ).fetchall()
        zones = connection.execute("SELECT *, ST_AsBinary(geom) AS g FROM layer.zoning").fetchall()
        streets = connection.execute("SELECT *, ST_AsBinary(geom) AS g FROM layer.streets").fetchall()
    for row in (*zones, *streets):
        row["g"] = shapely.from_wkb(bytes(row["g"]))
    return City(
        {p["id"]: (shapely.from_wkb(bytes(p["g"])), p["legal_area_m2"]) for p in parcels}, zones, streets
    )


def _grounds(
    lot: BaseGeometry, zones: list[dict[str, Any]], theme: str
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Zones of a theme with the ground that no more detailed plan has; slivers are none."""
    met = [z for z in zones if z["theme"] == theme and z["g"].intersects(lot)]
    found = []
    for zone in met:
        ground = lot.intersection(zone["g"])
        if ground.area <= 0.5:
            continue
        for other in met:
            if LEVELS.index(other["plan_level"]) < LEVELS.index(zone["plan_level"]):
                ground = ground.difference(other["g"])
        if ground.area > 0.5:
            found.append((zone, ground))
    return found


def _faced(lot: BaseGeometry, street: dict[str, Any]) -> float:
    """Metres of the outer ring that look at the street, counted in steps."""
    reach = max(street["width_m"], street["planned_width_m"] or 0) / 2 + 2.0
    total = 0.0
    for part in getattr(lot, "geoms", [lot]):
        ring = shapely.Polygon(part.exterior.coords).exterior
        ring = ring if ring.is_ccw else ring.reverse()
        points = np.array(ring.coords)
        for (x0, y0), (x1, y1) in pairwise(points):
            length = float(np.hypot(x1 - x0, y1 - y0))
            steps = max(1, round(length / STEP_M))
            share = (np.arange(steps) + 0.5) / steps
            places = shapely.points(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
            near = shapely.distance(places, street["g"]) <= reach
            if not near.any():
                continue
            ahead = np.array([_ahead(place, street["g"]) for place in places[near]])
            outward = np.array([y1 - y0, x0 - x1]) / length
            cosine = ahead @ outward / np.maximum(np.hypot(*ahead.T), 1e-9)
            total += float((cosine >= np.cos(np.pi / 4)).sum()) * length / steps
    return total


def _ahead(place: shapely.Point, street: BaseGeometry) -> tuple[float, float]:
    there = shapely.ops.nearest_points(place, street)[1]
    return there.x - place.x, there.y - place.y


def _table_2_7(road: float, height: float) -> float:
    if height < 19:
        return 0.0
    if height >= 28:
        return 6.0
    if road < 19:
        return 3.0 if height < 22 else 4.0
    if road < 22:
        return 0.0 if height < 22 else 3.0
    return 0.0


def _setback(
    street: dict[str, Any], zones: list[dict[str, Any]], reserves: list[tuple[dict[str, Any], BaseGeometry]]
) -> float:
    road = street["planned_width_m"] or street["width_m"]
    found = []
    for zone in zones:
        table = 0.0 if street["kind"] == "hem" else _table_2_7(road, zone["height_max_m"])
        found.append(max(zone["setback_m"], table))
    if street["planned_width_m"]:
        strip = _strip(street, street["planned_width_m"] / 2)
        for zone, ground in reserves:
            # The plan's own reserve of that street, with a building line of its own.
            if ground.intersection(strip).area >= ground.area / 2:
                found.append(zone["building_line_m"] - zone["red_line_m"])
    return float(max(found))


def _strip(street: dict[str, Any], half: float) -> BaseGeometry:
    drawn: BaseGeometry = street["g"].buffer(half, quad_segs=16, cap_style="flat")
    return drawn


def _near(lot: BaseGeometry, city: City) -> list[dict[str, Any]]:
    return [
        s
        for s in city.streets
        if s["g"].distance(lot) <= max(s["width_m"], s["planned_width_m"] or 0) / 2 + 3
    ]


def test_ground_agrees_with_a_computation_of_its_own(small_city: Logins, city: City) -> None:
    chosen = random.Random(64).sample(sorted(city.parcels), SAMPLE)  # noqa: S311  # a sample, not a secret
    seen = {"taken": 0, "corner": 0, "outline": 0, "footprint": 0, "straddling": 0, "idle": 0}
    for parcel_id, answer in zip(chosen, ask(small_city.public, chosen, ON), strict=True):
        lot, legal = city.parcels[parcel_id]
        [entry] = answer["building"]
        near = _near(lot, city)
        strips = [_strip(s, s["planned_width_m"] / 2) for s in near if s["planned_width_m"]]
        strips = [strip for strip in strips if strip.intersection(lot).area > 0.5]
        reserves = _grounds(lot, city.zones, "road_reserve")
        roads = shapely.unary_union([*strips, *(ground for _, ground in reserves)])
        taken = lot.intersection(roads).area
        assert entry["taken_m2"] == pytest.approx(taken, abs=0.01), parcel_id
        seen["taken"] += taken > 0

        lengths = {street["id"]: _faced(lot, street) for street in near}
        told = {front["street_id"]: front["length_m"] for front in entry["frontages"]}
        sure = {street for street, length in lengths.items() if length > 1 + 2 * STEP_M}
        assert sure <= set(told) <= {street for street, length in lengths.items() if length > 1 - 2 * STEP_M}
        for street, length in told.items():
            assert length == pytest.approx(lengths[street], abs=0.5), (parcel_id, street)
        seen["corner"] += len(told) > 1

        functions = _grounds(lot, city.zones, "land_function")
        building = [zone for zone, _ in functions if zone["function_code"] not in IDLE]
        if lot.area - taken <= 0.5 or not told or not building:
            continue
        faced = [street for street in near if street["id"] in told]
        kept = [
            _strip(s, (s["planned_width_m"] or s["width_m"]) / 2 + _setback(s, building, reserves))
            for s in faced
        ]
        for zone, ground in reserves:
            metres = max(zone["building_line_m"] - zone["red_line_m"], *(z["setback_m"] for z in building))
            kept.append(ground.buffer(metres, quad_segs=16))
        room = lot.difference(shapely.unary_union([roads, *kept]))
        idle = [ground for zone, ground in functions if zone["function_code"] in IDLE]
        left = room.difference(shapely.unary_union(idle)) if idle else room
        assert entry["buildable_m2"] == pytest.approx(left.area, abs=0.01), parcel_id
        assert entry["not_for_building_m2"] == pytest.approx(room.area - left.area, abs=0.02), parcel_id
        parts = ("buildable_m2", "taken_m2", "setback_strip_m2", "not_for_building_m2")
        assert sum(entry[part] for part in parts) == pytest.approx(lot.area, abs=0.03)
        seen["idle"] += room.area - left.area > 0.5
        seen["outline"] += 1

        if {zone["function_code"] for zone in building} <= HOUSING:
            net = (legal or lot.area) - taken
            share = {z["id"]: g.difference(roads).area / lot.difference(roads).area for z, g in functions}
            table = float(np.interp(net, [90, 100, 200, 300, 500, 1000], [100, 90, 70, 60, 50, 40]))
            expected = sum(
                min(
                    room.intersection(ground).area,
                    min(table, zone["max_density_pct"]) / 100 * net * share[zone["id"]],
                )
                for zone, ground in functions
                if zone in building and ground.difference(roads).area > 0.5
            )
            assert entry["footprint_max_m2"] == pytest.approx(expected, abs=0.02), parcel_id
            seen["footprint"] += 1
            seen["straddling"] += len(building) > 1
    assert min(seen.values()) > 0, f"the demo city no longer tests all of it: {seen}"
