"""Terms that stand still: against a count by hand, day by day, over any pauses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_platform.clock.days import CalendarDay, DayKind, WorkingCalendar
from gis_platform.clock.due import Reason
from gis_platform.clock.pausing import Counts, Pause, counted_until, due_with_pauses
from gis_platform.clock.terms import due_in_calendar_days, due_in_working_days

#: Tết 2026 as it was: 16 to 20 February off, and an exchanged Saturday.
_TET = [CalendarDay(date(2026, 2, day), DayKind.OFF, "Tết") for day in range(16, 21)]
CALENDAR = WorkingCalendar.of([*_TET, CalendarDay(date(2026, 8, 22), DayKind.MAKEUP)])
_START = date(2026, 1, 5)


def test_days_of_a_pause_are_passed_over_and_told() -> None:
    due = due_with_pauses(
        CALENDAR, date(2026, 11, 2), 7, Counts.WORKING, [Pause(date(2026, 11, 4), date(2026, 11, 9))]
    )
    # Counted 3 and 4 November, then from the 10th: 10, 11, 12, 13, 16.
    assert due.due_on == date(2026, 11, 16)
    assert [day.day.day for day in due.working if day.reason is Reason.PAUSED] == [5, 6, 7, 8, 9]
    assert [day.number for day in due.working if day.number] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("event", "days", "pause", "due"),
    [
        # Seven working days of a house permit, received before Tết, with a supplement over it.
        ((2026, 2, 12), 7, None, (2026, 3, 2)),
        ((2026, 2, 12), 7, ((2026, 2, 13), (2026, 2, 23)), (2026, 3, 3)),
        # Paused and resumed on one day: nothing is lost.
        ((2026, 11, 2), 5, ((2026, 11, 4), (2026, 11, 4)), (2026, 11, 9)),
        # Resumed on a Friday: the next counted day is Monday.
        ((2026, 11, 2), 5, ((2026, 11, 2), (2026, 11, 6)), (2026, 11, 13)),
        # A make-up Saturday counts.
        ((2026, 8, 20), 2, None, (2026, 8, 22)),
    ],
)
def test_working_days_by_hand(event: tuple[int, int, int], days: int, pause: object, due: object) -> None:
    pauses = [Pause(date(*pause[0]), date(*pause[1]))] if isinstance(pause, tuple) else []
    found = due_with_pauses(CALENDAR, date(*event), days, Counts.WORKING, pauses)
    assert found.due_on == date(*due)  # type: ignore[misc]


def test_a_calendar_term_ends_on_the_next_day_that_is_worked() -> None:
    pauses = [Pause(date(2026, 11, 3), date(2026, 11, 8))]
    due = due_with_pauses(CALENDAR, date(2026, 11, 2), 6, Counts.CALENDAR, pauses)
    # 3 November, then 9 to 13: the 13th is a Friday.
    assert due.due_on == date(2026, 11, 13)
    longer = due_with_pauses(CALENDAR, date(2026, 11, 2), 7, Counts.CALENDAR, pauses)
    assert longer.due_on == date(2026, 11, 16)
    assert [day.reason for day in longer.working[-3:]] == [
        Reason.WEEKLY_REST,
        Reason.WEEKLY_REST,
        Reason.MOVED,
    ]


_pauses = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=3)


@given(days=st.integers(1, 40), start=st.integers(0, 400), pauses=_pauses, counts=st.sampled_from(Counts))
def test_any_term_is_what_a_count_by_hand_gives(
    days: int, start: int, pauses: list[tuple[int, int]], counts: Counts
) -> None:
    event = _START + timedelta(days=start)
    held = [
        Pause(event + timedelta(days=begin), event + timedelta(days=begin + length))
        for begin, length in pauses
    ]
    due = due_with_pauses(CALENDAR, event, days, counts, held)
    still = {
        pause.from_on + timedelta(days=step)
        for pause in held
        for step in range(1, (pause.until_on - pause.from_on).days + 1)  # type: ignore[operator]
    }
    day, left = event, days
    while left:
        day += timedelta(days=1)
        if day not in still and (counts is Counts.CALENDAR or CALENDAR.is_working_day(day)):
            left -= 1
    while counts is Counts.CALENDAR and (not CALENDAR.is_working_day(day) or (day in still and day != event)):
        day += timedelta(days=1)
    assert due.due_on == day
    assert sum(counted.number is not None for counted in due.working) == days
    told = [counted.day for counted in due.working]
    assert told == [event + timedelta(days=step) for step in range(len(told))]


@given(days=st.integers(1, 60), start=st.integers(0, 700))
def test_without_pauses_it_is_the_plain_term(days: int, start: int) -> None:
    event = _START + timedelta(days=start)
    plain = due_in_working_days(CALENDAR, event, days)
    assert due_with_pauses(CALENDAR, event, days, Counts.WORKING) == plain
    other = due_in_calendar_days(CALENDAR, event, days)
    assert due_with_pauses(CALENDAR, event, days, Counts.CALENDAR).due_on == other.due_on


def test_a_day_off_that_no_decision_backs_is_told() -> None:
    doubtful = CalendarDay(date(2026, 11, 24), DayKind.OFF, "Ngày Văn hoá", confirmed=False)
    calendar = WorkingCalendar.of([*_TET, doubtful])
    due = due_with_pauses(calendar, date(2026, 11, 20), 5, Counts.WORKING)
    assert (due.due_on, due.alternative_on) == (date(2026, 11, 30), date(2026, 11, 27))


def test_what_has_no_end_is_refused() -> None:
    with pytest.raises(ValueError, match="stands still"):
        due_with_pauses(CALENDAR, _START, 5, Counts.WORKING, [Pause(_START, None)])
    with pytest.raises(ValueError, match="at least one day"):
        due_with_pauses(CALENDAR, _START, 0, Counts.WORKING)
    open_pause = [Pause(date(2026, 1, 7), None)]
    so_far = counted_until(CALENDAR, _START, date(2026, 1, 9), Counts.WORKING, open_pause)
    assert [day.number for day in so_far] == [None, 1, 2, None, None]
