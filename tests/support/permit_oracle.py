"""What the check of a building must say, worked out anew from the raw rows, and with nothing of the product.

Written from ``docs/permits.md`` and ``docs/planning-rules.md``. The tables are chains of ifs, a road is four
corners, frontages are looked for every five centimetres. Plans of one level and straight streets only. Metres
and m² of the working grid; a figure that is too close to its ceiling to call has the outcome None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

import psycopg
import shapely
from psycopg.rows import dict_row
from shapely.geometry.base import BaseGeometry

MAP_ERROR_M2, DRAWING_ERROR_M = 0.5, 0.05
STEP_M = 0.05
HOUSING = {"ODT", "ONT"}
IDLE = {"DKV", "DGT", "MNC", "SON", "CLN", "HNK", "LUA", "LUC", "NTS", "NTD"}
CORRIDORS = ("waterway_corridor", "power_corridor", "heritage")

Told = tuple[str | None, float | None, float | None]
"""Outcome, measured, allowed."""


@dataclass
class Raw:
    """A lot with every zone and street of the database."""

    lot: BaseGeometry
    area_m2: float
    zones: list[dict[str, Any]]
    streets: list[dict[str, Any]]


def read_raw(conninfo: str, lot: int) -> Raw:
    """As it lies in the tables."""
    with psycopg.connect(conninfo, row_factory=dict_row) as connection:
        parcel = connection.execute(
            "SELECT legal_area_m2, measured_area_m2, ST_AsBinary(geom) AS g FROM layer.parcels WHERE id = %s",
            [lot],
        ).fetchone()
        zones = connection.execute(
            "SELECT z.*, ST_AsBinary(z.geom) AS g FROM layer.zoning z JOIN layer.parcels p "
            "ON z.geom && ST_Expand(p.geom, 100) WHERE p.id = %s ORDER BY z.id",
            [lot],
        ).fetchall()
        streets = connection.execute(
            "SELECT s.*, ST_AsBinary(s.geom) AS g FROM layer.streets s JOIN layer.parcels p "
            "ON s.geom && ST_Expand(p.geom, 100) WHERE p.id = %s ORDER BY s.id",
            [lot],
        ).fetchall()
    assert parcel is not None
    for row in (*zones, *streets):
        row["g"] = shapely.from_wkb(bytes(row["g"]))
    shape = shapely.from_wkb(bytes(parcel["g"]))
    area = parcel["legal_area_m2"] or parcel["measured_area_m2"] or shape.area
    return Raw(shape, float(area), zones, streets)


def road_of(street: dict[str, Any], half: float) -> BaseGeometry:
    """The ground of a straight street: four corners."""
    (ax, ay), *_, (bx, by) = shapely.get_coordinates(street["g"])
    length = hypot(bx - ax, by - ay)
    ox, oy = -(by - ay) / length * half, (bx - ax) / length * half
    return shapely.Polygon([(ax + ox, ay + oy), (bx + ox, by + oy), (bx - ox, by - oy), (ax - ox, ay - oy)])


def expect(raw: Raw, footprint: BaseGeometry, floors: int, height: float) -> dict[str, list[Told]]:
    """By code, the lines in any order."""
    taken = _taken(raw)
    return {
        "inside_parcel": [_inside(raw, footprint)],
        "road": [_road(raw, footprint, taken)],
        "setback": list(_setbacks(raw, footprint, height)),
        "corridor": list(_corridors(raw, footprint)),
        **_sizes(raw, footprint, floors, taken),
    }


def exempt(use: str, kind: str, floors: int, floor_area_m2: float) -> str:
    """Whether a permit is surely needed, by the gist of Article 43.2 g and h."""
    if use != "house" or kind in ("repair", "adjustment", "extension"):
        return "cannot_decide"
    return "pass" if floors >= 7 or floor_area_m2 >= 500 else "cannot_decide"


def _inside(raw: Raw, footprint: BaseGeometry) -> Told:
    outside = footprint.area - footprint.intersection(raw.lot).area
    return _at_most(outside, MAP_ERROR_M2), outside, MAP_ERROR_M2


def _taken(raw: Raw) -> BaseGeometry:
    grounds = [zone["g"] for zone in raw.zones if zone["theme"] == "road_reserve"]
    grounds += [road_of(s, s["planned_width_m"] / 2) for s in raw.streets if s["planned_width_m"]]
    parts = [ground.intersection(raw.lot) for ground in grounds]
    return shapely.union_all([part for part in parts if part.area > MAP_ERROR_M2])


def _covers(raw: Raw, theme: str) -> bool:
    """Whether plans that show the theme completely cover the lot."""
    grounds = [z["g"] for z in raw.zones if theme in (z["theme"], *z["plan_themes"])]
    return bool(raw.lot.difference(shapely.union_all(grounds)).area <= MAP_ERROR_M2)


def _road(raw: Raw, footprint: BaseGeometry, taken: BaseGeometry) -> Told:
    on_road = footprint.intersection(taken).area
    if on_road > MAP_ERROR_M2:
        return _at_most(on_road, MAP_ERROR_M2), on_road, MAP_ERROR_M2
    beside = (
        s["planned_width_m"] is None
        and raw.lot.distance(s["g"]) <= (s["width_m"] / 2 if s["width_m"] else 13) + 2
        for s in raw.streets
    )
    if not _covers(raw, "road_reserve") or any(beside):
        return "cannot_decide", None, None
    return "pass", on_road, MAP_ERROR_M2


def _corridors(raw: Raw, footprint: BaseGeometry) -> Sequence[Told]:
    here = footprint.intersection(raw.lot)
    areas = [here.intersection(z["g"]).area for z in raw.zones if z["theme"] in CORRIDORS]
    met: list[Told] = [("cannot_decide", area, None) for area in areas if area > MAP_ERROR_M2]
    if not all(_covers(raw, theme) for theme in CORRIDORS):
        return [*met, ("cannot_decide", None, None)]
    return met or [("pass", None, None)]


def faces(lot: BaseGeometry, street: dict[str, Any]) -> float:
    """Metres of the lot's edge that look at the street: near it, and within 45° of straight ahead."""
    half = max(width for width in (street["width_m"], street["planned_width_m"]) if width) / 2 + 2
    [part] = shapely.get_parts(shapely.orient_polygons(lot)).tolist()
    ring = shapely.get_coordinates(part.exterior)
    metres = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        length = hypot(bx - ax, by - ay)
        count = int(length / STEP_M)
        near = []
        for at in range(count):
            share = (at + 0.5) / count
            place = shapely.Point(ax + (bx - ax) * share, ay + (by - ay) * share)
            if street["g"].distance(place) <= half:
                near.append(place)
        if near:
            # An edge looks where its middle does.
            middle = near[len(near) // 2]
            ahead = shapely.get_coordinates(shapely.shortest_line(middle, street["g"]))
            dx, dy = ahead[1] - ahead[0]
            outward = ((by - ay) / length, -(bx - ax) / length)
            if (dx * outward[0] + dy * outward[1]) / max(hypot(dx, dy), 1e-9) >= 0.7071:
                metres += len(near) * length / count
    return metres


def _setbacks(raw: Raw, footprint: BaseGeometry, height: float) -> Sequence[Told]:
    told: list[Told] = []
    for street in raw.streets:
        red = street["planned_width_m"] or (street["width_m"] if _covers(raw, "road_reserve") else None)
        if faces(raw.lot, street) < 1.0:
            continue
        wanted = _wanted(raw, street, red, height)
        if red is None or wanted is None:
            told.append(("cannot_decide", None, None))
            continue
        most, in_doubt, plan = wanted
        distance = footprint.distance(road_of(street, red / 2))
        if in_doubt and plan is not None and distance < plan - DRAWING_ERROR_M:
            most, in_doubt = plan, False
        short = most - DRAWING_ERROR_M - distance
        outcome = "cannot_decide" if in_doubt else "pass" if short <= 0 else "fail"
        told.append((None if abs(short) < 1e-6 and not in_doubt else outcome, distance, most))
    return told or [("cannot_decide", None, None)]


def _wanted(
    raw: Raw, street: dict[str, Any], red: float | None, height: float
) -> tuple[float, bool, float | None] | None:
    """The strictest of the zones for building: metres, whether a cell in doubt, and the plan's own."""
    found = []
    for zone in _functions(raw):
        if zone["function_code"] in IDLE:
            continue
        plan = zone["setback_m"]
        if street["kind"] == "hem" or red is None:
            if plan is None:
                return None
            found.append((plan, False, plan))
            continue
        cell, doubt = _table_2_7(red, height)
        found.append((max(cell, plan or 0.0), doubt, plan))
    return max(found, key=lambda one: one[0]) if found else None


def _functions(raw: Raw) -> list[dict[str, Any]]:
    return [
        z
        for z in raw.zones
        if z["theme"] == "land_function" and z["g"].intersection(raw.lot).area > MAP_ERROR_M2
    ]


def _table_2_7(road: float, height: float) -> tuple[float, bool]:
    if height >= 28:
        return 6.0, road >= 19
    if height < 19:
        return 0.0, False
    if road < 19:
        return (3.0 if height < 22 else 4.0), False
    if road < 22:
        return (0.0 if height < 22 else 3.0), True
    return 0.0, True


def table_2_8(lot: float) -> float:
    """Per cent of a lot."""
    if lot <= 90:
        return 100.0
    if lot <= 100:
        return 100 - (lot - 90)
    if lot <= 200:
        return 90 - (lot - 100) / 5
    if lot <= 300:
        return 70 - (lot - 200) / 10
    if lot <= 500:
        return 60 - (lot - 300) / 20
    return 50 - (lot - 500) / 50 if lot <= 1000 else 40.0


def _sizes(raw: Raw, footprint: BaseGeometry, floors: int, taken: BaseGeometry) -> dict[str, list[Told]]:
    net = raw.lot.difference(taken)
    lot_m2 = max(0.0, raw.area_m2 - (raw.lot.area - net.area)) if net.area > MAP_ERROR_M2 else 0.0
    density: list[Told] = []
    ratio: list[Told] = []
    for zone in _functions(raw):
        built = footprint.intersection(raw.lot).intersection(zone["g"]).area
        if built <= MAP_ERROR_M2 or zone["function_code"] in IDLE:
            continue
        if lot_m2 == 0:
            density.append(("cannot_decide", None, None))
            ratio.append(("cannot_decide", None, None))
            continue
        inside = net.intersection(zone["g"]).area
        part = lot_m2 if inside >= net.area - MAP_ERROR_M2 else lot_m2 * inside / net.area
        house = zone["function_code"] in HOUSING
        ceilings = [zone["max_density_pct"], table_2_8(lot_m2) if house else None]
        density.append(_held(100 * built / part, ceilings))
        ratio.append(_held(built * floors / part, [zone["far_max"], 7.0 if house else None]))
    none: list[Told] = [("cannot_decide", None, None)]
    return {"density": density or none, "far": ratio or none}


def _held(measured: float, ceilings: Sequence[float | None]) -> Told:
    said = [float(ceiling) for ceiling in ceilings if ceiling is not None]
    if not said:
        return "cannot_decide", measured, None
    return _at_most(measured, min(said)), measured, min(said)


def _at_most(measured: float, allowed: float) -> str | None:
    return None if abs(measured - allowed) < 0.006 else "pass" if measured <= allowed else "fail"
