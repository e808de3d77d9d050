"""Every word of the page in Vietnamese and in English: one JSON catalogue each, with the same keys."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from gis_platform.layer.text import Language
from layers.references.land_uses import land_use_names as names

LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Texts by key. Words in braces are filled in where the text is used."""
    file = Path(__file__).parent / f"{language}.json"
    texts: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType(texts)


@cache
def land_use_names(language: Language) -> Mapping[str, str]:
    """Names of land-use codes by code."""
    return MappingProxyType({code: name.in_language(language) for code, name in names().items()})


def language_named(name: str | None) -> Language | None:
    """The language a caller names, or None when it is not one of ours."""
    return next((language for language in LANGUAGES if language == name), None)
