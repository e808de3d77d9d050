"""The legend: what the page lists, and what it must know to describe a feature somebody clicks on."""

from collections.abc import Iterable, Mapping
from typing import Any

from gis_platform.access.roles import Role
from gis_platform.layer import Layer, Property
from gis_platform.layer.text import Language
from gis_platform.serving.filterable import filterable
from web_map.style.drawn import only_on, only_today
from web_map.style.pictures import swatch_name


def legend(
    layers: Iterable[Layer], role: Role, language: Language, pictures: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One entry a layer, in drawing order. ``pictures`` gives the address of each picture by name."""
    return [_entry(layer, role, language, pictures) for layer in layers]


def _entry(layer: Layer, role: Role, language: Language, pictures: Mapping[str, str]) -> dict[str, Any]:
    style = layer.style
    seen = {p.name for p in layer.properties_for(role)}
    sorted_by = filterable(layer, role)
    looks = [(i, c.label.in_language(language)) for i, c in enumerate(style.classes)]
    return {
        "id": layer.name,
        "title": layer.title.in_language(language),
        "description": layer.description.in_language(language),
        "dimension": layer.geometry.dimension,
        "zooms": list(layer.zooms),
        "shown": style.shown,
        "base": style.base,
        "staff_only": Role.PUBLIC not in layer.audience,
        "heading": layer.heading,
        "named": layer.named.in_language(language) if layer.named else None,
        "brief": [name for name in layer.brief if name in seen],
        "history": layer.history,
        "only": only_today(layer),
        "only_on": only_on(layer),
        "swatch": pictures[swatch_name(layer, 0 if looks else None)],
        "entries": [{"label": label, "picture": pictures[swatch_name(layer, i)]} for i, label in looks],
        "properties": [
            _property(p, language) | {"sortable": p.name in sorted_by} for p in layer.properties_for(role)
        ],
        "hidden": [p.title.in_language(language) for p in layer.hidden_from(role)],
    }


def _property(described: Property, language: Language) -> dict[str, Any]:
    told = {
        "name": described.name,
        "title": described.title.in_language(language),
        "unit": described.unit,
        "values": {key: text.in_language(language) for key, text in described.meanings.items()},
    }
    if not described.members:
        return told
    return told | {"members": [_property(member, language) for member in described.members]}
