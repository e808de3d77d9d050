"""How each thing on the map looks: the layers' own styles, made for paper."""

from collections.abc import Mapping

from gis_platform.layer import StyleClass
from layers.parcels import LAYER as PARCELS
from layers.streets import LAYER as STREETS
from layers.waters import LAYER as WATERS
from layers.zoning import LAYER as ZONING
from web_map.style.colour import mix
from web_map.style.palette import HALO, SELECTED
from web_map.style.pictures import pattern_name, pictures

BUILDABLE = "#14545c"
ASKED_FILL = f'fill="{SELECTED}" fill-opacity="0.07" stroke="none"'
ASKED_EDGE = f'fill="none" stroke="{SELECTED}" stroke-width="0.6" stroke-linejoin="round"'
DRAWN_EDGE = f'fill="none" stroke="{SELECTED}" stroke-width="0.35" stroke-dasharray="1.6 0.8"'
BUILDABLE_LOOK = (
    f'fill="{BUILDABLE}" fill-opacity="0.08" '
    f'stroke="{BUILDABLE}" stroke-width="0.4" stroke-dasharray="1.4 0.7"'
)
RED_LINE = 'fill="none" stroke="#c0392b" stroke-width="0.4" stroke-dasharray="2.2 0.9"'
LOT_EDGE = f'fill="none" stroke="{PARCELS.style.outline}" stroke-width="0.14"'
WATER_LOOK = f'fill="{WATERS.style.color}" stroke="{WATERS.style.outline}" stroke-width="0.15"'

_PATTERN_SIZE = 0.17
"""Millimetres of one unit of the hatching: lines 2 mm apart on the paper."""


def zone_class(style_class: str | None) -> tuple[int | None, StyleClass | None]:
    """The entry of the legend for a zone's function code; None twice where it has none."""
    for index, known in enumerate(ZONING.style.classes):
        if style_class in known.values:
            return index, known
    return None, None


def zone_look(index: int | None, known: StyleClass | None, *, seen_through: bool = False) -> str:
    """Colour, and hatching beside it. Where one plan lies on another only the upper is seen, as it governs;
    a corridor lets the land functions below it be ``seen_through``.
    """
    colour = _on_paper(known.color if known else ZONING.style.color)
    hatched = known is not None and known.pattern != "none"
    fill = f"url(#{pattern_name(ZONING, index)})" if hatched else colour
    return (
        f'fill="{fill}" fill-opacity="{0.7 if seen_through else 1}" '
        f'stroke="{ZONING.style.outline}" stroke-width="0.15" stroke-linejoin="round"'
    )


def hatchings() -> str:
    """SVG definitions of the hatchings that ``zone_look`` names, colour included."""
    drawn, made = pictures(ZONING), []
    for index, known in enumerate(ZONING.style.classes):
        name = pattern_name(ZONING, index)
        if name in drawn:
            body = drawn[name].split(">", 1)[1].removesuffix("</svg>")
            ground = f'<rect width="12" height="12" fill="{_on_paper(known.color)}"/>'
            size = f'width="12" height="12" patternTransform="scale({_PATTERN_SIZE})"'
            made.append(f'<pattern id="{name}" patternUnits="userSpaceOnUse" {size}>{ground}{body}</pattern>')
    return "".join(made)


def _on_paper(colour: str) -> str:
    """The tone that the colour of the live map, through which the ground is seen, has on the paper."""
    return mix(HALO, colour, ZONING.style.opacity)


def street_looks(width_mm: float) -> tuple[str, str]:
    """The edges of a street and the street between them; zones below stay to be seen."""
    line = 'fill="none" stroke-linejoin="round"'
    wide = max(width_mm, 0.5)
    return (
        f'{line} stroke="{STREETS.style.outline}" stroke-width="{wide + 0.24:.2f}"',
        f'{line} stroke="{STREETS.style.color}" stroke-width="{wide:.2f}"',
    )


def swatch(look: str) -> str:
    """The legend's picture of a look."""
    box = f'<rect x="0.4" y="0.4" width="5.2" height="2.95" {look}/>'
    size = 'width="32" height="20" viewBox="0 0 6 3.75"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><defs>{hatchings()}</defs>{box}</svg>'


SWATCHES: Mapping[str, str] = {
    "asked": swatch(ASKED_FILL.replace('stroke="none"', f'stroke="{SELECTED}" stroke-width="0.6"')),
    "drawn": swatch(DRAWN_EDGE),
    "buildable": swatch(BUILDABLE_LOOK),
    "lots": swatch(LOT_EDGE),
    "red_lines": swatch(RED_LINE),
    "waters": swatch(WATER_LOOK),
    "streets": swatch(f'fill="{STREETS.style.color}" stroke="{STREETS.style.outline}" stroke-width="0.24"'),
}
