"""Style layers of an area layer: colour, hatching beside the colour, outline."""

from typing import Any

from gis_platform.layer import Layer
from web_map.style.classes import belongs, by_class, colour_of, filters
from web_map.style.colour import mix
from web_map.style.pictures import pattern_name
from web_map.style.sources import drawing


def area_layers(layer: Layer) -> list[dict[str, Any]]:
    """From the ground up. A layer without a fill is a boundary: a soft band and a dashed line."""
    if layer.style.opacity == 0:
        return _boundary(layer)
    return [_fill(layer), *_hatching(layer), _outline(layer)]


def _fill(layer: Layer) -> dict[str, Any]:
    fill = drawing(layer, "fill", "fill") | filters(layer)
    fill["layout"]["fill-sort-key"] = _height(layer)
    fill["paint"] = {"fill-color": _near_and_afar(layer), "fill-opacity": layer.style.opacity}
    return fill


def _height(layer: Layer) -> Any:
    """What lies over what where areas of several plans cover one another: by ``over``, then the legend's
    order from the ground up.
    """
    height, step = by_class(layer, lambda index, _: index, -1), len(layer.style.classes) + 1
    for name, values in reversed(layer.style.over):
        ranks = [part for rank, value in enumerate(values) for part in (value, rank * step)]
        height = ["+", height, ["match", ["get", name], *ranks, -step]]
        step *= len(values) + 1
    return height


def _near_and_afar(layer: Layer) -> Any:
    """From afar a block has no outlines within: it is set off from the ground by a deeper tone of its own."""
    if layer.coarse is None:
        return colour_of(layer)
    return ["case", ["has", "features"], mix(layer.style.color, layer.style.outline, 0.22), colour_of(layer)]


def _hatching(layer: Layer) -> list[dict[str, Any]]:
    style = layer.style
    hatched = [(i, c) for i, c in enumerate(style.classes) if c.pattern != "none"]
    if style.pattern == "none" and not hatched:
        return []
    if style.pattern == "none":
        only = filters(layer, ["any", *(belongs(layer, c) for _, c in hatched)])
        picture: Any = ["case"]
        for index, style_class in hatched:
            picture += [belongs(layer, style_class), pattern_name(layer, index)]
        picture.append(pattern_name(layer, hatched[0][0]))
    else:
        only, picture = filters(layer), pattern_name(layer, None)
    hatching = drawing(layer, "pattern", "fill") | only
    hatching["paint"] = {"fill-pattern": picture, "fill-opacity": style.opacity}
    return [hatching]


def _outline(layer: Layer) -> dict[str, Any]:
    style = layer.style
    # The edges of coarse cells run through blocks and mean nothing.
    single = [["!", ["has", "features"]]] if layer.coarse else []
    outline = drawing(layer, "outline", "line") | filters(layer, *single)
    outline["layout"]["line-join"] = "round"
    # Far out, a thousand outlines would be one dark stain: they come in as the ground comes near.
    near = max(layer.zooms[0] + 2, 12)
    faint = mix(style.outline, style.color, 0.55)
    outline["paint"] = {
        "line-color": ["interpolate", ["linear"], ["zoom"], near - 2, faint, near + 1, style.outline],
        "line-width": ["interpolate", ["linear"], ["zoom"], near - 2, style.width / 4, near + 2, style.width],
        "line-opacity": max(style.opacity, 0.8),
    }
    return outline


def _boundary(layer: Layer) -> list[dict[str, Any]]:
    style = layer.style
    band = drawing(layer, "band", "line") | filters(layer)
    band["layout"]["line-join"] = "round"
    wide = ["interpolate", ["linear"], ["zoom"], 10, style.width * 2, 18, style.width * 6]
    band["paint"] = {"line-color": style.outline, "line-width": wide, "line-opacity": 0.14}
    line = drawing(layer, "outline", "line") | filters(layer)
    line["layout"]["line-join"] = "round"
    narrow = ["interpolate", ["linear"], ["zoom"], 10, style.width * 0.6, 18, style.width * 1.3]
    line["paint"] = {
        "line-color": style.outline,
        "line-width": narrow,
        "line-dasharray": [5, 2, 1.2, 2],
        "line-opacity": 0.85,
    }
    return [band, line]
