"""A request's body as JSON, read strictly: what JSON or PostgreSQL does not know is refused."""

import json
import unicodedata
from typing import Any, NoReturn

from gis_platform.errors import BadParameter

_DEEPEST = 32


def read_document(body: bytes) -> dict[str, Any]:
    """The JSON object in a body.

    Raises:
        BadParameter: the body is none, or holds NaN, a member twice, too deep a nest, or what is no text.
    """
    try:
        text = body.decode("utf-8-sig")
        document = json.loads(
            text, parse_constant=_no_number, parse_float=_finite, object_pairs_hook=_each_once
        )
    except UnicodeDecodeError:
        raise _bad("The body is not UTF-8.") from None
    except RecursionError:
        raise _bad("The body is nested too deeply.") from None
    except json.JSONDecodeError as fault:
        raise _bad(
            f"The body is not JSON: {fault.msg} in line {fault.lineno}, column {fault.colno}."
        ) from None
    except ValueError:
        # What Python's own reader refuses: a whole number of thousands of digits.
        raise _bad("The body holds a number that is too long.") from None
    if not isinstance(document, dict):
        raise _bad("The body must be one JSON object, a GeoJSON Feature.")
    _check(document, 0)
    return document


def _check(value: object, depth: int) -> None:
    if depth > _DEEPEST:
        raise _bad("The body is nested too deeply.")
    if isinstance(value, str):
        _require_text(value)
    elif isinstance(value, dict):
        for name, held in value.items():
            _require_text(name)
            _check(held, depth + 1)
    elif isinstance(value, list):
        for held in value:
            _check(held, depth + 1)


def _require_text(text: str) -> None:
    """PostgreSQL keeps no NUL, and half of a surrogate pair is no character."""
    if "\x00" in text or any(unicodedata.category(letter) == "Cs" for letter in text if letter > "\ud7ff"):
        raise _bad("The body holds a character that is no text.")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise _bad(f"The member {doubled[:40]!r} is given more than once.")
    return found


def _no_number(name: str) -> NoReturn:
    raise _bad(f"{name} is no number in JSON.")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise _bad(f"The number {text[:20]} is too large.")
    return number


def _bad(detail: str) -> BadParameter:
    return BadParameter(detail, parameter="body")
