"""Streets along the lines of the grid, bank roads of canals, and the boulevards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.demo import roles
from etl.demo.admin_units import territory
from etl.demo.city import City
from etl.demo.grid import RIVER_ROWS
from etl.demo.randomness import hashed

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_COUNTRY_ROAD_M = 12.0
_SHORTEST_M = 5.0


@dataclass(frozen=True, slots=True)
class Street:
    """A street with its width of today and of the plan, metres between red lines, and its centre line."""

    name: str
    kind: str
    width_m: float
    planned_m: float | None
    line: shapely.MultiLineString


@dataclass(frozen=True, slots=True)
class _Course:
    """One line of the grid: its edges, which of them carry a street, and the name on each."""

    family: str
    number: int  # from the centre
    edges: Floats
    here: Bools
    built: Bools
    names: list[roles.Name | None]


def main_streets(city: City) -> Iterator[Street]:
    """Long streets, one feature for each name."""
    for course in _courses(city):
        if roles.canal_metres(course.number, course.family) > 0:
            yield from _bank_roads(course)
        else:
            yield from _line_streets(city, course)
    yield from _boulevards(city)


def present_edges(city: City, family: str) -> Bools:
    """Which edges of the u- or v-lines carry a street: beside a built-up cell, or a road through the country.

    Indexed as Grid.along ("u") or Grid.across ("v"); the river rows have none.
    """
    land = city.land.copy()
    land[:, :RIVER_ROWS] = False
    near = _beside(land, family)
    rural = np.zeros(near.shape, dtype=bool)
    for a, b in zip(*np.nonzero(near), strict=True):
        rural[a, b] = edge_name(city, family, int(a), int(b)).rural
    return _beside(city.built, family) | (rural & near)


def edge_name(city: City, family: str, a: int, b: int) -> roles.Name:
    """Name of the street along one edge of the grid."""
    grid, (columns, rows) = city.grid, city.land.shape
    u, v = city.centres[min(a, columns - 1), min(b, rows - 1)]
    line = a + grid.first_u if family == "u" else b + grid.first_v
    return roles.street_name(family, line, float(u), float(v))


def multi(shape: shapely.Geometry) -> shapely.MultiLineString:
    """A line or several as one multi, without crumbs."""
    parts = shapely.get_parts(shape)
    return shapely.MultiLineString([part for part in parts if shapely.length(part) > _SHORTEST_M])


def _beside(cells: Bools, family: str) -> Bools:
    padded = np.pad(cells, [(1, 1), (0, 0)] if family == "u" else [(0, 0), (1, 1)])
    return padded[1:] | padded[:-1] if family == "u" else padded[:, 1:] | padded[:, :-1]


def _courses(city: City) -> Iterator[_Course]:
    grid = city.grid
    for family, edges, first in (
        ("v", grid.across.swapaxes(0, 1), grid.first_v),
        ("u", grid.along, grid.first_u),
    ):
        here, built = present_edges(city, family), _beside(city.built, family)
        if family == "v":
            here, built = here.T, built.T
        for number in np.flatnonzero(here.any(axis=1)).tolist():
            names = [
                edge_name(city, family, *((number, k) if family == "u" else (k, number))) if present else None
                for k, present in enumerate(here[number])
            ]
            yield _Course(family, number + first, edges[number], here[number], built[number], names)


def _line_streets(city: City, course: _Course) -> Iterator[Street]:
    width = float(roles.street_width(city.seed, np.array(course.number), course.family))
    grow = float(hashed(city.seed, 61, course.number, int(course.family == "u")))
    planned = width + (2.0 * round(2 + 3 * grow) if grow > 0.25 else 0.0)
    for name in dict.fromkeys(name for name in course.names if name is not None):
        chosen = np.array([other == name for other in course.names])
        today = width if (chosen & course.built).any() else min(width, _COUNTRY_ROAD_M)
        yield Street(name.text, name.kind, today, planned, _lines(course.edges, chosen))


def _bank_roads(course: _Course) -> Iterator[Street]:
    water = roles.canal_metres(course.number, course.family)
    axis = shapely.LineString(_whole(course.edges))
    beside = shapely.buffer(_lines(course.edges, course.here), water, cap_style="flat")
    for after in (False, True):
        left = after != (course.family == "u")
        offset = (water / 2 + roles.BANK_ROAD_M / 2) * (1 if left else -1)
        bank = shapely.intersection(shapely.offset_curve(axis, offset), beside)
        kept = shapely.set_precision(bank, 0.001)
        if not shapely.is_empty(kept):
            name = roles.bank_name(course.family, course.number, after)
            yield Street(name, "duong_pho", roles.BANK_ROAD_M, None, multi(kept))


def _boulevards(city: City) -> Iterator[Street]:
    ground = territory(city)
    for way in city.streets:
        inside = shapely.intersection(shapely.LineString(way.line), ground)
        if not shapely.is_empty(inside):
            yield Street(way.name, way.kind, way.width_m, way.width_m + 6.0, multi(inside))


def _lines(edges: Floats, chosen: Bools) -> shapely.MultiLineString:
    """One line for each run of chosen edges."""
    steps = np.diff(np.concatenate([[0], chosen.astype(np.int8), [0]]))
    runs = zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True)
    return shapely.MultiLineString([_whole(edges[first:last]) for first, last in runs])


def _whole(edges: Floats) -> Floats:
    """Edges one after the other as one line."""
    return np.concatenate([edges[:1, 0], edges[:, 1:].reshape(-1, 2)])
