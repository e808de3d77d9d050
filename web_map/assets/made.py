"""Files the page loads that are made from the layers: pictures for map and legend, the fonts' style sheet."""

from collections.abc import Iterable

from gis_platform.layer import Layer
from web_map.assets.shelf import Shelf
from web_map.style.pictures import pictures

FONTS = "fonts.css"


def made_files(layers: Iterable[Layer], font_sheet: str) -> Shelf:
    """Every layer's pictures as ``<name>.svg``, whoever may see the layer: a picture tells nothing."""
    files = {f"{name}.svg": svg.encode() for layer in layers for name, svg in pictures(layer).items()}
    return Shelf("/map/files", files | {FONTS: font_sheet.encode()})
