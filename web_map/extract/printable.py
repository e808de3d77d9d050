"""Texts made fit for the page: composed, of characters that the typeface has, never too long to break."""

import re
from collections.abc import Callable, Collection
from typing import Any

from gis_platform.folding import nfc

UNKNOWN = "?"
"""Stands for what cannot be drawn: a page for the archive may hold no empty glyph."""

_PIECE = 6
BREAK = "\u200b"
"""Marks for the template where a long word may break; it is not printed."""
# What has more letters in a row than any word of ours, or more digits than fit the narrowest column.
_LONG = re.compile(r"(?=[^\s/-]*[0-9])[^\s/-]{13,}|[^\s/-]{17,}")
_ALIKE = str.maketrans({"\u2011": "-", "\u2192": "–", "\u202f": "\u00a0", "\u2032": "'", "\u2033": '"'})


Printing = Callable[[Any], Any]


def printing(characters: Collection[str]) -> Printing:
    """A function that makes every text of a JSON value fit for a typeface with these characters."""

    def text(given: str) -> str:
        plain = " ".join(nfc(given).translate(_ALIKE).split(" "))
        spaced = re.sub(
            r"[\s\x00-\x1f\x7f]+", lambda run: "\u00a0" if run[0] == "\u00a0" else " ", plain
        ).strip()
        drawn = "".join(c if c in characters or c in " \u00a0" else UNKNOWN for c in spaced)
        return _LONG.sub(_breakable, drawn)

    def value(given: Any) -> Any:
        if isinstance(given, str):
            return text(given)
        if isinstance(given, list | tuple):
            return [value(one) for one in given]
        if isinstance(given, dict):
            return {name: value(one) for name, one in given.items()}
        return given

    return value


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    return BREAK.join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))
