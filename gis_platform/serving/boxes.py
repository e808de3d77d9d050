"""Boxes in degrees made fit for the working grid."""

from typing import Protocol

from gis_platform.city import Envelope

# Data lies within the city's envelope; a grid coordinate far outside it is not even computable.
_MARGIN = 0.1
_STEPS = 8


class DegreeBox(Protocol):
    """west, south, east, north in WGS 84 degrees; west > east crosses the antimeridian."""

    @property
    def west(self) -> float: ...
    @property
    def south(self) -> float: ...
    @property
    def east(self) -> float: ...
    @property
    def north(self) -> float: ...


def box_wkt(box: DegreeBox, city: Envelope) -> str:
    """The part of a box that can hold data, as WKT with its edges cut small: they bend in the grid."""
    spans = [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
    south, north = max(box.south, city.south - _MARGIN), min(box.north, city.north + _MARGIN)
    rings = []
    for span_west, span_east in spans:
        west, east = max(span_west, city.west - _MARGIN), min(span_east, city.east + _MARGIN)
        if west <= east and south <= north:
            rings.append(_ring(west, south, east, north))
    return f"MULTIPOLYGON({','.join(rings)})" if rings else "MULTIPOLYGON EMPTY"


def _ring(west: float, south: float, east: float, north: float) -> str:
    corners = [(west, south), (east, south), (east, north), (west, north)]
    points = [
        (x0 + (x1 - x0) * i / _STEPS, y0 + (y1 - y0) * i / _STEPS)
        for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True)
        for i in range(_STEPS)
    ]
    return "((" + ",".join(f"{x:.9f} {y:.9f}" for x, y in [*points, points[0]]) + "))"
