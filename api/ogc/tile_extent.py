"""Which tiles of a layer can hold anything: its zooms, and where deliveries to the city may lie."""

import math
from typing import Any

from gis_platform.city import Envelope
from gis_platform.geometry.envelope import MARGIN
from gis_platform.layer import Layer

_LAST_LATITUDE = 85.0511287798
"""Degrees; Web Mercator ends there."""


def data_extent(envelope: Envelope) -> tuple[float, float, float, float]:
    """west, south, east, north in WGS 84 degrees: deliveries may reach over the envelope by ``MARGIN``."""
    across, up = (envelope.east - envelope.west) * MARGIN, (envelope.north - envelope.south) * MARGIN
    box = (envelope.west - across, envelope.south - up, envelope.east + across, envelope.north + up)
    west, south, east, north = (round(degrees, 9) for degrees in box)
    return max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north)


def tile_limits(layer: Layer, envelope: Envelope) -> list[dict[str, Any]]:
    """First and last row and column of each tile matrix of the layer, both included."""
    extent = data_extent(envelope)
    return [_limits(zoom, extent) for zoom in range(layer.zooms[0], layer.zooms[1] + 1)]


def _limits(zoom: int, extent: tuple[float, float, float, float]) -> dict[str, Any]:
    west, south, east, north = extent
    left, top = tile_at(west, north, zoom)
    right, bottom = tile_at(east, south, zoom)
    return {
        "tileMatrix": str(zoom),
        "minTileRow": top,
        "maxTileRow": bottom,
        "minTileCol": left,
        "maxTileCol": right,
    }


def tile_at(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row of the tile of a zoom that holds a place in WGS 84 degrees."""
    across = 2**zoom
    northing = math.radians(max(-_LAST_LATITUDE, min(_LAST_LATITUDE, lat)))
    x = (lon + 180) / 360 * across
    y = (1 - math.asinh(math.tan(northing)) / math.pi) / 2 * across
    return min(across - 1, max(0, int(x))), min(across - 1, max(0, int(y)))
