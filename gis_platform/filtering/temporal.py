"""The temporal functions: how two instants or intervals lie to each other (CQL2, table of 7.12).

An interval is closed; ``'..'`` is an open end. An instant is an interval that starts and ends at once. A date
set beside a moment means the whole day in UTC.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, not_

from gis_platform.filtering.periods import Period, period, same_kind
from gis_platform.filtering.scalars import arguments
from gis_platform.filtering.scope import Scope

Condition = ColumnElement[bool]


def _intersects(a: Period, b: Period) -> Condition:
    return and_(a.start <= b.end, a.end >= b.start)


_RELATIONS: dict[str, Callable[[Period, Period], Condition]] = {
    "t_after": lambda a, b: a.start > b.end,
    "t_before": lambda a, b: a.end < b.start,
    "t_contains": lambda a, b: and_(a.start < b.start, a.end > b.end),
    "t_disjoint": lambda a, b: not_(_intersects(a, b)),
    "t_during": lambda a, b: and_(a.start > b.start, a.end < b.end),
    "t_equals": lambda a, b: and_(a.start == b.start, a.end == b.end),
    "t_finishedby": lambda a, b: and_(a.start < b.start, a.end == b.end),
    "t_finishes": lambda a, b: and_(a.start > b.start, a.end == b.end),
    "t_intersects": _intersects,
    "t_meets": lambda a, b: a.end == b.start,
    "t_metby": lambda a, b: a.start == b.end,
    "t_overlappedby": lambda a, b: and_(a.start > b.start, a.start < b.end, a.end > b.end),
    "t_overlaps": lambda a, b: and_(a.start < b.start, a.end > b.start, a.end < b.end),
    "t_startedby": lambda a, b: and_(a.start == b.start, a.end > b.end),
    "t_starts": lambda a, b: and_(a.start == b.start, a.end < b.end),
}


def _related(scope: Scope, op: str, node: Any) -> Condition:
    first, second = arguments(node, op, 2)
    return _RELATIONS[op](*same_kind(scope, period(scope, first), period(scope, second)))


TEMPORAL: dict[str, Callable[[Scope, str, Any], Condition]] = dict.fromkeys(_RELATIONS, _related)
