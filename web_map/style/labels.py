"""Labels: written in a colour of the layer that reads on paper, with a halo that reads on everything else."""

from typing import Any

from gis_platform.layer import Layer
from web_map.style.classes import filters
from web_map.style.colour import readable
from web_map.style.palette import FONT, FONT_STRONG, HALO, TEXT
from web_map.style.sources import drawing


def label_colour(layer: Layer) -> str:
    """The layer's own hue, dark enough for text: areas take their outline's. Names of lines are ink."""
    style = layer.style
    if layer.geometry.dimension == 1:
        return TEXT
    return readable(style.color if layer.geometry.dimension == 0 else style.outline, HALO)


def label_layers(layer: Layer) -> list[dict[str, Any]]:
    """One symbol layer, or none where nothing is written."""
    style = layer.style
    if style.label is None:
        return []
    label = drawing(layer, "label", "symbol") | filters(
        layer, ["!=", ["coalesce", ["get", style.label], ""], ""]
    )
    label["minzoom"] = max(style.label_from, layer.zooms[0])
    if _is_boundary(layer):
        label["maxzoom"] = label["minzoom"] + 5
    label["layout"] |= {
        "text-field": ["to-string", ["get", style.label]],
        "text-font": [FONT_STRONG if _is_boundary(layer) else FONT],
        "text-size": ["interpolate", ["linear"], ["zoom"], style.label_from, 12, style.label_from + 3, 14.5],
        **_placement(layer),
    }
    label["paint"] = {
        "text-color": label_colour(layer),
        "text-halo-color": HALO,
        "text-halo-width": 1.6,
        "text-halo-blur": 0.4,
        "text-opacity": 1,
    }
    return [label]


def _placement(layer: Layer) -> dict[str, Any]:
    match layer.geometry.dimension:
        case 0:
            return {
                "text-variable-anchor": ["top", "bottom", "left", "right"],
                "text-radial-offset": 1.1,
                "text-justify": "auto",
                "text-max-width": 9,
            }
        case 1:
            # Close by, a short street must find room for its name within one tile.
            return {
                "symbol-placement": "line",
                "symbol-spacing": ["interpolate", ["linear"], ["zoom"], 13.5, 220, 18, 150],
                "text-padding": 6,
                "text-max-angle": 35,
            }
        case _:
            # An area is named in each tile it lies in: names keep their distance, those of lots less.
            return {"text-max-width": 8, "text-padding": 4 if layer.zooms[0] >= 14 else 80}


def _is_boundary(layer: Layer) -> bool:
    """An area that is only its edge: its name is for those who see it whole."""
    return layer.geometry.dimension == 2 and layer.style.opacity == 0
