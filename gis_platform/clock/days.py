"""Which days are worked: weekends, then what the calendar says of single days.

Nothing here reads a clock or a database: a `WorkingCalendar` is made from days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from gis_platform.clock.due import CountedDay, Reason

_ONE_DAY = timedelta(days=1)
#: Saturday and Sunday as `date.isoweekday` counts them.
_WEEKEND = frozenset({6, 7})


class DayKind(StrEnum):
    """What the calendar says of a day; days it does not name follow the week."""

    WORK = "work"
    OFF = "off"
    MAKEUP = "makeup"


@dataclass(frozen=True)
class CalendarDay:
    """A named day. Not confirmed: expected, but no decision on it has been seen."""

    day: date
    kind: DayKind
    name: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked. `years` are those the calendar knows; others have weekends only."""

    days: Mapping[date, CalendarDay] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    weekly_rest: frozenset[int] = _WEEKEND

    @classmethod
    def of(cls, days: Iterable[CalendarDay]) -> "WorkingCalendar":
        """A calendar from named days; it knows the years in which it has a day."""
        by_date = {day.day: day for day in days}
        return cls(by_date, frozenset(day.year for day in by_date))

    @classmethod
    def from_kinds(cls, kinds: Mapping[date, DayKind]) -> "WorkingCalendar":
        """A calendar of confirmed days without names."""
        return cls.of(CalendarDay(day, kind) for day, kind in kinds.items())

    def confirmed_only(self) -> "WorkingCalendar":
        """The same calendar without the days that no decision backs."""
        return replace(self, days={day: named for day, named in self.days.items() if named.confirmed})

    def is_working_day(self, day: date) -> bool:
        """True when offices work on that day."""
        named = self.days.get(day)
        if named is None:
            return day.isoweekday() not in self.weekly_rest
        return named.kind is not DayKind.OFF

    def next_working_day(self, day: date) -> date:
        """The day itself when it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """Working days after the first date, up to and with the second; 0 when it is not later."""
        days = range(1, (until - after).days + 1)
        return sum(self.is_working_day(after + timedelta(days=step)) for step in days)

    def judge(self, day: date, number: int | None = None) -> CountedDay:
        """The day with the reason why it is worked or not, and its place in a count."""
        named = self.days.get(day)
        if named is None:
            rest = day.isoweekday() in self.weekly_rest
            return CountedDay(day, number, Reason.WEEKLY_REST if rest else Reason.WORKING_DAY)
        reason = {
            DayKind.WORK: Reason.WORKING_DAY,
            DayKind.MAKEUP: Reason.MAKEUP_DAY,
            DayKind.OFF: Reason.DAY_OFF,
        }[named.kind]
        return CountedDay(day, number, reason, named.name, named.confirmed)
