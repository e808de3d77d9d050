"""Comparisons: = <> < > <= >=, LIKE, BETWEEN, IN, IS NULL."""

import operator
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement

from gis_platform.filtering.kinds import Kind
from gis_platform.filtering.refusal import refused
from gis_platform.filtering.scalars import arguments, operand
from gis_platform.filtering.scope import Scope, Term, Value
from gis_platform.filtering.texts import FOLDINGS
from gis_platform.filtering.values import alike

Condition = ColumnElement[bool]

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def _compared(scope: Scope, op: str, node: Any) -> Condition:
    sides = [operand(scope, one) for one in arguments(node, op, 2)]
    kind, (left, right) = alike(scope, sides)
    if kind is Kind.BOOLEAN and op not in ("=", "<>"):
        raise refused(f"{sides[0].said} is {kind.value}: it has no order; use = or <>.")
    result: Condition = _COMPARE[op](left, right)
    return result


def _between(scope: Scope, op: str, node: Any) -> Condition:
    _, (value, low, high) = alike(scope, [operand(scope, one) for one in arguments(node, op, 3)])
    result: Condition = value.between(low, high)
    return result


def _within(scope: Scope, op: str, node: Any) -> Condition:
    asked, choices = arguments(node, op, 2)
    if not isinstance(choices, list) or not choices:
        raise refused("IN needs a list of values in parentheses.")
    _, (value, *wanted) = alike(scope, [operand(scope, one) for one in (asked, *choices)])
    result: Condition = value.in_(wanted)
    return result


def _like(scope: Scope, op: str, node: Any) -> Condition:
    asked, pattern = arguments(node, op, 2)
    _require_pattern(pattern)
    sides = [operand(scope, one) for one in (asked, pattern)]
    if sides[0].kind is not Kind.TEXT or not isinstance(sides[0], Term):
        raise refused(f"LIKE is for properties that are texts; {sides[0].said} is {sides[0].kind.value}.")
    _, (value, wanted) = alike(scope, sides)
    result: Condition = value.like(wanted)
    return result


def _require_pattern(node: Any) -> None:
    while isinstance(node, dict) and node.get("op") in FOLDINGS and isinstance(node.get("args"), list):
        node = node["args"][0] if len(node["args"]) == 1 else None
    if not isinstance(node, str):
        raise refused("LIKE needs a pattern in quotation marks, like 'Nguyễn%'.")
    if (len(node) - len(node.rstrip("\\"))) % 2:
        raise refused("a pattern cannot end in one backslash: it stands before the sign it means.")


def _is_null(scope: Scope, op: str, node: Any) -> Condition:
    (asked,) = arguments(node, op, 1)
    term = operand(scope, asked)
    if isinstance(term, Value):
        raise refused("IS NULL asks for a property.")
    return term.sql.is_(None)


COMPARISONS: dict[str, Callable[[Scope, str, Any], Condition]] = {
    **dict.fromkeys(_COMPARE, _compared),
    "between": _between,
    "in": _within,
    "like": _like,
    "isnull": _is_null,
}
