"""What a caller finds on the features of a tile, as JSON Schema: derived from the layer, as the tile is."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Integer, Numeric

from gis_platform.access.roles import Role
from gis_platform.layer import Layer, Property, Text
from gis_platform.layer.text import Language

_BLOCK = Text("Số đối tượng trong khối", "Features in the block")


def tile_properties(layer: Layer, role: Role, language: Language) -> dict[str, dict[str, Any]]:
    """A schema for each property in the tiles of the layer, as the role is shown them.

    A tile knows text, numbers and truth values: days and moments are text of ISO 8601.
    """
    shown = [p for p in layer.properties_for(role) if p.in_tile]
    schemas = {p.name: _schema(layer, p, language) for p in shown}
    if layer.coarse is not None:
        told = Text(
            f"Chỉ có ở mức thu phóng dưới {layer.coarse.below}, nơi các đối tượng liền nhau gộp thành khối.",
            f"Only at zooms below {layer.coarse.below}, where neighbouring features are one block.",
        )
        schemas["features"] = {
            "type": "integer",
            "minimum": 1,
            "title": _BLOCK.in_language(language),
            "description": told.in_language(language),
        }
    return schemas


def _schema(layer: Layer, described: Property, language: Language) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": described.title.in_language(language)}
    kind = layer.column(described.name).type
    if isinstance(kind, Boolean):
        schema["type"] = "boolean"
    elif isinstance(kind, BigInteger | Integer):
        schema["type"] = "integer"
    elif isinstance(kind, Double | Numeric):
        schema["type"] = "number"
    else:
        schema["type"] = "string"
        if isinstance(kind, DateTime):
            schema["format"] = "date-time"
        elif isinstance(kind, Date):
            schema["format"] = "date"
    if described.values:
        schema["enum"] = list(described.values)
        meanings = (f"{key}: {text.in_language(language)}" for key, text in described.values.items())
        schema["description"] = "; ".join(meanings)
    if described.unit:
        schema["x-ogc-unit"] = described.unit
    return schema
