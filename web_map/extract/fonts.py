"""The typeface of the extract: the one of the web, as whole fonts, and a cut of it whose digits line up.

Be Vietnam Pro has no tabular figures. Its licence (SIL OFL 1.1, without a reserved name) lets a changed font
be made; the one made here differs in the widths of ten digits.
"""

import atexit
import shutil
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import typst
from fontTools.ttLib import TTFont

from web_map.assets.vendor import NODE_MODULES, package_file

FAMILY = "Be Vietnam Pro"
TABULAR = "Be Vietnam Pro Tabular"

_PACKAGE = "@expo-google-fonts/be-vietnam-pro"
_FILES = ("400Regular/BeVietnamPro_400Regular.ttf", "600SemiBold/BeVietnamPro_600SemiBold.ttf")
_DIGIT_WIDTH = 640
"""Thousandths of the size: near the middle of the digits' own widths, 385 to 710."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """What typst is given, and the characters that every weight can draw.

    Their files lie in a folder for as long as the process lives: typst reads them when it comes to need them.
    """

    fonts: typst.Fonts
    characters: frozenset[str]


@cache
def typeface(node_modules: Path = NODE_MODULES) -> Typeface:
    """Made at first use, a fraction of a second.

    Raises:
        Unavailable: the package with the fonts is not installed.
    """
    folder = mkdtemp(prefix="gis-fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    known: set[int] | None = None
    for name in _FILES:
        source = package_file(node_modules, f"{_PACKAGE}/{name}")
        shutil.copy(source, folder)
        with TTFont(source, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
            here = set(font.getBestCmap())
            known = here if known is None else known & here
            _with_even_digits(font)
            font.save(Path(folder) / f"tabular-{source.name}")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    characters = frozenset(c for c in map(chr, known or ()) if unicodedata.category(c)[0] not in "CZ")
    return Typeface(fonts, characters)


def _with_even_digits(font: TTFont) -> None:
    """Every digit stands in the middle of the same width; the font is named for it."""
    names, outlines, widths = font.getBestCmap(), font["glyf"], font["hmtx"]
    for digit in "0123456789":
        name = names[ord(digit)]
        width, left = widths[name]
        moved = round((_DIGIT_WIDTH - width) / 2)
        outlines[name].coordinates.translate((moved, 0))
        outlines[name].recalcBounds(outlines)
        widths[name] = (_DIGIT_WIDTH, left + moved)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            old, new = (
                (FAMILY.replace(" ", ""), TABULAR.replace(" ", ""))
                if record.nameID == 6
                else (FAMILY, TABULAR)
            )
            record.string = record.toUnicode().replace(old, new)
