"""Terms of the Civil Code, on small calendars made for the purpose."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_platform.clock.days import CalendarDay, DayKind, WorkingCalendar
from gis_platform.clock.due import Reason
from gis_platform.clock.terms import due_in_calendar_days, due_in_working_days

WEEKENDS = WorkingCalendar()
SWAP = WorkingCalendar.of(
    [
        CalendarDay(date(2026, 1, 1), DayKind.OFF, "Tết Dương lịch"),
        CalendarDay(date(2026, 1, 2), DayKind.OFF, "Nghỉ hoán đổi"),
        CalendarDay(date(2026, 1, 10), DayKind.MAKEUP, "Làm bù"),
    ]
)


def test_the_working_of_a_due_date() -> None:
    due = due_in_working_days(SWAP, date(2025, 12, 30), 3)
    assert [(day.day.day, day.number, day.reason, day.name) for day in due.working] == [
        (30, None, Reason.EVENT, ""),
        (31, 1, Reason.WORKING_DAY, ""),
        (1, None, Reason.DAY_OFF, "Tết Dương lịch"),
        (2, None, Reason.DAY_OFF, "Nghỉ hoán đổi"),
        (3, None, Reason.WEEKLY_REST, ""),
        (4, None, Reason.WEEKLY_REST, ""),
        (5, 2, Reason.WORKING_DAY, ""),
        (6, 3, Reason.WORKING_DAY, ""),
    ]
    assert due.due_on == date(2026, 1, 6)
    assert due.uncovered_years == (2025,)


def test_the_term_ends_at_midnight_in_the_city() -> None:
    due = due_in_working_days(SWAP, date(2026, 1, 5), 1)
    assert due.ends_at().isoformat() == "2026-01-07T00:00:00+07:00"
    assert due.ends_at() == datetime(2026, 1, 6, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("event", "due"),
    [
        (date(2026, 1, 9), date(2026, 1, 10)),
        # A make-up Saturday as the day of reception is a day of event like another.
        (date(2026, 1, 10), date(2026, 1, 12)),
        (date(2026, 1, 11), date(2026, 1, 12)),
        (date(2026, 1, 1), date(2026, 1, 5)),
        (date(2026, 1, 3), date(2026, 1, 5)),
    ],
    ids=["before a make-up day", "on a make-up day", "on a Sunday", "on a holiday", "on a Saturday"],
)
def test_one_working_day_from_any_kind_of_day(event: date, due: date) -> None:
    assert due_in_working_days(SWAP, event, 1).due_on == due


def test_a_make_up_day_counts_and_says_so() -> None:
    last = due_in_working_days(SWAP, date(2026, 1, 9), 1).working[-1]
    assert (last.reason, last.name, last.number) == (Reason.MAKEUP_DAY, "Làm bù", 1)


@pytest.mark.parametrize(
    ("event", "days", "due"),
    [
        (date(2026, 1, 5), 10, date(2026, 1, 15)),
        (date(2026, 1, 7), 10, date(2026, 1, 19)),
        (date(2025, 12, 22), 10, date(2026, 1, 5)),
        (date(2025, 12, 31), 10, date(2026, 1, 10)),
        (date(2025, 12, 12), 20, date(2026, 1, 5)),
    ],
    ids=[
        "midweek",
        "Saturday to Monday",
        "holiday to Monday",
        "make-up Saturday stays",
        "20 days over the year",
    ],
)
def test_calendar_days_move_only_at_their_end(event: date, days: int, due: date) -> None:
    assert due_in_calendar_days(SWAP, event, days).due_on == due


def test_the_working_of_a_moved_term() -> None:
    due = due_in_calendar_days(SWAP, date(2025, 12, 30), 2)
    assert [(day.day.day, day.number, day.reason) for day in due.working] == [
        (30, None, Reason.EVENT),
        (31, 1, Reason.CALENDAR_DAY),
        (1, 2, Reason.DAY_OFF),
        (2, None, Reason.DAY_OFF),
        (3, None, Reason.WEEKLY_REST),
        (4, None, Reason.WEEKLY_REST),
        (5, None, Reason.MOVED),
    ]


def doubtful(kind: DayKind, day: date) -> WorkingCalendar:
    return WorkingCalendar.of([CalendarDay(day, kind, "chưa xác nhận", confirmed=False)])


def test_a_day_not_confirmed_gives_both_dates() -> None:
    due = due_in_working_days(doubtful(DayKind.OFF, date(2026, 11, 24)), date(2026, 11, 20), 5)
    assert (due.due_on, due.alternative_on) == (date(2026, 11, 30), date(2026, 11, 27))
    assert (due.earliest, due.latest, due.certain) == (date(2026, 11, 27), date(2026, 11, 30), False)
    assert [day.day for day in due.unconfirmed] == [date(2026, 11, 24)]


def test_a_make_up_day_not_confirmed_gives_both_dates() -> None:
    due = due_in_working_days(doubtful(DayKind.MAKEUP, date(2026, 11, 21)), date(2026, 11, 20), 1)
    assert (due.due_on, due.alternative_on) == (date(2026, 11, 21), date(2026, 11, 23))


def test_a_day_not_confirmed_in_the_middle_does_not_touch_calendar_days() -> None:
    calendar = doubtful(DayKind.OFF, date(2026, 11, 24))
    assert due_in_calendar_days(calendar, date(2026, 11, 20), 10).certain
    moved = due_in_calendar_days(calendar, date(2026, 11, 20), 4)
    assert (moved.due_on, moved.alternative_on) == (date(2026, 11, 25), date(2026, 11, 24))


def test_a_doubtful_holiday_on_a_sunday_changes_nothing() -> None:
    due = due_in_working_days(doubtful(DayKind.OFF, date(2026, 11, 22)), date(2026, 11, 20), 5)
    assert due.certain
    assert due.unconfirmed == ()


def test_a_year_without_calendar_is_named() -> None:
    due = due_in_working_days(SWAP, date(2026, 12, 30), 5)
    assert due.uncovered_years == (2027,)
    assert not due.certain


@pytest.mark.parametrize("days", [0, -1])
def test_a_term_has_a_day(days: int) -> None:
    for count in (due_in_working_days, due_in_calendar_days):
        with pytest.raises(ValueError, match="at least one day"):
            count(WEEKENDS, date(2026, 1, 1), days)


def test_the_way_back_between_two_dates() -> None:
    assert SWAP.working_days_between(date(2025, 12, 30), date(2026, 1, 6)) == 3
    assert SWAP.working_days_between(date(2026, 1, 9), date(2026, 1, 11)) == 1
    assert SWAP.working_days_between(date(2026, 1, 6), date(2026, 1, 5)) == 0


def test_a_weekday_marked_as_worked_is_worked() -> None:
    calendar = WorkingCalendar.from_kinds({date(2026, 11, 24): DayKind.WORK})
    assert due_in_working_days(calendar, date(2026, 11, 20), 5).due_on == date(2026, 11, 27)


kinds = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 6, 30)), st.sampled_from(list(DayKind)), max_size=40
)
events = st.dates(date(2026, 1, 1), date(2026, 6, 30))


@given(kinds=kinds, event=events, days=st.integers(1, 60))
def test_every_working_term_can_be_counted_again(kinds: dict[date, DayKind], event: date, days: int) -> None:
    calendar = WorkingCalendar.from_kinds(kinds)
    due = due_in_working_days(calendar, event, days)
    assert calendar.is_working_day(due.due_on)
    assert calendar.working_days_between(event, due.due_on) == days
    assert [day.day for day in due.working] == [event + timedelta(n) for n in range(len(due.working))]
    assert [day.number for day in due.working if day.number] == list(range(1, days + 1))
    assert due.alternative_on is None
    assert due_in_working_days(calendar, event, days + 1).due_on > due.due_on


@given(kinds=kinds, event=events, days=st.integers(1, 60))
def test_every_calendar_term_ends_on_a_worked_day(kinds: dict[date, DayKind], event: date, days: int) -> None:
    calendar = WorkingCalendar.from_kinds(kinds)
    due = due_in_calendar_days(calendar, event, days)
    assert due.due_on == calendar.next_working_day(event + timedelta(days=days))
    assert due.working[-1].day == due.due_on
