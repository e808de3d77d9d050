"""A box in one reference system as the smallest box around it in another, by the pinned transformations."""

import numpy as np

from gis_platform.geometry.crs import transform_coordinates
from gis_platform.geometry.envelope import Bounds

_STEPS = 41


def moved_bounds(bounds: Bounds, from_srid: int, to_srid: int) -> Bounds:
    """The box around the moved border, x before y; not finite where the target does not reach."""
    if from_srid == to_srid:
        return bounds
    west, south, east, north = bounds
    across, up = np.linspace(west, east, _STEPS), np.linspace(south, north, _STEPS)
    border = np.vstack(
        [
            *(np.column_stack((across, np.full(_STEPS, y))) for y in (south, north)),
            *(np.column_stack((np.full(_STEPS, x), up)) for x in (west, east)),
        ]
    )
    moved = transform_coordinates(border, from_srid, to_srid)
    (x_min, y_min), (x_max, y_max) = moved.min(axis=0), moved.max(axis=0)
    return float(x_min), float(y_min), float(x_max), float(y_max)
