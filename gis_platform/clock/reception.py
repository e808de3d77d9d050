"""On which day a filing counts as received.

Unverified practice, hence an argument and not a rule: a filing after office hours counts as filed the next
day, and some desks count one made on a day of rest as made on the next working day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gis_platform.clock.days import WorkingCalendar
from gis_platform.clock.now import BUSINESS_ZONE, civil_date


@dataclass(frozen=True)
class Office:
    """A desk. `closes_at` None: it never closes, as for filings on line, where that is the rule."""

    closes_at: time | None = time(17)
    receives_on_days_of_rest: bool = True
    zone: ZoneInfo = BUSINESS_ZONE


def received_on(moment: datetime, calendar: WorkingCalendar, office: Office | None = None) -> date:
    """The day of reception, which is the day of the event that a term does not count.

    Raises ValueError for a moment without a time zone.
    """
    desk = office or Office()
    day = civil_date(moment, desk.zone)
    if desk.closes_at is not None and moment.astimezone(desk.zone).time() > desk.closes_at:
        day += timedelta(days=1)
    return day if desk.receives_on_days_of_rest else calendar.next_working_day(day)
