"""A layer's properties as JSON schemas: shared by queryables, sortables and the schema of its features."""

from typing import Any

from gis_platform.access.roles import Role
from gis_platform.filtering import Kind, kind_of
from gis_platform.filtering.scope import GEOMETRY_NAMES, ID_NAME
from gis_platform.layer import Layer, Property
from gis_platform.layer.text import Language, Text

MEDIA_TYPE = "application/schema+json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
GEOMETRY_NAME = GEOMETRY_NAMES[0]

Schema = dict[str, Any]

_TYPES: dict[Kind, Schema] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.STRUCTURE: {"type": "array"},
}
# Units of the layers in the Unified Code for Units of Measure; others are told in words.
_UCUM = {"m": "m", "m²": "m2", "%": "%", "°": "deg", "s": "s", "phút": "min"}
_ID = Text("Mã của đối tượng", "Id of the feature")
_GEOMETRY = Text("Hình dạng", "Geometry")


def kind_of_property(layer: Layer, name: str) -> Kind:
    """The kind of values of a property."""
    return kind_of(layer.column(name).type)


def feature_properties(layer: Layer, role: Role, language: Language) -> dict[str, Schema]:
    """The id, what the role sees in reading order, and the geometry, each with its place in that order."""
    schemas: dict[str, Schema] = {
        ID_NAME: {"title": _ID.in_language(language), **_TYPES[Kind.INTEGER], "x-ogc-role": "id"}
    }
    for one in layer.properties_for(role):
        schemas[one.name] = _property(layer, one, language)
    schemas[GEOMETRY_NAME] = {
        "title": _GEOMETRY.in_language(language),
        "format": f"geometry-{layer.geometry.value.lower()}",
        "x-ogc-role": "primary-geometry",
    }
    for place, schema in enumerate(schemas.values(), start=1):
        schema["x-ogc-propertySeq"] = place
    return schemas


def _property(layer: Layer, one: Property, language: Language) -> Schema:
    schema: Schema = {
        "title": one.title.in_language(language),
        **_TYPES[kind_of_property(layer, one.name)],
    }
    if one.values:
        schema["enum"] = list(one.values)
        schema["x-enum-titles"] = {value: text.in_language(language) for value, text in one.values.items()}
    if one.unit:
        known = _UCUM.get(one.unit)
        schema["x-ogc-unit"] = known or one.unit
        schema["x-ogc-unitLang"] = "UCUM" if known else "vi"
    return schema


def as_document(
    layer: Layer, address: str, heading: str, language: Language, properties: dict[str, Schema]
) -> Schema:
    """A schema of an object with just these properties."""
    return {
        "$schema": DIALECT,
        "$id": address,
        "type": "object",
        "title": heading,
        "description": layer.description.in_language(language),
        "properties": properties,
        "additionalProperties": False,
    }
