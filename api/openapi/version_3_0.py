"""From OpenAPI 3.1, which FastAPI speaks, to 3.0, which OGC API Features asks for: the same in other words.

What 3.0 has no word for is left out, which only makes a schema wider.
"""

from typing import Any

_UNKNOWN = frozenset(
    {
        *("$schema", "$id", "$comment", "$defs", "$anchor", "$dynamicRef", "$dynamicAnchor"),
        *(
            "if",
            "then",
            "else",
            "dependentRequired",
            "dependentSchemas",
            "patternProperties",
            "propertyNames",
        ),
        *("unevaluatedItems", "unevaluatedProperties", "contains", "minContains", "maxContains"),
        *("contentEncoding", "contentMediaType", "contentSchema"),
    }
)
_LISTS = ("allOf", "anyOf", "oneOf")
_NULL: dict[str, Any] = {"type": "string", "nullable": True, "enum": [None]}
"""Null and nothing else: 3.0 has no type of that name, and ``nullable`` counts only beside a type."""


def schema_3_0(schema: Any) -> Any:
    """A JSON Schema of 2020-12 as a schema object of OpenAPI 3.0."""
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    made = {name: value for name, value in schema.items() if name not in _UNKNOWN}
    if len(made) > 1 and "$ref" in made:
        made["allOf"] = [{"$ref": made.pop("$ref")}, *made.get("allOf", [])]
    _constant(made)
    _example(made)
    _bytes(made, schema)
    _items(made)
    for name in _LISTS:
        if name in made:
            made[name] = [schema_3_0(part) for part in made[name]]
    for name in ("items", "not", "additionalProperties"):
        if name in made and not (name == "additionalProperties" and isinstance(made[name], bool)):
            made[name] = schema_3_0(made[name])
    if "properties" in made:
        made["properties"] = {name: schema_3_0(part) for name, part in made["properties"].items()}
    _exclusive(made)
    _several_types(made)
    _or_nothing(made)
    return made


def _constant(schema: dict[str, Any]) -> None:
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]


def _example(schema: dict[str, Any]) -> None:
    examples = schema.pop("examples", None)
    if examples:
        schema.setdefault("example", next(iter(examples)))


def _bytes(schema: dict[str, Any], before: dict[str, Any]) -> None:
    if before.get("type") == "string" and "contentMediaType" in before:
        schema["format"] = "byte" if before.get("contentEncoding") == "base64" else "binary"


def _items(schema: dict[str, Any]) -> None:
    """A list told place by place becomes a list of any of those, as long as it was."""
    places = schema.pop("prefixItems", None)
    if places:
        further = schema.get("items")
        schema["items"] = {"anyOf": [*places, *([further] if isinstance(further, dict) else [])]}
        if further is False:
            schema.setdefault("maxItems", len(places))
    elif schema.get("items") is False:
        schema["items"], schema["maxItems"] = {}, 0
    if schema.get("type") == "array":
        schema.setdefault("items", {})


def _exclusive(schema: dict[str, Any]) -> None:
    for word, bound, stricter in (
        ("exclusiveMinimum", "minimum", max),
        ("exclusiveMaximum", "maximum", min),
    ):
        limit = schema.get(word)
        if limit is None or isinstance(limit, bool):
            continue
        other = schema.get(bound, limit)
        schema[bound] = stricter(limit, other)
        schema.pop(word)
        if schema[bound] == limit:
            schema[word] = True


def _several_types(schema: dict[str, Any]) -> None:
    types = schema.get("type")
    if not isinstance(types, list):
        return
    named = [name for name in types if name != "null"]
    schema.pop("type")
    if len(named) == 1:
        schema["type"] = named[0]
    elif named:
        # Each word of the schema is about one type and passes over the others, so it may stand beside them.
        schema["anyOf"] = [{"type": name} | ({"items": {}} if name == "array" else {}) for name in named]
    if "null" in types:
        schema["nullable"] = True
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]


def _or_nothing(schema: dict[str, Any]) -> None:
    """A single choice beside null becomes ``nullable``; among several, null stays a choice."""
    if schema.get("type") == "null":
        schema |= _NULL
    for name in ("anyOf", "oneOf"):
        left = [choice for choice in schema.get(name, ()) if choice != _NULL]
        if len(left) == 1 and len(schema[name]) == 2 and "type" in left[0] and not set(left[0]) & set(schema):
            schema.pop(name)
            schema |= left[0] | {"nullable": True}
            if None not in schema.get("enum", [None]):
                schema["enum"] = [*schema["enum"], None]


def document_3_0(document: dict[str, Any]) -> dict[str, Any]:
    """A whole document of OpenAPI 3.1, its schemas rewritten wherever they stand."""
    made: dict[str, Any] = _within(document)
    made["openapi"] = "3.0.3"
    for name in ("webhooks", "jsonSchemaDialect"):
        made.pop(name, None)
    components = made.get("components", {})
    if "schemas" in components:
        components["schemas"] = {n: schema_3_0(s) for n, s in document["components"]["schemas"].items()}
    return made


def _within(part: Any) -> Any:
    if isinstance(part, list):
        return [_within(piece) for piece in part]
    if not isinstance(part, dict):
        return part
    return {
        name: schema_3_0(value) if name == "schema" else value if name in _VALUES else _within(value)
        for name, value in part.items()
    }


# What a caller might send or get is data, whatever it looks like.
_VALUES = frozenset({"example", "examples"})
