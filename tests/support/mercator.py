"""Which web tile a place lies in."""

import math


def tile_at(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    """Zoom, column and row of the WebMercatorQuad tile that holds a place in WGS 84 degrees."""
    across = 2**z
    x = math.floor((lon + 180) / 360 * across)
    y = math.floor((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * across)
    return z, x, y


def place_in_tile(z: int, x: int, y: int, px: float, py: float, extent: int = 4096) -> tuple[float, float]:
    """Longitude and latitude of a tile's own coordinates, which run from its upper left corner."""
    across = 2**z
    lon = (x + px / extent) / across * 360 - 180
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + py / extent) / across))))
    return lon, lat
