"""Terms that stand still for a while: days of a pause are passed over, and told as such.

The day on which a term is paused still counts, as does the first day after the one on which it is resumed:
both are events, whose own day begins nothing (Civil Code 2015, Art. 147). A pause is the days after
``from_on`` up to and with ``until_on``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from gis_platform.clock.days import WorkingCalendar
from gis_platform.clock.due import CountedDay, Due, Reason
from gis_platform.clock.terms import counted_due

_ONE_DAY = timedelta(days=1)


class Counts(StrEnum):
    """What a term counts."""

    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a term stands still; ``until_on`` None: it does so now."""

    from_on: date
    until_on: date | None

    def holds(self, day: date) -> bool:
        """True for a day that is passed over."""
        return self.from_on < day and (self.until_on is None or day <= self.until_on)


def due_with_pauses(
    calendar: WorkingCalendar, event_on: date, days: int, counts: Counts, pauses: Sequence[Pause] = ()
) -> Due:
    """When a term of so many days ends, counted from the day after the event.

    Raises:
        ValueError: it has fewer than one day, or stands still now.
    """
    if days < 1:
        raise ValueError(f"A term has at least one day, not {days}.")
    if any(pause.until_on is None for pause in pauses):
        raise ValueError("A term that stands still ends on no day that is known.")

    def counted(by: WorkingCalendar) -> tuple[CountedDay, ...]:
        told = [CountedDay(event_on, None, Reason.EVENT)]
        for day in _days(by, event_on, counts, pauses):
            told.append(day)
            if day.number == days:
                break
        return tuple(_moved(by, told, pauses) if counts is Counts.CALENDAR else told)

    return counted_due(calendar, counted, decided_from=event_on + _ONE_DAY)


def counted_until(
    calendar: WorkingCalendar, event_on: date, until: date, counts: Counts, pauses: Sequence[Pause]
) -> tuple[CountedDay, ...]:
    """The days up to and with one, as far as a term has come by then."""
    told = [CountedDay(event_on, None, Reason.EVENT)]
    for day in _days(calendar, event_on, counts, pauses):
        if day.day > until:
            break
        told.append(day)
    return tuple(told)


def _days(
    calendar: WorkingCalendar, event_on: date, counts: Counts, pauses: Sequence[Pause]
) -> Iterator[CountedDay]:
    number = 0
    for step in count(1):
        day = event_on + timedelta(days=step)
        if any(pause.holds(day) for pause in pauses):
            yield CountedDay(day, None, Reason.PAUSED)
        elif counts is Counts.CALENDAR:
            number += 1
            yield CountedDay(day, number, Reason.CALENDAR_DAY)
        else:
            worked = calendar.is_working_day(day)
            number += worked
            yield calendar.judge(day, number if worked else None)


def _moved(
    calendar: WorkingCalendar, told: list[CountedDay], pauses: Sequence[Pause]
) -> Iterator[CountedDay]:
    """The same days; where the last is one of rest, those after it up to the next day that is worked (Art.
    148).
    """
    last = told[-1]
    if calendar.is_working_day(last.day):
        yield from told
        return
    yield from told[:-1]
    yield calendar.judge(last.day, last.number)
    day = last.day + _ONE_DAY
    while not calendar.is_working_day(day) or any(pause.holds(day) for pause in pauses):
        yield calendar.judge(day)
        day += _ONE_DAY
    yield replace(calendar.judge(day), reason=Reason.MOVED)
