"""Reading one written value: each function gives the value, or raises ValueError."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gis_platform.folding import fold, nfc

_TRUE = {"true", "t", "yes", "y", "1", "co"}
_FALSE = {"false", "f", "no", "n", "0", "khong"}


def parse_boolean(text: str) -> bool:
    """true, yes, có, 1, and their contraries, in any case."""
    word = fold(text)
    if word not in _TRUE | _FALSE:
        raise ValueError(text)
    return word in _TRUE


def parse_date(text: str) -> date:
    """An ISO date; 01/09/2020 is not taken, since it is two dates."""
    return date.fromisoformat(text)


def parse_moment(text: str, timezone: str) -> datetime:
    """An ISO time stamp; without an offset it is in the city's time zone."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(timezone))


def parse_json(value: object) -> str:
    """JSON as text, proven to be JSON that PostgreSQL takes too; a list of a file becomes a JSON array."""
    if not isinstance(value, str):
        return nfc(json.dumps(value, ensure_ascii=False, allow_nan=False))
    json.loads(value, parse_constant=_no_constant)
    return value


def parse_list(value: object) -> list[str]:
    """A list of texts, or a JSON array of them."""
    items = json.loads(value) if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError(value)
    return [nfc(item) for item in items]


def _no_constant(name: str) -> object:
    raise ValueError(name)
