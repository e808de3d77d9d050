"""All files of the map for one set of layers, made when the first of them is asked for."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any

from gis_platform.errors import Unavailable
from gis_platform.layer import Layer
from web_map.assets.made import FONTS, made_files
from web_map.assets.own import PAGE_SCRIPT, PAGE_SHEET, own_files
from web_map.assets.shelf import Shelf
from web_map.assets.vendor import font_faces, font_sheet, vendor_files
from web_map.style.sprite import sprite_files


class MapFiles:
    """The shelves. Made late, so that an API without front-end packages still starts."""

    def __init__(self, layers: Iterable[Layer], node_modules: Path) -> None:
        self._layers = tuple(layers)
        self._node_modules = node_modules

    @cached_property
    def own(self) -> Shelf:
        """``/static``: our scripts and style sheets."""
        return own_files()

    @cached_property
    def vendor(self) -> Shelf:
        """``/vendor``: named files of the front-end packages."""
        return vendor_files(self._node_modules)

    @cached_property
    def made(self) -> Shelf:
        """``/map/files``: what is made from the layers."""
        return made_files(self._layers, font_sheet(self.vendor, self._node_modules))

    @cached_property
    def sprites(self) -> Shelf:
        """``/map/sprites``: the pictures as pixels, for styles that other programs open."""
        return Shelf("/map/sprites", sprite_files(self._layers))

    @cached_property
    def font_faces(self) -> dict[str, list[dict[str, Any]]]:
        """The style's fonts."""
        return font_faces(self.vendor, self._node_modules)

    def pack_ahead(self) -> Thread:
        """Pack what the first view needs, beside whatever else starts: or the first visitor waits for it."""

        def pack() -> None:
            try:
                for name in (PAGE_SHEET, PAGE_SCRIPT):
                    self.own.pack(name, "br")
                for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"):
                    self.vendor.pack(name, "br")
            except Unavailable:
                # Without the front-end packages the API is there all the same.
                return

        thread = Thread(target=pack, name="packing ahead", daemon=True)
        thread.start()
        return thread

    @property
    def fonts(self) -> str:
        """Address of the fonts' style sheet."""
        return self.made.address(FONTS)

    @property
    def pictures(self) -> dict[str, str]:
        """Address of each picture by name."""
        return {
            name.removesuffix(".svg"): self.made.address(name) for name in self.made.contents if name != FONTS
        }
