"""Small SVG pictures made from the layers: hatching, signs of points, swatches of the legend.

The map, the legend and the saved map all take them from here, so they cannot differ.
"""

from gis_platform.layer import Layer
from gis_platform.layer.style import Icon, Pattern
from web_map.style.colour import mix

_TILE = 12
_HATCH: dict[Pattern, str] = {
    "none": "",
    "diagonal": '<path d="M-3 3 3-3M-3 15 15-3M9 15 15 9"/>',
    "cross": '<path d="M-3 3 3-3M-3 15 15-3M9 15 15 9M-3 9 3 15M-3-3 15 15M9-3 15 3"/>',
    "dots": '<g stroke="none"><circle cx="3" cy="3" r="1.4"/><circle cx="9" cy="9" r="1.4"/></g>',
    "horizontal": '<path d="M0 3H12M0 9H12"/>',
}
_SIGN: dict[Icon, str] = {
    "wifi": '<path d="M7 11.5a7.4 7.4 0 0 1 10 0M9.3 14.2a4 4 0 0 1 5.4 0M12 16.6v.1"/>',
    "camera": '<path d="M7.5 9.5h6v5.5h-6zM13.5 11.5l3.3-1.8v5.1l-3.3-1.8"/>',
    "gauge": '<path d="M12 6.8c2.2 2.6 3.5 4.4 3.5 6.2a3.5 3.5 0 0 1-7 0c0-1.8 1.3-3.6 3.5-6.2z"/>',
    "flag": '<path d="M9 17.5v-11h6.5l-1.6 2.5 1.6 2.5H9"/>',
}


def pattern_name(layer: Layer, index: int | None) -> str:
    """Name of the hatching of a class, by its place in the legend; None is the layer's own."""
    return _name("pattern", layer, index)


def icon_name(layer: Layer, index: int | None) -> str:
    """Name of the sign of a class; None is the layer's own."""
    return _name("icon", layer, index)


def swatch_name(layer: Layer, index: int | None) -> str:
    """Name of the legend picture of a class; None is the layer's own."""
    return _name("swatch", layer, index)


def _name(kind: str, layer: Layer, index: int | None) -> str:
    return f"{kind}-{layer.name}" if index is None else f"{kind}-{layer.name}-{index}"


def pictures(layer: Layer) -> dict[str, str]:
    """Every picture of a layer, SVG by name."""
    looks: list[tuple[int | None, str, Pattern]] = [(None, layer.style.color, layer.style.pattern)]
    looks += [(i, c.color, c.pattern) for i, c in enumerate(layer.style.classes)]
    made = {}
    for index, colour, pattern in looks:
        made[swatch_name(layer, index)] = _swatch(layer, colour, pattern)
        if pattern != "none":
            made[pattern_name(layer, index)] = _svg(_TILE, _TILE, _hatch(colour, pattern))
        if layer.style.icon is not None:
            made[icon_name(layer, index)] = _svg(24, 24, _sign(layer, colour))
    return made


def _svg(width: int, height: int, body: str) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'


def _hatch(colour: str, pattern: Pattern) -> str:
    ink = mix(colour, "#000000", 0.3)
    return f'<g fill="{ink}" stroke="{ink}" stroke-width="1">{_HATCH[pattern]}</g>'


def _sign(layer: Layer, colour: str) -> str:
    edge = f'stroke="{layer.style.outline}" stroke-width="1.5"'
    disc = f'<circle cx="12" cy="12" r="10.5" fill="{colour}" {edge}/>'
    drawn = _SIGN[layer.style.icon] if layer.style.icon else ""
    lines = 'fill="none" stroke="#ffffff" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
    return f"{disc}<g {lines}>{drawn}</g>"


def _swatch(layer: Layer, colour: str, pattern: Pattern) -> str:
    """24 by 24 for points, 32 by 20 for lines and areas."""
    style = layer.style
    if layer.geometry.dimension == 0:
        return _svg(24, 24, _sign(layer, colour))
    if layer.geometry.dimension == 1:
        cased = f'<path d="M1 10H31" stroke="{style.outline}" stroke-width="8"/>'
        return _svg(32, 20, f'{cased}<path d="M0 10H32" stroke="{colour}" stroke-width="6"/>')
    if style.opacity == 0:
        line = f'<path d="M0 10H32" stroke="{style.outline}"'
        dashes = 'stroke-width="2" stroke-dasharray="8 3 2 3"/>'
        return _svg(32, 20, f'{line} stroke-width="9" opacity=".14"/>{line} {dashes}')
    box = f'<rect x=".5" y=".5" width="31" height="19" rx="2" fill="{colour}" stroke="{style.outline}"/>'
    tiles = "".join(
        f'<g transform="translate({x} {y})">{_hatch(colour, pattern)}</g>'
        for x in (0, 12, 24)
        for y in (0, 12)
    )
    clip = '<clipPath id="c"><rect x="1" y="1" width="30" height="18" rx="1.5"/></clipPath>'
    return _svg(32, 20, f'{clip}{box}<g clip-path="url(#c)">{tiles if pattern != "none" else ""}</g>')
