"""How well a source keeps to what it owes."""

from datetime import date
from typing import Any

import psycopg

from etl.watch.contracts import state_contract
from etl.watch.scorecard import Scorecard, scorecards
from gis_platform.city import load_city
from gis_platform.layer import installed_layers
from tests.etl.watch.conftest import Enter

Connection = psycopg.Connection[Any]
CITY, LAYERS = load_city("my_tho"), installed_layers()
TODAY = date(2026, 11, 23)


def _card(connection: Connection) -> Scorecard:
    (card,) = [one for one in scorecards(connection, CITY, LAYERS, TODAY) if one.source == "sở"]
    return card


def test_a_source_is_counted(connection: Connection, enter: Enter) -> None:
    enter("2026-06-30", received_at="2026-07-05T03:00:00Z")
    faults = [{"code": "a", "severity": "error", "count": 5}, {"code": "b", "severity": "info", "count": 90}]
    enter("2026-07-31", received_at="2026-08-02T03:00:00Z", status="refused", findings=faults)
    enter("2026-07-31", received_at="2026-08-20T03:00:00Z", findings=[faults[0] | {"severity": "warning"}])
    enter("2026-08-31", received_at="2026-09-10T03:00:00Z", status="partly_applied")
    enter("2026-08-31", received_at="2026-09-11T03:00:00Z", status="rejected")
    enter("2026-09-30", received_at="2026-10-02T03:00:00Z", status="received")
    card = _card(connection)
    assert (card.deliveries, card.refused) == (5, 1)
    # July was due on 31 July, August in the first days of September: the holidays move it there.
    assert (card.on_time, card.late) == (0, 2)
    assert card.median_delay_days == 10
    assert card.faults_per_1000 == 2
    assert (card.last_source_date, card.next_due) == (date(2026, 8, 31), date(2026, 10, 1))
    assert card.next_due_vi == "31/08/2026 + 31 ngày = 01/10/2026"
    assert card.overdue_days == 53


def test_on_time_is_by_what_was_agreed_when_it_came(connection: Connection, enter: Enter) -> None:
    def agree(day: date, grace: int) -> None:
        said = {"grace_days": grace, "valid_from": day}
        state_contract(connection, LAYERS, "parcels", "sở", said, "test")

    agree(date(2026, 1, 1), 30)
    agree(date(2026, 8, 1), 0)
    for month, came in ((5, "06-10"), (6, "07-10"), (7, "08-10"), (8, "09-10")):
        enter(f"2026-{month:02}-28", received_at=f"2026-{came}T03:00:00Z")
    card = _card(connection)
    assert (card.on_time, card.late) == (1, 2)


def test_the_day_is_the_city_s(connection: Connection, enter: Enter) -> None:
    """At 17:30 in UTC the next day has begun in Vietnam."""
    enter("2026-06-30", received_at="2026-07-05T17:30:00Z")
    assert _card(connection).median_delay_days == 6


def test_a_correction_is_nobody_s_duty(connection: Connection, enter: Enter) -> None:
    enter("2026-10-31", received_at="2026-11-02T03:00:00Z")
    enter("2026-10-31", received_at="2026-11-20T03:00:00Z")
    card = _card(connection)
    assert (card.on_time, card.late, card.overdue_days) == (0, 0, 0)


def test_what_was_undone_stands_no_more(connection: Connection, enter: Enter) -> None:
    first = enter("2026-10-31", status="rolled_back")
    enter("2026-10-31", kind="rollback", undoes=first)
    card = _card(connection)
    assert (card.deliveries, card.last_source_date, card.next_due) == (1, None, None)
