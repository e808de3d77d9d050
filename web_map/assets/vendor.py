"""The few files of the front-end packages that the map serves: nothing else of them can be had."""

import json
from pathlib import Path
from typing import Any

from gis_platform.errors import Unavailable
from web_map.assets.shelf import Content, Shelf
from web_map.style.palette import WEIGHTS

NODE_MODULES = Path(__file__).parents[2] / "node_modules"

_MAPLIBRE = "maplibre-gl/dist"
_FONT = "@fontsource/be-vietnam-pro"
_SUBSETS = ("vietnamese", "latin-ext", "latin")
"""Vietnamese first: the first face that has a character draws it."""


def vendor_files(node_modules: Path = NODE_MODULES) -> Shelf:
    """MapLibre with its worker beside it, its style sheet, and the font in two weights."""
    files: dict[str, Content] = {
        name: node_modules / _MAPLIBRE / name
        for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css")
    }
    for weight in WEIGHTS.values():
        for subset in _SUBSETS:
            name = _font_file(subset, weight)
            files[name] = node_modules / _FONT / "files" / name
    return Shelf("/vendor", files)


def font_faces(shelf: Shelf, node_modules: Path = NODE_MODULES) -> dict[str, list[dict[str, Any]]]:
    """The style's ``font-faces``: by font name, each file with the characters it holds."""
    ranges: dict[str, str] = json.loads(package_file(node_modules, f"{_FONT}/unicode.json").read_text())
    return {
        name: [
            {"url": shelf.address(_font_file(subset, weight)), "unicode-range": ranges[subset].split(",")}
            for subset in _SUBSETS
        ]
        for name, weight in WEIGHTS.items()
    }


def font_sheet(shelf: Shelf, node_modules: Path = NODE_MODULES) -> str:
    """The same faces as a style sheet for the page: there the last face that has a character draws it."""
    rules = [
        f'@font-face{{font-family:"{next(iter(WEIGHTS))}";font-weight:{WEIGHTS[name]};font-display:swap;'
        f'src:url("{face["url"]}") format("woff2");unicode-range:{",".join(face["unicode-range"])}}}'
        for name, faces in font_faces(shelf, node_modules).items()
        for face in reversed(faces)
    ]
    return "\n".join(rules)


def package_file(node_modules: Path, name: str) -> Path:
    """A file of the front-end packages.

    Raises:
        Unavailable: they are not installed.
    """
    path = node_modules / name
    if not path.is_file():
        raise Unavailable(f"The front-end file {name} is not installed; `make run` installs it.")
    return path


def _font_file(subset: str, weight: int) -> str:
    return f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
