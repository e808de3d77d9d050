"""Parcels cut, dealt out anew and nudged, as surveyors do."""

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from shapely.ops import split


def across(one: BaseGeometry, other: BaseGeometry) -> list[BaseGeometry]:
    """Two neighbours cut across their border; nothing where each piece has not much of both."""
    whole = shapely.union(one, other)
    way = shapely.LineString([one.centroid, other.centroid])
    line = scale(way, 50, 50)
    pieces = list(split(polygon_of(whole), line).geoms)
    good = len(pieces) == 2 and all(
        shapely.intersection(p, old).area > 0.3 * min(p.area, old.area) and _broad(p)
        for p in pieces
        for old in (one, other)
    )
    return pieces if good else []


def cut(shape: BaseGeometry, parts: int) -> list[BaseGeometry]:
    """A parcel cut straight across its length; nothing where the pieces are too small."""
    if not single(shape):
        return []
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))[:4]
    along = (
        corners[1] - corners[0]
        if np.hypot(*(corners[1] - corners[0])) > np.hypot(*(corners[2] - corners[1]))
        else corners[2] - corners[1]
    )
    middle = np.array(shape.centroid.coords[0])
    pieces: list[BaseGeometry] = [polygon_of(shape)]
    for at in (0.0,) if parts == 2 else (-0.2, 0.15):
        foot, across = middle + at * along, np.array([-along[1], along[0]])
        line = shapely.LineString([foot - 50 * across, foot + 50 * across])
        pieces = [part for piece in pieces for part in split(piece, line).geoms]
    good = len(pieces) == parts and all(p.area > 0.12 * shape.area and _broad(p) for p in pieces)
    return pieces if good else []


def nudged(shape: BaseGeometry) -> BaseGeometry | None:
    """One corner half a metre off; None where that is no small change."""
    if not single(shape):
        return None
    corners = list(polygon_of(shape).exterior.coords)[:-1]
    corners[0] = (corners[0][0] + 0.4, corners[0][1] + 0.3)
    moved = shapely.Polygon(corners, [list(r.coords) for r in polygon_of(shape).interiors])
    same = shapely.intersection(moved, shape).area if moved.is_valid else 0
    return moved if same > 0.8 * shape.area else None


def single(shape: BaseGeometry) -> bool:
    """Of one part."""
    return len(shapely.get_parts(shape)) == 1 and shape.geom_type in ("Polygon", "MultiPolygon")


def polygon_of(shape: BaseGeometry) -> shapely.Polygon:
    """The only part of a shape."""
    part = shapely.get_parts(shape)[0]
    assert isinstance(part, shapely.Polygon)
    return part


def _broad(shape: BaseGeometry) -> bool:
    return shape.area > 20 and 2 * shape.area / shape.length > 1.5
