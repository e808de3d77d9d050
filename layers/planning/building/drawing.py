"""A geometry of the working grid as GeoJSON."""

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis_platform.geometry.crs import WGS84, transform_geometries

#: A millimetre in degrees.
_DECIMALS = 8


def as_geojson(geometry: BaseGeometry, srid: int) -> dict[str, Any] | None:
    """Longitude and latitude in WGS 84 to about a millimetre; None for what is empty."""
    if geometry.is_empty:
        return None
    moved = transform_geometries(np.array([geometry], dtype=object), srid, WGS84)[0]
    rounded = shapely.transform(moved, lambda places: np.round(places, _DECIMALS))
    drawn: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return drawn
