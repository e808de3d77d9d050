"""Sums of properties and numbers: ``legal_area_m2 - measured_area_m2 > 5``.

The database raises an error where a number grows too large or is divided by nothing, and a filter must not:
what is beyond any measure of a city counts as no value, and so does a quotient by zero. With the few
operations allowed nothing can overflow then.
"""

from typing import Any

from sqlalchemy import ColumnElement, case, cast, func, literal_column, null, or_
from sqlalchemy.types import Double

from gis_platform.filtering.kinds import Kind
from gis_platform.filtering.refusal import refused
from gis_platform.filtering.scope import Operand, Scope, Term, Value

OPERATORS = ("+", "-", "*", "/")

_LEAST, _GREATEST, _SMALLEST_DIVISOR = 1e-15, 1e15, 1e-9
_MAX_OPERATIONS = 8


def require_few(node: Any) -> None:
    """Raises BadParameter for a sum of more operations than can be kept from overflowing."""
    waiting, operations = [node], 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict) and one.get("op") in OPERATORS:
            operations += 1
            waiting += one["args"] if isinstance(one.get("args"), list) else []
    if operations > _MAX_OPERATIONS:
        raise refused(f"at most {_MAX_OPERATIONS} arithmetic operations go into one sum.")


def computed(scope: Scope, operator: str, left: Operand, right: Operand) -> Term:
    """One operation on two numbers."""
    a, b = _number(scope, left), _number(scope, right)
    said = f"{left.said} {operator} {right.said}"
    results: dict[str, ColumnElement[Any]] = {
        "+": a + b,
        "-": a - b,
        "*": a * b,
        "/": a / case((func.abs(b) > literal_column(f"{_SMALLEST_DIVISOR}"), b), else_=null()),
    }
    return Term(Kind.NUMBER, results[operator], said, computed=True)


def _number(scope: Scope, operand: Operand) -> ColumnElement[Any]:
    if not operand.kind.numeric:
        raise refused(f"{operand.said} is {operand.kind.value}: it cannot be counted with.")
    if isinstance(operand, Value):
        if operand.value != 0 and not _LEAST <= abs(operand.value) <= _GREATEST:
            raise refused(f"{operand.said} is beyond what is counted with ({_LEAST} to {_GREATEST}).")
        return scope.bind(Kind.NUMBER, float(operand.value))
    return operand.sql if operand.computed else _usable(operand.sql)


def _usable(column: ColumnElement[Any]) -> ColumnElement[Any]:
    value: ColumnElement[Any] = cast(column, Double())
    small: ColumnElement[Any] = literal_column(f"{_LEAST}")
    large: ColumnElement[Any] = literal_column(f"{_GREATEST}")
    measurable = or_(func.abs(value).between(small, large), value == literal_column("0"))
    return case((measurable, value), else_=null())
