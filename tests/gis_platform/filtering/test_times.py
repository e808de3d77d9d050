"""Every temporal function over every order of instants and intervals, against the standard's own table."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from tests.support.cases import MOMENTS, Connection, Row, cases_where, lay_cases


class Span(NamedTuple):
    """An interval that holds both its ends."""

    start: datetime
    end: datetime


# The relations as the standard has them: starts and ends of two closed intervals.
RELATIONS: dict[str, Callable[[Span, Span], bool]] = {
    "T_AFTER": lambda a, b: a.start > b.end,
    "T_BEFORE": lambda a, b: a.end < b.start,
    "T_CONTAINS": lambda a, b: a.start < b.start and b.end < a.end,
    "T_DISJOINT": lambda a, b: a.end < b.start or b.end < a.start,
    "T_DURING": lambda a, b: b.start < a.start and a.end < b.end,
    "T_EQUALS": lambda a, b: a == b,
    "T_FINISHEDBY": lambda a, b: a.start < b.start and a.end == b.end,
    "T_FINISHES": lambda a, b: b.start < a.start and a.end == b.end,
    "T_INTERSECTS": lambda a, b: not (a.end < b.start or b.end < a.start),
    "T_MEETS": lambda a, b: a.end == b.start,
    "T_METBY": lambda a, b: a.start == b.end,
    "T_OVERLAPPEDBY": lambda a, b: b.start < a.start < b.end < a.end,
    "T_OVERLAPS": lambda a, b: a.start < b.start < a.end < b.end,
    "T_STARTEDBY": lambda a, b: a.start == b.start and b.end < a.end,
    "T_STARTS": lambda a, b: a.start == b.start and a.end < b.end,
}
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
NOON = MOMENTS[2]


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _spans() -> Iterator[tuple[str, Span]]:
    for start, end in itertools.combinations(MOMENTS, 2):
        yield f"INTERVAL('{_written(start)}', '{_written(end)}')", Span(start, end)
    yield f"TIMESTAMP('{_written(NOON)}')", Span(NOON, NOON)
    yield f"INTERVAL('{_written(NOON)}', '..')", Span(NOON, LAST)
    yield f"INTERVAL('..', '{_written(NOON)}')", Span(FIRST, NOON)
    day = datetime(2024, 3, 2, tzinfo=UTC)
    whole_day = Span(day, day + timedelta(days=1, microseconds=-1))
    yield "INTERVAL('2024-03-02', '2024-03-02')", whole_day
    yield "DATE('2024-03-02')", whole_day


@pytest.fixture
def cases(connection: Connection) -> dict[int, Row]:
    return lay_cases(connection)


@pytest.mark.parametrize("name", RELATIONS)
def test_each_relation_is_the_standard_s(connection: Connection, cases: dict[int, Row], name: str) -> None:
    """Between a case's own interval, or instant, and others, either way round."""
    check, found = RELATIONS[name], 0
    whole = {
        number: Span(row["notified_at"], row["done_at"])
        for number, row in cases.items()
        if row["notified_at"] is not None and row["done_at"] is not None
    }
    instants = {n: Span(r["notified_at"], r["notified_at"]) for n, r in cases.items() if r["notified_at"]}
    own = "INTERVAL(notified_at, done_at)"
    for words, span in _spans():
        mine = {number for number, has in whole.items() if check(has, span)}
        theirs = {number for number, has in whole.items() if check(span, has)}
        at = {number for number, has in instants.items() if check(has, span)}
        assert cases_where(connection, f"{name}({own}, {words})") & set(whole) == mine, words
        assert cases_where(connection, f"{name}({words}, {own})") & set(whole) == theirs, words
        assert cases_where(connection, f"{name}(notified_at, {words})") == at, words
        found += len(mine) + len(theirs)
    assert found > 0
