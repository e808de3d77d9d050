"""A due date together with its working, so that anyone can count it again."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from gis_platform.clock.now import BUSINESS_ZONE


class Reason(StrEnum):
    """Why a day was counted or passed over."""

    EVENT = "event"
    """The day of the event itself: never counted (Civil Code 2015, Art. 147)."""
    WORKING_DAY = "working_day"
    MAKEUP_DAY = "makeup_day"
    """A day of weekly rest that is worked in exchange for another."""
    CALENDAR_DAY = "calendar_day"
    WEEKLY_REST = "weekly_rest"
    DAY_OFF = "day_off"
    PAUSED = "paused"
    """The term stood still."""
    MOVED = "moved"
    """The last day was a day of rest: the term ends with this, the next working day (Art. 148)."""


@dataclass(frozen=True)
class CountedDay:
    """One day on the way to a due date; `number` is its place in the count, None when passed over."""

    day: date
    number: int | None
    reason: Reason
    name: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class Due:
    """When something is due and how that was found.

    `due_on` follows the calendar as it stands. Where a day that is not confirmed changes the result,
    `alternative_on` is the date without such days and `unconfirmed` names them.
    `uncovered_years` were counted with weekends alone, since the calendar holds nothing for them.
    """

    due_on: date
    working: tuple[CountedDay, ...]
    alternative_on: date | None = None
    unconfirmed: tuple[CountedDay, ...] = ()
    uncovered_years: tuple[int, ...] = ()

    @property
    def certain(self) -> bool:
        """True when no open question about the calendar can move the date."""
        return self.alternative_on is None and not self.uncovered_years

    @property
    def earliest(self) -> date:
        return min(self.due_on, self.alternative_on or self.due_on)

    @property
    def latest(self) -> date:
        return max(self.due_on, self.alternative_on or self.due_on)

    def ends_at(self, zone: ZoneInfo = BUSINESS_ZONE) -> datetime:
        """24:00 of the due day (Civil Code Art. 148): what happens before this moment is in time."""
        return datetime.combine(self.due_on + timedelta(days=1), time(), zone)
