"""The layers as the console's forms need them: titles, properties and parts that can be replaced."""

from collections.abc import Iterable
from typing import Any

from gis_platform.access.roles import Role
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from gis_platform.quality import RULES


def layers_told(layers: Iterable[Layer], role: Role, language: Language) -> list[dict[str, Any]]:
    """Each layer the role may see; properties in reading order, the required ones marked."""
    return [_told(layer, role, language) for layer in layers if role in layer.audience]


def _told(layer: Layer, role: Role, language: Language) -> dict[str, Any]:
    properties = layer.properties_for(role)
    return {
        "id": layer.name,
        "title": layer.title.in_language(language),
        "dimension": layer.geometry.dimension,
        "heading": layer.heading,
        "key": list(layer.key),
        "scope": list(layer.scope),
        "properties": [
            {
                "name": p.name,
                "title": p.title.in_language(language),
                "unit": p.unit,
                "needed": not (column := layer.column(p.name)).nullable and column.server_default is None,
                "values": {value: text.in_language(language) for value, text in p.values.items()},
            }
            for p in properties
        ],
    }


def rules_told(language: Language) -> dict[str, dict[str, str]]:
    """What the checks look for, by code: a title, and what to do about it."""
    return {
        code: {"title": rule.title.in_language(language), "cure": rule.cure.in_language(language)}
        for code, rule in RULES.items()
    }
