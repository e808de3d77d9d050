"""Every word of the console in Vietnamese and English: one catalogue each, with the same keys."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from gis_platform.layer.text import Language
from web_map.texts import catalogue

# How a request failed is told in the same words everywhere.
_SHARED = ("failed.", "sign_in.", "map.", "ways.")


@cache
def words(language: Language) -> Mapping[str, str]:
    """Texts by key, with those of the map that the console says too; words in braces are filled in."""
    texts: dict[str, str] = {}
    for file in sorted(Path(__file__).parent.glob(f"*.{language}.json")):
        texts |= json.loads(file.read_text(encoding="utf-8"))
    shared = {key: text for key, text in catalogue(language).items() if key.startswith(_SHARED)}
    return MappingProxyType(shared | texts)
