"""Features made fit for a saved map: readable values, and only what is drawn."""

import re
from contextlib import suppress
from datetime import date
from typing import Any

from gis_platform.access.roles import Role
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from gis_platform.vietnamese_numbers import format_date, format_number

Collection = dict[str, Any]

_ENGLISH = str.maketrans(",.", ".,")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def prepared(layer: Layer, collection: Collection, language: Language) -> Collection:
    """A copy whose properties are what styling needs, the label, and rows of words for people."""
    features = [_feature(layer, f, language) for f in collection["features"] if _drawn(layer, f)]
    return {"type": "FeatureCollection", "features": features}


def _drawn(layer: Layer, feature: dict[str, Any]) -> bool:
    properties = feature["properties"]
    return all(properties.get(name) in values for name, values in layer.style.drawn.items())


def _feature(layer: Layer, feature: dict[str, Any], language: Language) -> dict[str, Any]:
    given, style = feature["properties"], layer.style
    kept = {name: plain(given.get(name)) for name in (style.by, style.width_by) if name}
    label = given.get(style.label) if style.label else None
    rows = [
        [described.title.in_language(language), text]
        for described in layer.properties_for(Role.PUBLIC)
        if (text := _words(given.get(described.name), described.meanings, described.unit, language))
    ]
    return {
        "type": "Feature",
        "geometry": feature["geometry"],
        "properties": kept | {"label": plain(str(label)) if label else None, "rows": rows},
    }


def _words(value: object, names: Any, unit: str | None, language: Language) -> str | None:
    if value is None or value == "" or value == []:
        return None
    if isinstance(value, bool):
        return {"vi": ("Không", "Có"), "en": ("No", "Yes")}[language][value]
    if isinstance(value, list):
        return "; ".join(filter(None, (_words(one, names, None, language) for one in value)))
    if isinstance(value, dict):
        return " ".join(filter(None, (_words(one, {}, None, language) for one in value.values())))
    if isinstance(value, int | float):
        return number(value, language) + (f" {unit}" if unit else "")
    text = str(value)
    return names[text].in_language(language) if text in names else str(plain(day(text)))


def number(value: float, language: Language) -> str:
    """7.887 and 2,1 in Vietnamese; 7,887 and 2.1 in English; at most two decimals."""
    text = format_number(value, 2).rstrip("0").rstrip(",")
    return text if language == "vi" else text.translate(_ENGLISH)


def day(text: str) -> str:
    """An ISO date as 22/11/2026; any other text as it is."""
    with suppress(ValueError):
        return format_date(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
    return text


def plain(value: Any) -> Any:
    """A saved map names no address, not even one that a delivery wrote into a note or a code."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(name): plain(one) for name, one in value.items()}
    return re.sub("/{2,}", "/", _SCHEME.sub("", value)) if isinstance(value, str) else value
