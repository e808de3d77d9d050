"""How much a write moves, in metres and square metres of the working grid."""

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry


def measure_change(
    dimension: int, before: BaseGeometry | None, after: BaseGeometry | None
) -> dict[str, Any] | None:
    """Size before and after and how far the two differ; None where nothing moves, or a point comes or goes.

    Areas in m² (``moved`` is the ground that only one of the two covers), lines in m (``moved`` is the
    greatest distance between them), points in m (``moved`` is the way from one to the other).
    """
    both = before is not None and after is not None
    if shapely.equals_exact(before, after) if both else dimension == 0:
        return None
    return {
        "unit": "m2" if dimension == 2 else "m",
        "before": _size(dimension, before),
        "after": _size(dimension, after),
        "moved": _moved(dimension, before, after),
    }


def _size(dimension: int, shape: BaseGeometry | None) -> float | None:
    if shape is None or dimension == 0:
        return None
    return round(shape.area if dimension == 2 else shape.length, 3)


def _moved(dimension: int, before: BaseGeometry | None, after: BaseGeometry | None) -> float | None:
    if before is None or after is None:
        return None
    if dimension == 2:
        # What was stored long ago need not be valid.
        return round(float(shapely.symmetric_difference(shapely.make_valid(before), after).area), 3)
    if dimension == 1:
        return round(float(shapely.hausdorff_distance(before, after)), 3)
    return round(float(shapely.distance(before, after)), 3)
