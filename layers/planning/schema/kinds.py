"""Kinds of members. Each takes what it is in words first: no member goes without."""

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]
Members = Mapping[str, Schema]

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def text(what: str, pattern: str | None = None) -> Schema:
    """Words, never empty ones unless a delivery wrote them so."""
    return {"description": what, "type": "string", **({"pattern": pattern} if pattern else {})}


def choice(what: str, values: Iterable[str]) -> Schema:
    """One of some codes."""
    return {"description": what, "enum": list(values)}


def number(what: str, least: float | None = 0, most: float | None = None) -> Schema:
    """A number; ``what`` tells its unit."""
    told: Schema = {"description": what, "type": "number"}
    if least is not None:
        told["minimum"] = least
    if most is not None:
        told["maximum"] = most
    return told


def whole(what: str, least: int = 0) -> Schema:
    """A whole number."""
    return {"description": what, "type": "integer", "minimum": least}


def flag(what: str) -> Schema:
    """Yes or no."""
    return {"description": what, "type": "boolean"}


def day(what: str) -> Schema:
    """A civil date of the city."""
    return {"description": what, "type": "string", "format": "date", "pattern": _DAY}


def moment(what: str) -> Schema:
    """A moment in RFC 3339."""
    return {"description": what, "type": "string", "format": "date-time", "pattern": f"{_DAY[:-1]}T"}


def many(what: str, of: Schema, least: int = 0) -> Schema:
    """A list."""
    return {"description": what, "type": "array", "items": of, **({"minItems": least} if least else {})}


def members(what: str, always: Members, sometimes: Members | None = None) -> Schema:
    """An object of exactly these members; those in ``sometimes`` may be left out."""
    return {
        "description": what,
        "type": "object",
        "required": list(always),
        "properties": {**always, **(sometimes or {})},
        "additionalProperties": False,
    }


def refer(name: str, what: str) -> Schema:
    """One of the document's ``$defs``, and what it is here."""
    return {"description": what, "$ref": f"#/$defs/{name}"}


def or_null(one: Schema) -> Schema:
    """The same, or null."""
    what, rest = one["description"], {name: value for name, value in one.items() if name != "description"}
    if "enum" in rest:
        return {"description": what, "enum": [*rest["enum"], None]}
    if isinstance(rest.get("type"), str) and "$ref" not in rest:
        return {"description": what, **rest, "type": [rest["type"], "null"]}
    return {"description": what, "anyOf": [rest, {"type": "null"}]}
