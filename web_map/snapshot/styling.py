"""The look of a layer in a saved map, from the same declaration as on the live one."""

from collections.abc import Callable
from typing import Any

from gis_platform.city import City
from gis_platform.layer import Layer, StyleClass
from web_map.style.lines import pixels_per_metre
from web_map.style.pictures import pattern_name, pictures

Feature = dict[str, Any]

LEAFLET_ZOOM_OFFSET = 1
"""Leaflet counts zooms by tiles of 256 pixels, the live map by tiles of 512: one apart."""


def styler(layer: Layer) -> Callable[[Feature], dict[str, Any]]:
    """Leaflet's path options for a feature."""
    style = layer.style

    def look(feature: Feature) -> dict[str, Any]:
        index, found = _class_of(layer, feature)
        colour = found.color if found else style.color
        pattern = found.pattern if found else style.pattern
        if layer.geometry.dimension == 1:
            return {"color": colour, "weight": style.width, "opacity": style.opacity}
        fill = colour if pattern == "none" else f"url(#{pattern_name(layer, index)})"
        return {
            "color": style.outline,
            "weight": style.width if layer.geometry.dimension == 2 else 1.5,
            "fillColor": fill,
            "fillOpacity": style.opacity,
            "fill": style.opacity > 0,
            "dashArray": "7 3 2 3" if style.opacity == 0 else None,
        }

    return look


def hatchings(layers: list[Layer]) -> str:
    """SVG definitions of the hatchings, colour included, for fills that name them."""
    made = []
    for layer in layers:
        drawn = pictures(layer)
        looks = [(None, layer.style.color), *((i, c.color) for i, c in enumerate(layer.style.classes))]
        for index, colour in looks:
            name = pattern_name(layer, index)
            if name in drawn:
                ground = f'<rect width="12" height="12" fill="{colour}"/>'
                body = drawn[name].split(">", 1)[1].removesuffix("</svg>")
                size = 'width="12" height="12" patternUnits="userSpaceOnUse"'
                made.append(f'<pattern id="{name}" {size}>{ground}{body}</pattern>')
    return f'<svg width="0" height="0" aria-hidden="true"><defs>{"".join(made)}</defs></svg>'


def ground_width(layer: Layer, city: City) -> dict[str, Any] | None:
    """How a line's width follows the zoom: its property in metres, and pixels per metre at zoom 0."""
    if layer.style.width_by is None:
        return None
    at_zero = pixels_per_metre(-LEAFLET_ZOOM_OFFSET, city.centre[1])
    return {"property": layer.style.width_by, "pixels": at_zero, "otherwise": layer.style.width * 2}


def _class_of(layer: Layer, feature: Feature) -> tuple[int | None, StyleClass | None]:
    value = feature["properties"].get(layer.style.by or "")
    for index, style_class in enumerate(layer.style.classes):
        if value in style_class.values:
            return index, style_class
    return None, None
