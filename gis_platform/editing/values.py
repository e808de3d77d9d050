"""A property's value as JSON writes it, turned into what its column takes."""

import json
import math
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Integer
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from gis_platform.clock.bounds import EARLIEST, LATEST, on_record
from gis_platform.folding import nfc
from gis_platform.layer.declaration import Layer, Property

_LONGEST_TEXT, _MOST_ENTRIES = 4_000, 200
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


class NoValue(ValueError):
    """The value does not fit its property; the message says what does."""


def read_value(layer: Layer, prop: Property, value: object) -> object:
    """The value to bind for the column of a property.

    Raises:
        NoValue: the column does not take it.
    """
    column = layer.column(prop.name)
    if value is None:
        if not column.nullable:
            raise NoValue("must have a value")
        return None
    read = _reader(column.type)(value)
    if prop.values and str(read) not in prop.values:
        raise NoValue(f"must be one of {', '.join(prop.values)}")
    if prop.read is not None:
        return _own_form(prop.read, column.type, value)
    return read


def _own_form(read: Callable[[str], str], kind: object, value: object) -> object:
    """By the layer's own reader, as in a delivery."""
    try:
        text = read(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    except (ValueError, TypeError, KeyError):
        raise NoValue("is not of the form that the layer keeps") from None
    return Jsonb(json.loads(text)) if isinstance(kind, JSONB) else text


def _reader(kind: object) -> Callable[[object], object]:
    readers: tuple[tuple[Any, Callable[[object], object]], ...] = (
        (Boolean, _truth),
        (BigInteger, _whole(63)),
        (Integer, _whole(31)),
        (Double, _number),
        (DateTime, _moment),
        (Date, read_day),
        (JSONB, _json),
        (ARRAY, _texts),
    )
    return next((reader for kinds, reader in readers if isinstance(kind, kinds)), _text)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise NoValue(f"must be a text of at most {_LONGEST_TEXT} characters")
    # Names are stored composed; phones and macOS send them taken apart.
    return nfc(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise NoValue("must be true or false")
    return value


def _whole(bits: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        whole = isinstance(value, int | float) and not isinstance(value, bool) and value == math.floor(value)
        if not whole or not isinstance(value, int | float) or not -(2**bits) <= value < 2**bits:
            raise NoValue(f"must be a whole number below 2^{bits}")
        return int(value)

    return read


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        with suppress(OverflowError):
            return float(value)
    raise NoValue("must be a number")


def read_day(value: object) -> date:
    """A civil date ``YYYY-MM-DD``; NoValue where it is none or lies beyond all records."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            day = date.fromisoformat(value)
            if on_record(day):
                return day
    raise NoValue(f"must be a date like 2023-09-06 between {EARLIEST} and {LATEST}")


def _moment(value: object) -> datetime:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        with suppress(ValueError):
            moment = datetime.fromisoformat(value)
            if on_record(moment.date()):
                return moment
    raise NoValue("must be a moment with its offset like 2023-09-06T08:00:00+07:00")


def _json(value: object) -> object:
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > _LONGEST_TEXT:
        raise NoValue(f"must be JSON of at most {_LONGEST_TEXT} characters")
    return Jsonb(json.loads(nfc(text)))


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > _MOST_ENTRIES:
        raise NoValue(f"must be a list of at most {_MOST_ENTRIES} texts")
    return [_text(entry) for entry in value]
