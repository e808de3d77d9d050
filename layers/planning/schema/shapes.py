"""GeoJSON of an answer (RFC 7946): longitude and latitude in WGS 84 degrees, to a millimetre."""

from layers.planning.schema.kinds import Schema

_POSITION: Schema = {
    "description": "Longitude, then latitude; degrees, WGS 84 (OGC:CRS84).",
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "items": False,
    "minItems": 2,
}
_RINGS: Schema = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/ring"}}

SHAPES: dict[str, Schema] = {
    "position": _POSITION,
    "ring": {
        "description": "A closed ring: the first position stands at its end again.",
        "type": "array",
        "minItems": 4,
        "items": {"$ref": "#/$defs/position"},
    },
    "ground": {
        "description": "Ground as GeoJSON, a Polygon or a MultiPolygon in WGS 84 degrees.",
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {
            "type": {"description": "The kind of geometry.", "enum": ["Polygon", "MultiPolygon"]},
            "coordinates": {"description": "Rings of positions in WGS 84 degrees."},
        },
        "additionalProperties": False,
        "if": {"properties": {"type": {"const": "Polygon"}}},
        "then": {"properties": {"coordinates": _RINGS}},
        "else": {"properties": {"coordinates": {"type": "array", "minItems": 1, "items": _RINGS}}},
    },
}
