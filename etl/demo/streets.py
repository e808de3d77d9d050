"""Street centre lines: long streets first, then the lanes of every built-up cell."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.demo import roles, schema
from etl.demo.avenues import Street, main_streets, multi
from etl.demo.blocks import FIRST_LANE, Lane, Layout
from etl.demo.city import Cell, City
from etl.demo.ground import lay_out
from etl.demo.hamlet import LANE_M
from etl.demo.naming import Namer
from etl.demo.randomness import hashed
from etl.demo.wkb import geometries

Floats = NDArray[np.float64]
_STEP_M = 14.0
_SHORTEST_M = 12.0
_LANES_A_BATCH = 2_000
_STATED_ALLEYS = 0.75


def streets(city: City) -> Iterator[pa.RecordBatch]:
    """Rows of schema.STREETS: a long street is one feature; collectors and alleys follow cell by cell."""
    yield _record(list(main_streets(city)))
    waiting: list[Street] = []
    for street in lanes(city):
        waiting.append(street)
        if len(waiting) >= _LANES_A_BATCH:
            yield _record(waiting)
            waiting = []
    if waiting:
        yield _record(waiting)


def _record(found: list[Street]) -> pa.RecordBatch:
    columns = [
        pa.array([street.name for street in found]),
        pa.array([street.kind for street in found]),
        pa.array([street.width_m for street in found]),
        pa.array([street.planned_m for street in found], pa.float64()),
        geometries([street.line for street in found]),
    ]
    return pa.record_batch(columns, schema=schema.STREETS)


def lanes(city: City) -> Iterator[Street]:
    """Collectors and alleys; an alley stops at a creek, a collector crosses it on a bridge."""
    namer = Namer(city)
    surfaces = [way.surface(1.0) for way in city.waters]
    tree = shapely.STRtree(surfaces)
    along_islands: dict[str, list[Floats]] = {}
    for cell in city.cells:
        if cell.kind == "quarter" and not city.built[cell.column, cell.row]:
            break
        layout = lay_out(city, cell)
        names = namer.names(cell, layout)[FIRST_LANE:]
        for place, (lane, name) in enumerate(zip(layout.lanes, names, strict=True)):
            points = lane_points(city, cell, layout, lane)
            if cell.kind == "island":
                along_islands.setdefault(name, []).append(points)
                continue
            hem = name.startswith("Hẻm")
            shape: shapely.Geometry = shapely.LineString(points)
            for number in np.sort(tree.query(shape, predicate="intersects")).tolist():
                if hem or city.waters[number].kind == "ho":
                    shape = shapely.set_precision(shapely.difference(shape, surfaces[number]), 0.001)
            if shapely.length(shape) > _SHORTEST_M:
                planned = _planned_alley(city, cell, lane, place) if hem else lane.width_m + 2.0
                yield Street(name, "hem" if hem else "duong_pho", lane.width_m, planned, multi(shape))
    for name, pieces in along_islands.items():
        yield Street(name, "duong_pho", LANE_M, None, shapely.MultiLineString(pieces))


def _planned_alley(city: City, cell: Cell, lane: Lane, place: int) -> float | None:
    """An alley stays as wide as it is; of one in four nobody ever stated what is planned."""
    stated = hashed(city.seed, 57, cell.column + city.grid.first_u, cell.row, place) < _STATED_ALLEYS
    return lane.width_m if stated else None


def lane_points(city: City, cell: Cell, layout: Layout, lane: Lane) -> Floats:
    """The centre line of a lane, to 1 mm; on a canal side it ends at the bank road."""
    run = float((layout.scale.run_s if lane.with_s else layout.scale.run_t).mean())
    start, end = lane.start, lane.end
    if cell.kind == "quarter":
        low, high = city.lines_around(cell)[2:] if lane.with_s else city.lines_around(cell)[:2]
        if start == 0.0:
            start = _to_bank_road(low) / run
        if end == 1.0:
            end = 1.0 - _to_bank_road(high) / run
    share = np.linspace(start, end, max(2, int((end - start) * run / _STEP_M) + 2))
    fixed = np.full(len(share), lane.at)
    return np.round(layout.patch.at(share, fixed) if lane.with_s else layout.patch.at(fixed, share), 3)


def _to_bank_road(side: tuple[str, int]) -> float:
    """Metres from a grid line to where a lane ends: 0 on a street, the bank road on a canal."""
    family, line = side
    water = roles.canal_metres(line, family)
    return water / 2 + roles.BANK_ROAD_M / 2 if water > 0 else 0.0
