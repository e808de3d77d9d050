"""The day of a filing, and the clock it is read from."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from gis_platform.clock.days import DayKind, WorkingCalendar
from gis_platform.clock.now import BUSINESS_ZONE, FixedClock, SystemClock, civil_date
from gis_platform.clock.reception import Office, received_on
from gis_platform.clock.terms import due_in_working_days

CALENDAR = WorkingCalendar.from_kinds({date(2026, 11, 24): DayKind.OFF, date(2026, 11, 28): DayKind.MAKEUP})
STRICT = Office(receives_on_days_of_rest=False)


def local(*parts: int) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=BUSINESS_ZONE)


@pytest.mark.parametrize(
    ("moment", "office", "day"),
    [
        (local(2026, 11, 23, 16, 59), Office(), date(2026, 11, 23)),
        (local(2026, 11, 23, 17, 0), Office(), date(2026, 11, 23)),
        (local(2026, 11, 23, 17, 1), Office(), date(2026, 11, 24)),
        (local(2026, 11, 23, 17, 1), STRICT, date(2026, 11, 25)),
        (local(2026, 11, 23, 17, 1), Office(closes_at=None), date(2026, 11, 23)),
        (local(2026, 11, 23, 17, 1), Office(closes_at=time(18)), date(2026, 11, 23)),
        (local(2026, 11, 21, 9, 0), Office(), date(2026, 11, 21)),
        (local(2026, 11, 21, 9, 0), STRICT, date(2026, 11, 23)),
        (local(2026, 11, 28, 9, 0), STRICT, date(2026, 11, 28)),
        (local(2026, 12, 31, 18, 0), Office(), date(2027, 1, 1)),
        # 17:30 in UTC is after midnight in the city: the next day, before the desk has closed.
        (datetime(2026, 11, 22, 17, 30, tzinfo=UTC), Office(), date(2026, 11, 23)),
    ],
)
def test_day_of_reception(moment: datetime, office: Office, day: date) -> None:
    assert received_on(moment, CALENDAR, office) == day


def test_an_evening_filing_has_a_day_more() -> None:
    in_time = received_on(local(2026, 11, 16, 16, 0), CALENDAR)
    late = received_on(local(2026, 11, 16, 18, 0), CALENDAR)
    assert due_in_working_days(CALENDAR, in_time, 5).due_on == date(2026, 11, 23)
    assert due_in_working_days(CALENDAR, late, 5).due_on == date(2026, 11, 25)


def test_clocks_know_their_zone() -> None:
    moment = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    assert FixedClock(moment).now() == moment
    assert civil_date(moment) == date(2026, 11, 23)
    assert civil_date(moment, ZoneInfo("Europe/Paris")) == date(2026, 11, 22)
    assert SystemClock().now().tzinfo is UTC


def test_a_moment_without_zone_is_refused() -> None:
    naive = datetime(2026, 11, 22, 18, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="no time zone"):
        FixedClock(naive)
    with pytest.raises(ValueError, match="no time zone"):
        received_on(naive, CALENDAR)
