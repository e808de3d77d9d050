"""Every word of the page for filing in Vietnamese and English."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from gis_platform.layer.text import Language
from web_map.texts import catalogue

# How a request failed, and what is missing in a search, is told in the same words everywhere.
_SHARED = ("failed.", "search.")


@cache
def words(language: Language) -> Mapping[str, str]:
    """Texts by key, with those of the map that this page says too; words in braces are filled in."""
    file = Path(__file__).parent / f"{language}.json"
    texts: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    shared = {key: text for key, text in catalogue(language).items() if key.startswith(_SHARED)}
    return MappingProxyType(shared | texts)
