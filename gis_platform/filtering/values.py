"""Values as a caller writes them, made into the kind of what they are compared with."""

import math
import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import true

from gis_platform.filtering.kinds import Kind
from gis_platform.filtering.refusal import refused
from gis_platform.filtering.scope import Operand, Scope, Term, Value
from gis_platform.folding import nfc

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_LARGEST = 2**63 - 1


def value_of(node: Any) -> Value | None:
    """A literal of the tree as a value; None where the node is none.

    Raises:
        BadParameter: it is a number, a date or a moment that cannot be.
    """
    if isinstance(node, bool):
        return Value(Kind.BOOLEAN, node)
    if isinstance(node, int | float):
        return number(node)
    if isinstance(node, str):
        # Names are stored composed; phones and macOS send them taken apart.
        return Value(Kind.TEXT, nfc(node))
    if isinstance(node, dict) and set(node) == {"date"}:
        return Value(Kind.DATE, parse_date(node["date"]))
    if isinstance(node, dict) and set(node) == {"timestamp"}:
        return Value(Kind.MOMENT, parse_moment(node["timestamp"]))
    return None


def number(value: float) -> Value:
    """A number; whole ones are kept whole, so that both encodings say the same."""
    if isinstance(value, int):
        fits = abs(value) <= _LARGEST
        if not fits and abs(value) > 10**300:
            raise refused("a number is too large.")
        return Value(Kind.INTEGER, value) if fits else Value(Kind.NUMBER, float(value))
    if not math.isfinite(value):
        raise refused("a number is too large.")
    # Above 2^53 a number of the text form has lost its last digits already.
    whole = value.is_integer() and abs(value) < 2**53
    return Value(Kind.INTEGER, int(value)) if whole else Value(Kind.NUMBER, value)


def parse_date(text: object) -> date:
    """A civil day, ``YYYY-MM-DD``."""
    try:
        if isinstance(text, str) and _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise refused(f"a date is like 2023-09-06; {Value(Kind.TEXT, text).said} is none.")


def parse_moment(text: object) -> datetime:
    """A moment in RFC 3339, with its time zone, as UTC."""
    try:
        if isinstance(text, str) and _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise refused(f"a moment is like 2023-09-06T08:00:00Z or …+07:00; {Value(Kind.TEXT, text).said} is none.")


def alike(scope: Scope, operands: list[Operand]) -> tuple[Kind, list[Any]]:
    """Operands that can be compared, as SQL, and their kind.

    Raises:
        BadParameter: they are of kinds that cannot be compared; the detail names the property.
    """
    terms = [one for one in operands if isinstance(one, Term)]
    if not terms:
        terms = [_first(operands[0])]
    kinds = {term.kind for term in terms}
    kind = Kind.NUMBER if kinds == {Kind.INTEGER, Kind.NUMBER} else terms[0].kind
    if kind in (Kind.GEOMETRY, Kind.STRUCTURE):
        raise refused(f"{terms[0].said} is {kind.value}: it cannot be compared, only asked IS NULL.")
    for term in terms:
        if term.kind is not kind and not (term.kind.numeric and kind.numeric):
            raise refused(
                f"{terms[0].said} is {kind.value} and {term.said} is {term.kind.value}: "
                "they cannot be compared."
            )
    return kind, [one.sql if isinstance(one, Term) else bound(scope, terms[0], one) for one in operands]


def _first(operand: Operand) -> Term:
    """Where only values are compared, the first says of which kind they are."""
    return operand if isinstance(operand, Term) else Term(operand.kind, true(), operand.said)


def bound(scope: Scope, beside: Term, value: Value) -> Any:
    """A value bound as what it is compared with.

    Raises:
        BadParameter: it is of another kind; the detail names the property it stands beside.
    """
    if beside.kind is Kind.NUMBER and value.kind.numeric:
        return scope.bind(Kind.NUMBER, float(value.value))
    if beside.kind is Kind.INTEGER and value.kind.numeric:
        return scope.bind(value.kind, value.value)
    if beside.kind is value.kind:
        return scope.bind(value.kind, value.value)
    if value.kind is Kind.TEXT and beside.kind is Kind.DATE and _DATE.fullmatch(value.value):
        return scope.bind(Kind.DATE, parse_date(value.value))
    if value.kind is Kind.TEXT and beside.kind is Kind.MOMENT and _MOMENT.fullmatch(value.value):
        return scope.bind(Kind.MOMENT, parse_moment(value.value))
    hint = {Kind.DATE: " Write DATE('2023-09-06').", Kind.MOMENT: " Write TIMESTAMP('2023-09-06T08:00:00Z')."}
    raise refused(
        f"{beside.said} is {beside.kind.value}; it cannot be compared with {value.said}, "
        f"which is {value.kind.value}.{hint.get(beside.kind, '')}"
    )
