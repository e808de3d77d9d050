"""Whatever comes in whatever order, each day has at most one version, at each moment of our knowledge."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.timeline import Overlap, Timeline
from tests.support.versions import Parcel

DAY = timedelta(days=1)
START = date(2018, 1, 1)

# Few days, so that the same day, the day before and the day after come up often.
_CHANGES = st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(changes=_CHANGES)
def test_database_and_rule_agree(new_parcel: Callable[[], Parcel], changes: list[tuple[bool, int]]) -> None:
    parcel, believed = new_parcel(), Timeline()
    known: list[tuple[datetime, Timeline]] = []
    for number, (ends, offset) in enumerate(changes):
        day, content = START + offset * DAY, f"content {number}"
        verb = "insert" if believed.current is None else "end" if ends else "change"
        arguments: tuple[Any, ...] = (day,) if verb == "end" else (day, content)
        try:
            after = getattr(believed, verb)(*arguments)
        except Overlap:
            with pytest.raises(psycopg.errors.ExclusionViolation):
                getattr(parcel, verb)(*arguments)
            continue
        recorded = getattr(parcel, verb)(*arguments)
        assert not known or recorded > known[-1][0]
        known.append((recorded, after))
        believed = after
    for moment, timeline in known:
        for offset in range(-1, 11):
            day = START + offset * DAY
            expected = timeline.on(day)
            assert parcel.at(day, moment) == ([] if expected is None else [expected])
