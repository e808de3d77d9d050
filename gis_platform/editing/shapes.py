"""A GeoJSON geometry, moved to the working grid of the city: the right kind, valid, and in the city."""

from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis_platform.city import City
from gis_platform.geometry.crs import transform_geometries
from gis_platform.geometry.envelope import Verdict, guess_axis_swap
from gis_platform.geometry.output_crs import OutputCrs
from gis_platform.layer.declaration import Geometry

MOST_VERTICES = 10_000
# GeoJSON type to how deep its positions lie, for each kind of layer; the simple kind becomes a multi of one.
_TAKEN = {
    Geometry.POINT: {"Point": 0},
    Geometry.MULTILINESTRING: {"LineString": 1, "MultiLineString": 2},
    Geometry.MULTIPOLYGON: {"Polygon": 2, "MultiPolygon": 3},
}
_FEWEST = {Geometry.POINT: 1, Geometry.MULTILINESTRING: 2, Geometry.MULTIPOLYGON: 4}


class NoShape(ValueError):
    """The geometry cannot be stored; the message is a sentence that says why."""


def read_shape(member: object, kind: Geometry, crs: OutputCrs, city: City) -> BaseGeometry:
    """The geometry in the city's working grid, of the type in which the layer stores it.

    Args:
        member: member ``geometry`` of a feature.
        kind: how the layer stores it.
        crs: the system the coordinates are in, with its own axis order.
        city: gives the working grid, and the envelope outside which nothing is taken.

    Raises:
        NoShape: it is of another kind, has too many positions, is invalid, or lies elsewhere.
    """
    taken = _TAKEN[kind]
    named = member.get("type") if isinstance(member, dict) else None
    if not isinstance(member, dict) or named not in taken:
        raise NoShape(f"The geometry must be a {' or a '.join(taken)}.")
    if set(member) - {"type", "coordinates", "bbox"}:
        extra = sorted(set(member) - {"type", "coordinates", "bbox"})[0]
        raise NoShape(f"The geometry has no member {extra[:40]!r}; its system is named by Content-Crs.")
    shape = _build(member.get("coordinates"), taken[named], kind, crs)
    _require_place(shape, crs, city)
    _require_valid(shape, kind)
    moved = transform_geometries(np.array([shape], dtype=object), crs.srid, city.working_srid)[0]
    _require_valid(moved, kind)
    return cast(BaseGeometry, moved)


def _build(coordinates: Any, depth: int, kind: Geometry, crs: OutputCrs) -> BaseGeometry:
    nested = coordinates if depth == kind_depth(kind) else [coordinates]
    count = _count(nested, kind_depth(kind))
    if not 0 < count <= MOST_VERTICES:
        raise NoShape(f"The geometry must have between 1 and {MOST_VERTICES} positions; it has {count}.")
    if kind is Geometry.POINT:
        return shapely.Point(_positions([nested], kind, crs)[0])
    if kind is Geometry.MULTILINESTRING:
        return shapely.MultiLineString([_positions(line, kind, crs) for line in nested])
    areas = []
    for rings in nested:
        if not rings:
            raise NoShape("An area must have an outer ring.")
        outer, *inner = [_ring(ring, kind, crs) for ring in rings]
        areas.append(shapely.Polygon(outer, inner))
    return shapely.MultiPolygon(areas)


def kind_depth(kind: Geometry) -> int:
    """How deep the positions lie in the coordinates of a stored kind."""
    return max(_TAKEN[kind].values())


def _count(nested: Any, depth: int) -> int:
    if not isinstance(nested, list):
        raise NoShape("The coordinates are not nested as the type of the geometry asks.")
    return 1 if depth == 0 else sum(_count(part, depth - 1) for part in nested)


def _ring(ring: list[Any], kind: Geometry, crs: OutputCrs) -> NDArray[np.float64]:
    positions = _positions(ring, kind, crs)
    if not np.array_equal(positions[0], positions[-1]):
        raise NoShape("A ring must end where it begins.")
    return positions


def _positions(line: list[Any], kind: Geometry, crs: OutputCrs) -> NDArray[np.float64]:
    if len(line) < _FEWEST[kind]:
        raise NoShape(f"A {'ring' if kind is Geometry.MULTIPOLYGON else 'line'} has too few positions.")
    for position in line:
        if len(position) == 3:
            raise NoShape("A position must be two numbers: heights are not kept.")
        if len(position) != 2 or any(isinstance(n, bool) or not isinstance(n, int | float) for n in position):
            raise NoShape("A position must be two numbers.")
    try:
        read = np.array(line, dtype=np.float64)
    except OverflowError:
        raise NoShape("A position holds a number that is too large.") from None
    if not np.isfinite(read).all():
        raise NoShape("A position holds what is no number.")
    return read[:, ::-1] if crs.flip else read


def _require_place(shape: BaseGeometry, crs: OutputCrs, city: City) -> None:
    checked = guess_axis_swap(shape.bounds, city.envelope.as_tuple(), crs.srid)
    if checked.verdict is Verdict.FITS:
        return
    told = f"In {crs.uri} the geometry lies outside the city."
    if checked.verdict is Verdict.SWAPPED_AXES:
        told += " With its axes exchanged it would lie inside: are they swapped?"
    elif checked.verdict is Verdict.OTHER_CRS:
        likely = " or ".join(f"EPSG:{srid}" for srid in checked.likely_srids[:3])
        told += f" The numbers look like {likely}: name the system in Content-Crs."
    raise NoShape(told)


def _require_valid(shape: BaseGeometry, kind: Geometry) -> None:
    if not shapely.is_valid(shape):
        raise NoShape(f"The geometry is not valid: {shapely.is_valid_reason(shape)}.")
    size = {0: 1.0, 1: shape.length, 2: shape.area}[kind.dimension]
    if size <= 0 or shape.is_empty:
        raise NoShape("The geometry has no extent.")
