"""Geometries of a filter: checked, then cut to the region in which the working grid can be computed."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from pyproj import CRS
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from gis_platform.filtering.refusal import refused, shown
from gis_platform.geometry.crs import WGS84
from gis_platform.geometry.envelope import Bounds, envelope_in
from gis_platform.geometry.output_crs import OutputCrs

# Data lies within the area of use of its grid; this far outside, in degrees, the grid is still computable.
_MARGIN = 1.0
# Straight edges bend in the grid: pieces of this length stay within a millimetre.
_STEP_DEGREES, _STEP_M, _MOST_STEPS = 0.005, 500.0, 200
_LIMIT_M = 1e8
_MAX_CORNERS = 10_000
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


@dataclass(frozen=True, slots=True)
class Shape:
    """What is left of a geometry in x, y order; ``whole`` is false where something was cut away."""

    part: BaseGeometry
    whole: bool


def read_shape(node: dict[str, Any], crs: OutputCrs, working_srid: int) -> Shape:
    """A geometry literal in the system of the filter.

    Raises:
        BadParameter: a coordinate is not in that system, a ring is not closed or crosses itself, or there are
            too many corners.
    """
    geometry = _box(node["bbox"], crs) if "bbox" in node and "type" not in node else _geometry(node, crs)
    if shapely.get_num_coordinates(geometry) > _MAX_CORNERS:
        raise refused(f"a geometry has more than {_MAX_CORNERS} corners.")
    if not geometry.is_valid:
        raise refused(f"a geometry is not valid: {shapely.is_valid_reason(geometry)}.")
    region = _region(crs.srid, working_srid)
    part = geometry.intersection(region)
    whole = bool(region.covers(geometry))
    return Shape(_cut_small(geometry if whole else part, crs, working_srid), whole)


@lru_cache(maxsize=32)
def _region(srid: int, working_srid: int) -> BaseGeometry:
    use = CRS.from_epsg(working_srid).area_of_use
    if use is None:
        raise ValueError(f"EPSG:{working_srid} tells no area of use")
    west, south, east, north = use.bounds
    around: Bounds = (
        max(west - _MARGIN, -180),
        max(south - _MARGIN, -85),
        min(east + _MARGIN, 180),
        min(north + _MARGIN, 85),
    )
    return shapely.box(*(around if srid == WGS84 else envelope_in(srid, around)))


def _cut_small(geometry: BaseGeometry, crs: OutputCrs, working_srid: int) -> BaseGeometry:
    if crs.srid == working_srid or geometry.is_empty:
        return geometry
    x_min, y_min, x_max, y_max = geometry.bounds
    least = _STEP_DEGREES if crs.srid == WGS84 else _STEP_M
    return geometry.segmentize(max(least, max(x_max - x_min, y_max - y_min) / _MOST_STEPS))


def _box(numbers: Any, crs: OutputCrs) -> BaseGeometry:
    if not isinstance(numbers, list) or len(numbers) not in (4, 6):
        raise refused("BBOX takes four numbers, or six with heights, which are left out.")
    half = len(numbers) // 2
    (x_min, y_min), (x_max, y_max) = (_position(numbers[start : start + 2], crs) for start in (0, half))
    if y_min > y_max or (x_min > x_max and crs.srid != WGS84):
        raise refused("BBOX takes the lower corner first.")
    if x_min > x_max:  # over the antimeridian
        return shapely.union(shapely.box(x_min, y_min, 180, y_max), shapely.box(-180, y_min, x_max, y_max))
    if x_min == x_max or y_min == y_max:
        same = x_min == x_max and y_min == y_max
        return shapely.Point(x_min, y_min) if same else shapely.LineString([(x_min, y_min), (x_max, y_max)])
    return shapely.box(x_min, y_min, x_max, y_max)


def _geometry(node: dict[str, Any], crs: OutputCrs) -> BaseGeometry:
    kind = node.get("type")
    if kind == "GeometryCollection" and set(node) == {"type", "geometries"}:
        parts = node["geometries"]
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            raise refused("a GEOMETRYCOLLECTION holds geometries.")
        if any(part.get("type") == kind for part in parts):
            raise refused("a GEOMETRYCOLLECTION holds no other.")
        return shapely.GeometryCollection([_geometry(part, crs) for part in parts])
    if not isinstance(kind, str) or kind not in _DEPTH or set(node) != {"type", "coordinates"}:
        raise refused(f"a geometry has a type and coordinates; {shown(kind)} is no type or there is more.")
    placed = _placed(node["coordinates"], _DEPTH[kind], crs)
    _require_closed(kind, placed)
    try:
        return shape({"type": kind, "coordinates": placed})
    except (ValueError, shapely.GEOSException) as fault:
        raise refused(f"a geometry cannot be: {fault}.") from None


def _placed(coordinates: Any, depth: int, crs: OutputCrs) -> Any:
    if not isinstance(coordinates, list):
        raise refused("coordinates are lists of numbers.")
    if depth == 0:
        return _position(coordinates, crs)
    if not coordinates:
        raise refused("a geometry is empty.")
    return [_placed(below, depth - 1, crs) for below in coordinates]


def _require_closed(kind: str, placed: Any) -> None:
    if kind == "LineString" and len(set(placed)) < 2:
        raise refused("a LINESTRING needs two places.")
    if kind == "MultiLineString" and any(len(set(line)) < 2 for line in placed):
        raise refused("each line needs two places.")
    polygons = {"Polygon": [placed], "MultiPolygon": placed}.get(kind, [])
    for ring in (ring for polygon in polygons for ring in polygon):
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise refused(
                "a ring of a POLYGON is not closed: its last place must be its first, and four the least."
            )


def _position(numbers: list[Any], crs: OutputCrs) -> tuple[float, float]:
    good = 2 <= len(numbers) <= 4 and all(type(number) in (int, float) for number in numbers)
    if not good or not all(abs(number) < _LIMIT_M and math.isfinite(number) for number in numbers):
        raise refused(f"a place is two numbers; {shown(numbers)} is none.")
    first, second = float(numbers[0]), float(numbers[1])
    x, y = (second, first) if crs.flip else (first, second)
    if crs.srid == WGS84 and not (-180 <= x <= 180 and -90 <= y <= 90):
        order = "latitude, then longitude" if crs.flip else "longitude, then latitude"
        raise refused(f"{shown(numbers)} is not on the Earth: write {order}, in degrees; or say filter-crs.")
    return x, y
