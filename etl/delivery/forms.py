"""What a property takes in: the form of its column, whether it may be empty, which values it knows."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import types
from sqlalchemy.dialects import postgresql

from gis_platform.folding import fold
from gis_platform.layer import Layer


class Form(Enum):
    """The forms a property can have, in words for a person."""

    TEXT = "a text"
    INTEGER = "a whole number"
    NUMBER = "a number"
    BOOLEAN = "true or false"
    DATE = "a date such as 2020-09-01"
    MOMENT = "a moment such as 2020-09-01T08:30:00+07:00"
    JSON = "JSON"
    LIST = "a list of texts"


_FORMS: tuple[tuple[type[types.TypeEngine[Any]], Form], ...] = (
    (postgresql.JSON, Form.JSON),
    (types.ARRAY, Form.LIST),
    (types.Boolean, Form.BOOLEAN),
    (types.DateTime, Form.MOMENT),
    (types.Date, Form.DATE),
    (types.Integer, Form.INTEGER),
    (types.Float, Form.NUMBER),
    (types.Numeric, Form.NUMBER),
    (types.String, Form.TEXT),
)


@dataclass(frozen=True, slots=True)
class PropertyForm:
    """How to take in one property.

    ``bits`` is the width of a whole number. ``default`` stands for an empty value. ``choices`` leads from
    a folded word (the value itself, or its title in either language) to the value; empty takes anything.
    """

    name: str
    form: Form
    bits: int
    required: bool
    default: str | None
    choices: dict[str, str]
    read: Callable[[str], str] | None = None
    """The property's own reader, for texts that are no plain value of the form."""
    as_read: str | None = None
    """Pattern (RE2) of texts that the reader would give back with the same meaning."""


def form_of(layer: Layer, name: str) -> PropertyForm:
    """The form of a property, from its column and its declared values."""
    column = layer.column(name)
    form = next((form for kind, form in _FORMS if isinstance(column.type, kind)), None)
    if form is None:
        raise TypeError(f"{layer.name}.{name}: a delivery cannot fill type {column.type!r}")
    text = getattr(column.server_default, "arg", None)
    default = text if isinstance(text, str) and not column.nullable else None
    return PropertyForm(
        name=name,
        form=form,
        bits=_bits(column.type),
        required=not column.nullable and column.server_default is None,
        default="[]" if form is Form.LIST and default == "{}" else default,
        choices=_choices(layer, name),
        read=layer.property_named(name).read,
        as_read=layer.property_named(name).as_read,
    )


def _bits(kind: types.TypeEngine[Any]) -> int:
    if isinstance(kind, types.BigInteger):
        return 64
    return 16 if isinstance(kind, types.SmallInteger) else 32


def _choices(layer: Layer, name: str) -> dict[str, str]:
    words: dict[str, set[str]] = {}
    values = layer.property_named(name).values
    for value, title in values.items():
        for word in (value, title.vi, title.en):
            words.setdefault(fold(word), set()).add(value)
    clear = {word: next(iter(meant)) for word, meant in words.items() if len(meant) == 1}
    return clear | {fold(value): value for value in values}
