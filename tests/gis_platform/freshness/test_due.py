"""When the next state is due: cycle and grace, days of rest, and what is not sure of the calendar."""

from datetime import date

import pytest

from gis_platform.city import load_city
from gis_platform.clock.days import CalendarDay, DayKind, WorkingCalendar
from gis_platform.freshness.due import next_due
from gis_platform.freshness.stated import StatedContract
from gis_platform.freshness.terms import Terms, agreed
from gis_platform.layer import installed_layers

# Weekends of 2026, and Monday 31 August, which somebody announced and nobody decided.
CALENDAR = WorkingCalendar.of(
    [
        CalendarDay(date(2026, 8, 31), DayKind.OFF, "Nghỉ", confirmed=False),
        CalendarDay(date(2026, 1, 1), DayKind.OFF),
    ]
)
MONTHLY = Terms(31)


def test_the_cycle_then_the_grace() -> None:
    due = next_due(CALENDAR, date(2026, 6, 30), Terms(31, 10))
    assert due is not None
    assert due.on == date(2026, 8, 10)
    assert due.in_words("vi") == "30/06/2026 + 31 ngày + 10 ngày gia hạn = 10/08/2026"
    assert due.overdue_days(date(2026, 8, 10)) == 0
    assert due.overdue_days(date(2026, 8, 11)) == 1


def test_a_day_of_rest_moves_it() -> None:
    due = next_due(CALENDAR, date(2026, 4, 1), MONTHLY)
    assert due is not None
    assert due.on == date(2026, 5, 4)
    assert due.in_words("vi") == (
        "01/04/2026 + 31 ngày = 02/05/2026, là ngày nghỉ (thứ Bảy), nên tính đến 04/05/2026"
    )
    assert (
        due.in_words("en") == "2026-04-01 + 31 days = 2026-05-02, a day of rest (Saturday), hence 2026-05-04"
    )


def test_what_is_not_decided_is_told() -> None:
    due = next_due(CALENDAR, date(2026, 7, 31), MONTHLY)
    assert due is not None
    assert due.on == date(2026, 9, 1)
    assert due.in_words("vi").endswith("; 31/08/2026 nếu ngày nghỉ dự kiến không được xác nhận")


def test_a_year_without_calendar_is_told() -> None:
    due = next_due(CALENDAR, date(2035, 1, 1), MONTHLY)
    assert due is not None
    assert due.in_words("en").endswith("; no calendar for 2035 yet")


@pytest.mark.parametrize(("since", "terms"), [(None, MONTHLY), (date(2018, 9, 1), Terms(None))])
def test_nothing_is_due_of_nothing(since: date | None, terms: Terms) -> None:
    assert next_due(CALENDAR, since, terms) is None


def test_a_live_layer_is_late_the_day_after() -> None:
    due = next_due(CALENDAR, date(2026, 5, 2), Terms(0))
    assert due is not None
    assert due.overdue_days(date(2026, 5, 2)) == 0
    assert due.overdue_days(date(2026, 5, 3)) == 1


def test_the_database_over_the_profile_over_the_layer() -> None:
    parcels = installed_layers()["parcels"]
    stated = {"parcels": {"a": StatedContract(cycle_days=10), "b": StatedContract(grace_days=5)}}
    city = load_city("my_tho").model_copy(update={"contracts": stated})
    row = {
        "layer": "parcels",
        "source": "a",
        "cycle_days": 20,
        "grace_days": 3,
        "valid_from": date(2026, 1, 1),
    }
    terms = agreed(city, [row], date(2026, 8, 1))
    assert terms.of(parcels, "a") == Terms(20, 3, True, date(2026, 1, 1))
    assert terms.of(parcels, "b") == Terms(31, 5, True, None)
    assert terms.of(parcels, "c") == Terms(31)
    assert terms.of(parcels, None) == Terms(31)


def test_what_the_profile_states_for_later_does_not_hold_yet() -> None:
    parcels = installed_layers()["parcels"]
    stated = {"parcels": {"a": StatedContract(cycle_days=10, valid_from=date(2027, 1, 1))}}
    city = load_city("my_tho").model_copy(update={"contracts": stated})
    assert agreed(city, [], date(2026, 12, 31)).of(parcels, "a") == Terms(31)
    assert agreed(city, [], date(2027, 1, 1)).of(parcels, "a").cycle_days == 10
