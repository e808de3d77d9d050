"""Water surfaces: the Tiền with its islands left out, canals along grid lines, creeks and the lake."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl.demo import roles, schema
from etl.demo.city import City
from etl.demo.grid import RIVER_ROWS
from etl.demo.islands import ISLANDS, south_bank
from etl.demo.warp import warp
from etl.demo.wkb import geometries

PROMENADE_M = 28.0
"""From the centre line of the riverside street to the water."""


def waters(city: City) -> pa.RecordBatch:
    """Rows of schema.WATERS. No two surfaces overlap."""
    names, kinds, shapes = [], [], []
    before: list[shapely.Geometry] = []
    for name, kind, shape in surfaces(city):
        tree = shapely.STRtree(before) if before else None
        near = [] if tree is None else [before[k] for k in np.sort(tree.query(shape, predicate="intersects"))]
        left = shapely.difference(shape, shapely.union_all(near), grid_size=0.001) if near else shape
        parts = [part for part in shapely.get_parts(left) if shapely.area(part) > 30.0]
        if not parts:
            continue
        before.append(shape)
        names.append(name)
        kinds.append(kind)
        shapes.append(shapely.MultiPolygon(parts))
    return pa.record_batch([pa.array(names), pa.array(kinds), geometries(shapes)], schema=schema.WATERS)


def river(city: City) -> shapely.Geometry:
    """The Tiền from beyond the west of the city to beyond its east."""
    u = np.arange(city.grid.u_at[0] - 5000.0, city.grid.u_at[-1] + 5000.0, 45.0)
    north = warp(u, np.full_like(u, -PROMENADE_M))
    south = warp(u, south_bank(u))[::-1]
    whole = shapely.Polygon(np.round(np.concatenate([north, south]), 3))
    return shapely.difference(
        whole, shapely.union_all([shapely.Polygon(island.outline()) for island in ISLANDS])
    )


def surfaces(city: City) -> Iterator[tuple[str, str, shapely.Geometry]]:
    """Name, kind and surface of each water; where two meet they overlap."""
    grid = city.grid
    yield "Sông Tiền", "song", river(city)
    for number in range(len(grid.u_at)):
        width = roles.canal_metres(number + grid.first_u, "u")
        if width > 0:
            course = grid.along[number, RIVER_ROWS:].reshape(-1, 2)
            mouth = course[0] + (course[0] - course[6]) / np.hypot(*(course[0] - course[6])) * (
                PROMENADE_M + 12.0
            )
            yield (
                *roles.canal_name("u", number + grid.first_u),
                _strip(np.concatenate([[mouth], course]), width),
            )
    for number in range(RIVER_ROWS, len(grid.v_at)):
        width = roles.canal_metres(number + grid.first_v, "v")
        if width > 0:
            yield (
                *roles.canal_name("v", number + grid.first_v),
                _strip(grid.across[:, number].reshape(-1, 2), width),
            )
    for way in city.waters:
        yield way.name, way.kind, way.surface()


def _strip(line: NDArray[np.float64], width: float) -> shapely.Geometry:
    return shapely.buffer(shapely.LineString(line), width / 2, quad_segs=4, cap_style="flat")
