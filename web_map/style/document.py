"""The MapLibre style of the whole map, for what one caller may see."""

from collections.abc import Iterable
from typing import Any

from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from web_map.style.areas import area_layers
from web_map.style.classes import filter_on
from web_map.style.labels import label_layers
from web_map.style.lines import line_layers
from web_map.style.palette import GROUND
from web_map.style.points import point_layers
from web_map.style.sources import source

# What the page's slider turns: a plain number in every style layer.
_OPACITY = {
    "fill": "fill-opacity",
    "line": "line-opacity",
    "circle": "circle-opacity",
    "symbol": "text-opacity",
}


def map_style(
    layers: Iterable[Layer], city: City, language: Language, font_faces: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """A style (version 8) from the layers, which come in drawing order. Addresses start at the root.

    Every fill lies below every line, so that a plan's colour covers no boundary of a lot. Labels come last:
    where two collide the one later in the file stays, so wards go before streets, and streets before lots.
    """
    shown = list(layers)
    shapes = [_told(layer, drawn) for layer in shown for drawn in _shapes(layer, city)]
    labels = [_told(layer, label) for layer in shown for label in label_layers(layer)]
    labels.sort(key=lambda label: -float(label["minzoom"]))
    title = city.title_vi if language == "vi" else city.title_en
    return {
        "version": 8,
        "name": title,
        "center": list(city.centre),
        "zoom": city.zoom,
        "font-faces": font_faces,
        "sources": {layer.name: source(layer, city) for layer in shown},
        "layers": [_ground(), *sorted(shapes, key=lambda drawn: drawn["type"] != "fill"), *labels],
    }


def _ground() -> dict[str, Any]:
    return {"id": "ground", "type": "background", "paint": {"background-color": GROUND}}


def _told(layer: Layer, drawn: dict[str, Any]) -> dict[str, Any]:
    """With what the page must know to turn its opacity, and to draw another day."""
    drawn["metadata"]["gis:opacity"] = drawn["paint"].get(_OPACITY[drawn["type"]], 1)
    other = filter_on(layer, drawn.get("filter"))
    if other is not None:
        drawn["metadata"]["gis:filter_on"] = other
    return drawn


def _shapes(layer: Layer, city: City) -> list[dict[str, Any]]:
    match layer.geometry.dimension:
        case 0:
            return point_layers(layer)
        case 1:
            return line_layers(layer, city)
        case _:
            return area_layers(layer)
