"""Every word of the extract in Vietnamese and English: one catalogue each, with the same keys."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from gis_platform.layer.text import Language


@cache
def words(language: Language) -> Mapping[str, str]:
    """Texts by key; words in braces are filled in."""
    file = Path(__file__).parent / f"{language}.json"
    texts: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType(texts)
