"""Style layers of a line layer: a casing and the line on it, as wide as on the ground where that is known."""

import math
from typing import Any

from gis_platform.city import City
from gis_platform.layer import Layer
from web_map.style.classes import Expression, colour_of, filters
from web_map.style.sources import drawing

_FAR, _NEAR = 11, 20
_EQUATOR_M = 40_075_016.686
_TILE_PX = 512


def pixels_per_metre(zoom: float, latitude: float) -> float:
    """Pixels of one metre on the ground in Web Mercator at a zoom and a latitude in degrees."""
    return 2**zoom * _TILE_PX / (_EQUATOR_M * math.cos(math.radians(latitude)))


def line_layers(layer: Layer, city: City) -> list[dict[str, Any]]:
    """Casing below, line above."""
    latitude = city.centre[1]
    casing = drawing(layer, "casing", "line") | filters(layer)
    line = drawing(layer, "line", "line") | filters(layer)
    for part in (casing, line):
        part["layout"] |= {"line-cap": "round", "line-join": "round"}
    casing["paint"] = {
        "line-color": layer.style.outline,
        "line-width": _width(layer, latitude, edge=1.0),
        "line-opacity": layer.style.opacity,
    }
    line["paint"] = {
        "line-color": colour_of(layer),
        "line-width": _width(layer, latitude, edge=0.0),
        "line-opacity": layer.style.opacity,
    }
    return [casing, line]


def _width(layer: Layer, latitude: float, edge: float) -> Expression:
    """Ground width: with base 2, two stops are right at every zoom between. ``edge`` pixels on each side."""
    if layer.style.width_by is None:
        return layer.style.width + 2 * edge
    metres = ["to-number", ["get", layer.style.width_by], layer.style.width * 2]

    def stop(zoom: int, least: float) -> Expression:
        wide = ["*", metres, round(pixels_per_metre(zoom, latitude), 5)]
        return ["+", ["max", wide, least], 2 * edge * (0.4 if zoom == _FAR else 1)]

    return ["interpolate", ["exponential", 2], ["zoom"], _FAR, stop(_FAR, 0.35), _NEAR, stop(_NEAR, 2)]
