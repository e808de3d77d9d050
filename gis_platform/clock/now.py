"""What time it is. Code that depends on it takes a `Clock`, so that a test can choose the day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Gives the present moment, always with a time zone."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands at one moment. Raises ValueError for a moment without a time zone."""

    moment: datetime

    def __post_init__(self) -> None:
        civil_date(self.moment)

    def now(self) -> datetime:
        return self.moment


def civil_date(moment: datetime, zone: ZoneInfo = BUSINESS_ZONE) -> date:
    """The date on the city's calendar. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give one, for example +07:00.")
    return moment.astimezone(zone).date()
