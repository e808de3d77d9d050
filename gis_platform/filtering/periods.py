"""Instants and intervals of a filter, as two ends that can be compared."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, literal_column

from gis_platform.filtering.kinds import BOUND, Kind
from gis_platform.filtering.refusal import refused, shown
from gis_platform.filtering.scalars import operand
from gis_platform.filtering.scope import Operand, Scope, Term, Value
from gis_platform.filtering.values import parse_date, parse_moment

_OPEN = ".."
_TYPES = {Kind.DATE: "date", Kind.MOMENT: "timestamptz"}


@dataclass(frozen=True, slots=True)
class Period:
    """Start and end, both within; equal for an instant."""

    start: ColumnElement[Any]
    end: ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Ends:
    """Start and end as the caller gave them; None is open."""

    start: Operand | None
    end: Operand | None

    @property
    def given(self) -> list[Operand]:
        """The ends that are not open."""
        return [end for end in (self.start, self.end) if end is not None]


def period(scope: Scope, node: Any) -> Ends:
    """An argument of a temporal function.

    Raises:
        BadParameter: it is no instant and no interval, or ends before it starts.
    """
    if isinstance(node, dict) and set(node) == {"interval"}:
        ends = node["interval"]
        if not isinstance(ends, list) or len(ends) != 2:
            raise refused("an interval has two ends, like INTERVAL('2023-01-01', '..').")
        start, end = (_end(scope, one) for one in ends)
        _require_order(start, end)
        return Ends(start, end)
    instant = _end(scope, node)
    if instant is None:
        raise refused("'..' is an end of an interval, not an instant.")
    return Ends(instant, instant)


def _end(scope: Scope, node: Any) -> Operand | None:
    if node == _OPEN:
        return None
    if isinstance(node, str):
        return (
            Value(Kind.DATE, parse_date(node)) if len(node) <= 10 else Value(Kind.MOMENT, parse_moment(node))
        )
    one = operand(scope, node)
    if one.kind not in _TYPES:
        raise refused(f"{one.said} is {one.kind.value}: it has no place in time.")
    return one


def _require_order(start: Operand | None, end: Operand | None) -> None:
    if isinstance(start, Value) and isinstance(end, Value):
        if _moment(start, last=False) > _moment(end, last=True):
            raise refused(f"the interval ends ({shown(str(end.value))}) before it starts.")


def same_kind(scope: Scope, a: Ends, b: Ends) -> tuple[Period, Period]:
    """Both as dates or both as moments.

    Raises:
        BadParameter: a date of the layer stands beside a moment.
    """
    given = [*a.given, *b.given]
    terms = [one for one in given if isinstance(one, Term)]
    kind = Kind.MOMENT if any(one.kind is Kind.MOMENT for one in given) else Kind.DATE
    dates = [term.said for term in terms if term.kind is Kind.DATE]
    if kind is Kind.MOMENT and dates:
        raise refused(f"{dates[0]} is a date; set it beside dates, like DATE('2023-09-06'), not moments.")
    return _placed(scope, a, kind), _placed(scope, b, kind)


def _placed(scope: Scope, ends: Ends, kind: Kind) -> Period:
    return Period(_side(scope, ends.start, kind, last=False), _side(scope, ends.end, kind, last=True))


def _side(scope: Scope, end: Operand | None, kind: Kind, *, last: bool) -> ColumnElement[Any]:
    if end is None:
        return literal_column(f"'{'' if last else '-'}infinity'::{_TYPES[kind]}", BOUND[kind])
    if isinstance(end, Term):
        return end.sql
    return scope.bind(kind, _moment(end, last=last) if kind is Kind.MOMENT else end.value)


def _moment(value: Value, *, last: bool) -> datetime:
    """A moment as it is; of a day its first or its last one."""
    if isinstance(value.value, datetime):
        return value.value
    day: date = value.value
    return datetime.combine(day, time.max if last else time.min, UTC)
