"""Every word of the page in Vietnamese and in English: one JSON catalogue each, with the same keys.

The names of land uses stand in a catalogue of their own.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from gis_platform.layer.text import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Texts by key. Words in braces are filled in where the text is used."""
    file = Path(__file__).parent / f"{language}.json"
    texts: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType(texts)


@cache
def land_use_names(language: Language) -> Mapping[str, str]:
    """Names of land-use codes as the national system lists them; codes of older lists have none.

    The annex of Circular 08/2024/TT-BTNMT that fixes them was not read word for word.
    """
    file = Path(__file__).parent / "land_uses.json"
    names: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    place = LANGUAGES.index(language)
    return MappingProxyType({code: named[place] for code, named in names.items()})


def language_named(name: str | None) -> Language | None:
    """The language a caller names, or None when it is not one of ours."""
    return next((language for language in LANGUAGES if language == name), None)
