"""Style layers of a point layer: a dot from afar, and its sign once there is room for one."""

from typing import Any

from gis_platform.layer import Layer
from web_map.style.classes import by_class, colour_of, filters
from web_map.style.pictures import icon_name
from web_map.style.sources import drawing

SIGN_FROM = 14.5
"""Zoom from which a point is drawn with its sign."""


def point_layers(layer: Layer) -> list[dict[str, Any]]:
    """The dot, and above it the sign for layers that have one."""
    style = layer.style
    dot = drawing(layer, "dot", "circle") | filters(layer)
    if style.icon is not None:
        dot["maxzoom"] = SIGN_FROM
    dot["paint"] = {
        "circle-color": colour_of(layer),
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, style.width * 0.45, 15, style.width],
        "circle-stroke-color": style.outline,
        "circle-stroke-width": 1.5,
        "circle-opacity": style.opacity,
        "circle-stroke-opacity": style.opacity,
    }
    if style.icon is None:
        return [dot]
    sign = drawing(layer, "sign", "symbol") | filters(layer)
    sign["minzoom"] = SIGN_FROM
    picture = by_class(layer, lambda index, _: icon_name(layer, index), icon_name(layer, None))
    sign["layout"] |= {
        "icon-image": picture,
        "icon-allow-overlap": True,
        "icon-size": ["interpolate", ["linear"], ["zoom"], SIGN_FROM, 0.75, 17, 1],
    }
    sign["paint"] = {"icon-opacity": style.opacity}
    return [dot, sign]
