"""Terms after the Civil Code 2015, Arts. 147 and 148.

The day of the event is not counted. "Ngày làm việc" counts working days only, "ngày" counts every day;
a term whose last day is a day of rest ends with the next working day, at 24:00.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from gis_platform.clock.days import WorkingCalendar
from gis_platform.clock.due import CountedDay, Due, Reason

_ONE_DAY = timedelta(days=1)
Count = Callable[[WorkingCalendar], tuple[CountedDay, ...]]


def due_in_working_days(calendar: WorkingCalendar, event_on: date, days: int) -> Due:
    """The end of the n-th working day after the event. Raises ValueError for fewer than one day."""
    _at_least_one(days)

    def count(by: WorkingCalendar) -> tuple[CountedDay, ...]:
        working, day, number = [_event(event_on)], event_on, 0
        while number < days:
            day += _ONE_DAY
            worked = by.is_working_day(day)
            number += worked
            working.append(by.judge(day, number if worked else None))
        return tuple(working)

    return counted_due(calendar, count, decided_from=event_on + _ONE_DAY)


def due_in_calendar_days(calendar: WorkingCalendar, event_on: date, days: int) -> Due:
    """The end of the n-th day after the event, or of the next working day when that is a day of rest.

    Raises ValueError for fewer than one day.
    """
    _at_least_one(days)
    last = event_on + timedelta(days=days)

    def count(by: WorkingCalendar) -> tuple[CountedDay, ...]:
        before = (
            CountedDay(event_on + timedelta(days=number), number, Reason.CALENDAR_DAY)
            for number in range(1, days)
        )
        ends = by.next_working_day(last)
        if ends == last:
            return (_event(event_on), *before, CountedDay(last, days, Reason.CALENDAR_DAY))
        rest = (by.judge(day, days if day == last else None) for day in _days(last, ends - _ONE_DAY))
        return (_event(event_on), *before, *rest, replace(by.judge(ends), reason=Reason.MOVED))

    return counted_due(calendar, count, decided_from=last)


def counted_due(calendar: WorkingCalendar, count: Count, *, decided_from: date) -> Due:
    """Count with the calendar as it stands, and again with what is confirmed; say where they part.

    Nothing before ``decided_from`` can move the end.
    """
    sure = calendar.confirmed_only()
    working, other = count(calendar), count(sure)[-1].day
    due_on = working[-1].day
    span = _days(decided_from, max(due_on, other))
    parted = [day for day in span if calendar.is_working_day(day) != sure.is_working_day(day)]
    return Due(
        due_on=due_on,
        working=working,
        alternative_on=other if other != due_on else None,
        unconfirmed=tuple(calendar.judge(day) for day in parted) if other != due_on else (),
        uncovered_years=tuple(sorted({day.year for day in span} - calendar.years)),
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _event(day: date) -> CountedDay:
    return CountedDay(day, None, Reason.EVENT)


def _at_least_one(days: int) -> None:
    if days < 1:
        raise ValueError(f"A term has at least one day, not {days}.")
