"""What plans say of parcels, worked out anew: with shapely, from raw geometries, and nothing of the product.

Read it beside ``docs/planning.md``: it is written from what that page says, not from the code. Metres and m²
of the working grid.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psycopg
import shapely
from shapely.geometry.base import BaseGeometry

THEMES = ("land_function", "road_reserve", "waterway_corridor", "power_corridor", "heritage")
# From the most detailed down.
LEVELS = ("chi_tiet", "phan_khu", "chung")
# Less than this is the dust of arithmetic, which two libraries need not agree on.
DUST_M2 = 1e-6
# A plan's cracks of a centimetre are closed, which moves its outer edge by as much: where that edge runs
# through or along a parcel, so far may two computations differ.
CRACK_M = 0.01
NEAR_M = 0.05

Shape = BaseGeometry


@dataclass(frozen=True)
class Zone:
    """A zone as it lies in the table; it answers for its theme and for those its plan shows completely."""

    id: int
    theme: str
    level: str
    plan: str
    answers_for: frozenset[str]
    shape: Shape


@dataclass(frozen=True)
class Street:
    """A street as it lies in the table; metres."""

    id: int
    width: float | None
    planned: float | None
    line: Shape


@dataclass
class Expected:
    """What an answer must say of one parcel; areas by id of the zone, of `streets` by id of the street.

    ``unplanned``: a street beside it has no planned width; None where it is too close to call.
    """

    area_m2: float
    edge_m: float
    affected: dict[int, float] = field(default_factory=dict)
    slivers: dict[int, float] = field(default_factory=dict)
    governs: dict[int, bool] = field(default_factory=dict)
    affected_themes: set[str] = field(default_factory=set)
    looked_at: dict[str, float] = field(default_factory=dict)
    slack: dict[str, float] = field(default_factory=dict)
    streets: dict[int, float] = field(default_factory=dict)
    unplanned: bool | None = False

    def bucket(self, theme: str) -> str | None:
        """Where the theme belongs besides `affected`; None where it is too close to call."""
        missing = self.area_m2 - self.looked_at.get(theme, 0.0)
        if abs(missing - _least(self.area_m2)) < self.slack.get(theme, 0.0):
            return None
        if missing > _least(self.area_m2):
            return "no_data"
        if theme == "road_reserve" and self.unplanned is not False:
            return None if self.unplanned is None else "no_data"
        return "affected" if theme in self.affected_themes else "not_affected"


def read_ground(conninfo: str) -> tuple[dict[int, Shape], list[Zone]]:
    """Parcels by id, and all zones, as WKB out of the tables."""
    with psycopg.connect(conninfo) as connection:
        parcels = connection.execute("SELECT id, ST_AsBinary(geom) FROM layer.parcels ORDER BY id").fetchall()
        zones = connection.execute(
            "SELECT id, theme, plan_level, plan_code, plan_themes, ST_AsBinary(geom) "
            "FROM layer.zoning ORDER BY id"
        ).fetchall()
    shapes = shapely.from_wkb([bytes(row[1]) for row in parcels])
    return (
        {row[0]: shape for row, shape in zip(parcels, shapes, strict=True)},
        [
            Zone(id, theme, level, plan, frozenset([theme, *themes]), shapely.from_wkb(bytes(wkb)))
            for id, theme, level, plan, themes, wkb in zones
        ],
    )


def read_streets(conninfo: str) -> list[Street]:
    """All streets, whole, as WKB out of the table."""
    with psycopg.connect(conninfo) as connection:
        rows = connection.execute(
            "SELECT id, width_m, planned_width_m, ST_AsBinary(geom) FROM layer.streets ORDER BY id"
        ).fetchall()
    return [Street(id, width, planned, shapely.from_wkb(bytes(wkb))) for id, width, planned, wkb in rows]


def expect(
    parcels: Mapping[int, Shape], zones: list[Zone], streets: Sequence[Street] = ()
) -> dict[int, Expected]:
    """What must be answered for each parcel."""
    ids, lots = list(parcels), np.array(list(parcels.values()), dtype=object)
    grounds = np.array([zone.shape for zone in zones], dtype=object)
    found = {
        id: Expected(float(area), float(edge))
        for id, area, edge in zip(ids, shapely.area(lots), shapely.length(lots), strict=True)
    }
    around = shapely.buffer(lots, NEAR_M)
    lot_of, zone_of = shapely.STRtree(grounds).query(around, predicate="intersects")
    pieces = shapely.intersection(lots[lot_of], grounds[zone_of])
    shapely.prepare(grounds)
    well_inside = shapely.contains_properly(grounds[zone_of], around[lot_of])
    near: dict[int, list[Met]] = defaultdict(list)
    for lot, zone, piece, inside in zip(lot_of, zone_of, pieces, well_inside, strict=True):
        near[lot].append(Met(zones[zone], piece, bool(inside)))
    for lot, lying in near.items():
        _overlay(found[ids[lot]], lying, around[lot])
    _widened(found, ids, lots, [street for street in streets if street.planned is not None])
    _unplanned(found, ids, lots, [street for street in streets if street.planned is None])
    return found


def _widened(found: dict[int, Expected], ids: list[int], lots: Any, planned: list[Street]) -> None:
    """Half the planned width to each side of the centre line, bends in 16 lines a quarter circle."""
    strips = np.array(
        [s.line.buffer((s.planned or 0) / 2, quad_segs=16, cap_style="flat") for s in planned], dtype=object
    )
    lot_of, street_of = shapely.STRtree(strips).query(lots, predicate="intersects")
    areas = shapely.area(shapely.intersection(lots[lot_of], strips[street_of]))
    for lot, street, area in zip(lot_of, street_of, areas, strict=True):
        expected = found[ids[lot]]
        if area > 0:
            expected.streets[planned[street].id] = float(area)
        if area > _least(expected.area_m2):
            expected.affected_themes.add("road_reserve")


def _unplanned(found: dict[int, Expected], ids: list[int], lots: Any, unknown: list[Street]) -> None:
    """A street is beside a parcel within 2 m of its edge of today, or 15 m of a line without a width."""
    reach = np.array([s.width / 2 + 2 if s.width else 15.0 for s in unknown])
    lines = np.array([s.line for s in unknown], dtype=object)
    if not unknown:
        return
    lot_of, street_of = shapely.STRtree(lines).query(lots, predicate="dwithin", distance=reach.max() + 0.01)
    short = reach[street_of] - shapely.distance(lots[lot_of], lines[street_of])
    for lot, by in zip(lot_of, short, strict=True):
        expected = found[ids[lot]]
        if by > 1e-6:
            expected.unplanned = True
        elif by > -1e-6 and not expected.unplanned:
            expected.unplanned = None


@dataclass(frozen=True)
class Met:
    """A zone at a parcel and what they share, be it nothing; ``inside``: all of it, far from any edge."""

    zone: Zone
    piece: Shape
    inside: bool


def _overlay(expected: Expected, near: list[Met], around: Shape) -> None:
    least = _least(expected.area_m2)
    met = [one for one in near if one.piece.area > 0]
    for one in met:
        area, zone = float(one.piece.area), one.zone
        (expected.affected if area > least else expected.slivers)[zone.id] = area
        if area > least:
            expected.affected_themes.add(zone.theme)
        finer = [
            other
            for other in met
            if zone.theme in other.zone.answers_for
            and LEVELS.index(other.zone.level) < LEVELS.index(zone.level)
        ]
        ruled = shapely.union_all([other.piece & one.piece for other in finer]).area if finer else 0.0
        left = area - ruled
        if abs(left - min(0.5, area / 2)) >= _slack(finer, around):
            expected.governs[zone.id] = bool(left > min(0.5, area / 2))
    for theme in THEMES:
        answering = [one for one in met if theme in one.zone.answers_for]
        if answering:
            expected.looked_at[theme] = float(shapely.union_all([one.piece for one in answering]).area)
        expected.slack[theme] = _slack([one for one in near if theme in one.zone.answers_for], around)


def _slack(looking: list[Met], around: Shape) -> float:
    """m² by which the ground of these zones may differ in a parcel, by the length of its edge there."""
    if not looking or any(one.inside for one in looking):
        return 0.0
    edge = shapely.union_all([one.zone.shape & around for one in looking]).boundary
    return 0.001 + CRACK_M * float((edge & around.buffer(-1e-6)).length)


def _least(area_m2: float) -> float:
    """Shared ground up to this is map error: 0.5 m², or half of a smaller parcel."""
    return min(0.5, area_m2 / 2)


@dataclass
class Tally:
    """What a comparison met: a test that met nothing has proved nothing."""

    parcels: int = 0
    hits: int = 0
    slivers: int = 0
    straddling: int = 0
    not_governing: int = 0
    not_affected: int = 0
    no_data: int = 0
    too_close: int = 0
    widened: int = 0
    unplanned: int = 0
    faults: list[str] = field(default_factory=list)


def compare(expected: Mapping[int, Expected], answer: Mapping[str, Any], tally: Tally) -> None:
    """Hold every parcel of an answer against what was expected; what differs is put on the tally."""
    told: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name in ("affected", "slivers", "not_affected", "no_data"):
        for line in answer[name]:
            told[line["parcel_id"]][name].append(line)
    for parcel in answer["parcels"]:
        tally.parcels += 1
        of = told[parcel["id"]]
        wanted = expected[parcel["id"]]
        faults = [*_hits(wanted, of, tally), *_streets(wanted, of, tally), *_buckets(wanted, of, tally)]
        tally.faults += [f"parcel {parcel['id']}: {fault}" for fault in faults]
    strange = set(told) - {parcel["id"] for parcel in answer["parcels"]}
    tally.faults += [f"lines of parcels that are not in the answer: {strange}"] if strange else []


def _hits(wanted: Expected, told: Mapping[str, list[Any]], tally: Tally) -> list[str]:
    faults = []
    for name, areas in (("affected", wanted.affected), ("slivers", wanted.slivers)):
        of_zones = [line for line in told[name] if line["layer"] == "zoning"]
        found = {line["feature_id"]: line for line in of_zones}
        if len(found) != len(of_zones):
            faults.append(f"{name}: a zone is told twice")
        differing = {zone for zone in set(found) ^ set(areas) if areas.get(zone, 1.0) > DUST_M2}
        differing -= {zone for zone in differing if zone not in areas and found[zone]["area_m2"] == 0}
        if differing:
            faults.append(f"{name}: {sorted(found)} told, {sorted(areas)} expected")
        for zone in set(found) & set(areas):
            line, area = found[zone], areas[zone]
            if abs(line["area_m2"] - area) > 0.01:
                faults.append(f"zone {zone}: {line['area_m2']} m² told, {area:.4f} expected")
            if abs(line["share"] - min(area / wanted.area_m2, 1.0)) > 1e-5:
                faults.append(
                    f"zone {zone}: share {line['share']} told, {area / wanted.area_m2:.6f} expected"
                )
            if line["governs"] is not wanted.governs.get(zone, line["governs"]):
                faults.append(f"zone {zone}: governs {line['governs']} told")
            tally.not_governing += not line["governs"]
    tally.hits += len(wanted.affected)
    tally.slivers += len(wanted.slivers)
    tally.straddling += sum(line["theme"] == "land_function" for line in told["affected"]) > 1
    return faults


def _streets(wanted: Expected, told: Mapping[str, list[Any]], tally: Tally) -> list[str]:
    """What planned widths take: each street once, in the bucket of its size, with its area and share."""
    faults = []
    least = _least(wanted.area_m2)
    for name in ("affected", "slivers"):
        lines = {line["feature_id"]: line for line in told[name] if line["layer"] == "streets"}
        large = {id: area for id, area in wanted.streets.items() if (area > least) == (name == "affected")}
        # Under half a hundredth of a m² nothing is left to print, and two libraries need not agree.
        missing = {id for id, area in large.items() if id not in lines and area > 0.006}
        strange = {id for id in lines if id not in large}
        if missing or strange:
            faults.append(f"{name}: streets {sorted(lines)} told, {large} expected")
        for id in set(lines) & set(large):
            line, area = lines[id], large[id]
            if abs(line["area_m2"] - area) > 0.01 or abs(line["share"] - area / wanted.area_m2) > 1e-4:
                faults.append(f"street {id}: {line['area_m2']} m², {line['share']} told, {area:.4f} expected")
            if line["theme"] != "road_reserve" or line["plan"] is not None or not line["basis"]:
                faults.append(f"street {id}: {line['theme']}, {line['plan']}, {line.get('basis')!r} told")
            tally.widened += name == "affected"
    tally.unplanned += wanted.unplanned is True
    return faults


def _buckets(wanted: Expected, told: Mapping[str, list[Any]], tally: Tally) -> list[str]:
    faults = []
    affected = {line["theme"] for line in told["affected"]}
    for theme in THEMES:
        lines = {
            name: [line for line in told[name] if line["theme"] == theme]
            for name in ("not_affected", "no_data")
        }
        filed = [name for name, of_theme in lines.items() if of_theme]
        if len(filed) > 1 or any(len(of_theme) > 1 for of_theme in lines.values()):
            faults.append(f"{theme}: told more than once in {filed}")
        if affected != wanted.affected_themes:
            faults.append(f"affected themes {affected} told, {wanted.affected_themes} expected")
        bucket = wanted.bucket(theme)
        said = filed[0] if filed else "affected"
        if bucket is None:
            tally.too_close += 1
        elif said != bucket:
            faults.append(f"{theme}: {said} told, {bucket} expected")
        for line in lines["no_data"]:
            missing = wanted.area_m2 - wanted.looked_at.get(theme, 0.0)
            slack = wanted.slack.get(theme) or CRACK_M * wanted.edge_m
            if abs(line["uncovered_m2"] - missing) > 0.01 + slack:
                faults.append(f"{theme}: {line['uncovered_m2']} m² without a plan, {missing:.4f} expected")
        tally.not_affected += said == "not_affected"
        tally.no_data += said == "no_data"
    return faults
