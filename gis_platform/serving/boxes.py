"""Boxes that callers ask by, made fit for the working grid."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from gis_platform.city import Envelope
from gis_platform.geometry.crs import WGS84, transformer

# Data lies within the city's envelope; a grid coordinate far outside it is not even computable.
_MARGIN = 0.1
_STEPS = 8

Edges = tuple[float, float, float, float]
"""West, south, east, north: least x, least y, greatest x, greatest y."""


def box_wkt(edges: Sequence[float], city: Envelope, srid: int = WGS84) -> str:
    """The part of a box that can hold data, as WKT with its edges cut small: they bend in the grid.

    ``edges`` are x and y of ``srid``: degrees of longitude and latitude for WGS 84, where west may be greater
    than east and the box crosses the antimeridian; metres for grids.
    """
    west, south, east, north = edges
    if srid == WGS84:
        spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    else:
        spans = [(west, east)]
    least_x, least_y, most_x, most_y = _reach(city, srid)
    south, north = max(south, least_y), min(north, most_y)
    rings = []
    for span_west, span_east in spans:
        from_x, to_x = max(span_west, least_x), min(span_east, most_x)
        if from_x <= to_x and south <= north:
            rings.append(_ring(from_x, south, to_x, north))
    return f"MULTIPOLYGON({','.join(rings)})" if rings else "MULTIPOLYGON EMPTY"


@lru_cache(maxsize=64)
def _reach(city: Envelope, srid: int) -> Edges:
    """The city's envelope and a margin, in that system."""
    degrees = (city.west - _MARGIN, city.south - _MARGIN, city.east + _MARGIN, city.north + _MARGIN)
    if srid == WGS84:
        return degrees
    along = np.linspace(0.0, 1.0, _STEPS + 1)
    lon = degrees[0] + (degrees[2] - degrees[0]) * along
    lat = degrees[1] + (degrees[3] - degrees[1]) * along
    xs, ys = transformer(WGS84, srid)(*(grid.ravel() for grid in np.meshgrid(lon, lat)))
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


def _ring(west: float, south: float, east: float, north: float) -> str:
    corners = [(west, south), (east, south), (east, north), (west, north)]
    points = [
        (x0 + (x1 - x0) * i / _STEPS, y0 + (y1 - y0) * i / _STEPS)
        for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True)
        for i in range(_STEPS)
    ]
    return "((" + ",".join(f"{x:.9f} {y:.9f}" for x, y in [*points, points[0]]) + "))"
