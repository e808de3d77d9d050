"""Terms of permits: the rule of the day they begin, seven working days over New Year and Tết, pauses."""

from datetime import date
from typing import Any

import psycopg
import pytest

from gis_platform.city import load_city
from gis_platform.clock.calendar_store import load_calendar
from gis_platform.clock.pausing import Counts, Pause, due_with_pauses
from gis_platform.clock.terms import due_in_working_days
from gis_platform.rules.rule_sets import StatedRule, read_rule_sets

Connection = psycopg.Connection[Any]
HOUSE = "building.permit.deadline.house"

# Received; the seventh working day with the official exchanges, counted by hand.
VECTORS = [
    (date(2025, 12, 30), date(2026, 1, 10)),
    (date(2026, 2, 12), date(2026, 3, 2)),
    (date(2026, 8, 20), date(2026, 8, 28)),
    (date(2026, 11, 20), date(2026, 12, 2)),
    # Tết of 2027 is an estimate: 4 to 10 February.
    (date(2027, 2, 1), date(2027, 2, 17)),
    # A Saturday on which nobody works; the make-up Saturday of 22 August, whose exchange is off on the 31st,
    # and the two days of the National Day after it.
    (date(2026, 7, 4), date(2026, 7, 14)),
    (date(2026, 8, 22), date(2026, 9, 4)),
]


def _stated() -> list[StatedRule]:
    return [rule for _, rule in read_rule_sets(load_city("my_tho").rule_sets, ["layers"])]


@pytest.mark.parametrize(("received", "due"), VECTORS, ids=lambda day: day.isoformat())
def test_seven_working_days(connection: Connection, received: date, due: date) -> None:
    assert due_in_working_days(load_calendar(connection), received, 7).due_on == due


def test_days_that_no_decision_confirms_give_both_ends(connection: Connection) -> None:
    calendar = load_calendar(connection)
    tet = due_in_working_days(calendar, date(2027, 2, 1), 7)
    assert (tet.due_on, tet.alternative_on) == (date(2027, 2, 17), date(2027, 2, 10))
    november = due_in_working_days(calendar, date(2026, 11, 20), 7)
    assert (november.due_on, november.alternative_on) == (date(2026, 12, 2), date(2026, 12, 1))


def test_seven_days_stand_still_over_tet(connection: Connection) -> None:
    """Paused on 12 February 2026, the fourth counted day; the holidays pass while the applicant adds."""
    pause = Pause(date(2026, 2, 12), date(2026, 2, 24))
    due = due_with_pauses(load_calendar(connection), date(2026, 2, 6), 7, Counts.WORKING, [pause])
    # 9, 10, 11, 12 were counted; three are left after the 24th.
    assert due.due_on == date(2026, 2, 27)


def test_the_law_of_the_day_says_the_term(connection: Connection) -> None:
    def on(day: date) -> dict[str, Any]:
        rows = connection.execute(
            "SELECT code, value FROM core.rule WHERE recorded_to IS NULL AND effective_from <= %(day)s "
            "AND (effective_to IS NULL OR effective_to >= %(day)s)",
            {"day": day},
        )
        return dict(rows.fetchall())

    assert on(date(2026, 6, 30))[HOUSE] == {"days": 15, "counts": "calendar"}
    assert on(date(2026, 7, 1))[HOUSE] == {"days": 7, "counts": "working"}
    assert "building.permit.deadline.other" not in on(date(2026, 6, 30))


def test_how_well_each_term_is_known_is_said() -> None:
    read = {
        (rule.code.removeprefix("building.permit."), rule.effective_from.year): (rule.reading, rule.value)
        for rule in _stated()
        if rule.code.startswith("building.permit.")
    }
    days = {key: value["days"] for key, (_, value) in read.items() if "days" in value}
    assert days == {
        ("deadline.house", 2021): 15,
        ("deadline.house", 2026): 7,
        ("deadline.other", 2026): 10,
        ("deadline.adjustment", 2026): 9,
        ("deadline.repair", 2026): 9,
        ("deadline.extension", 2026): 5,
        ("supplement", 2026): 2,
        ("consultation", 2026): 2,
        ("revocation", 2026): 10,
    }
    assert {key for key, (reading, _) in read.items() if reading == "unverified"} == {
        ("deadline.house", 2021)
    }
    # None is held against the official text: an answer says of each that it is not verified.
    assert all(rule.verified_by is None for rule in _stated())
