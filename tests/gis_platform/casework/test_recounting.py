"""A changed calendar moves the due days of open cases, tells both days, and leaves what is closed alone."""

import asyncio
from datetime import date
from typing import Any

import psycopg
import pytest

from gis_platform.casework.recounting import Recounted, recount
from gis_platform.database.server import Logins
from tests.support.office import Office


def _recount(places: Logins) -> Recounted:
    async def run() -> Recounted:
        async with await psycopg.AsyncConnection[Any].connect(places.app) as connection:
            return await recount(connection)

    return asyncio.run(run())


def _calendar(places: Logins, day: date, kind: str) -> None:
    with psycopg.connect(places.owner) as owner:
        owner.execute(
            """INSERT INTO core.calendar_day (day, kind, name, confirmed, source)
               VALUES (%s, %s, 'Nghỉ bù', true, 'administrator')
               ON CONFLICT (day) DO UPDATE
               SET kind = excluded.kind, confirmed = true, source = excluded.source""",
            [day, kind],
        )


@pytest.fixture
def counted(office: Office) -> Office:
    """An office whose calendar has been counted with."""
    _recount(office.places)
    return office


def test_open_cases_follow_the_calendar_and_closed_ones_do_not(counted: Office) -> None:
    still, ended = counted.open(), counted.open(feature=counted.parcels[1])
    paused = counted.moved(counted.open(feature=counted.parcels[2]), "ask_supplement", reason="Thiếu giấy tờ")
    ended = counted.moved(ended, "withdraw", reason="Không còn nhu cầu")
    assert _recount(counted.places) == Recounted(0, 0)
    _calendar(counted.places, date(2026, 11, 26), "off")
    found = _recount(counted.places)
    # Two running clocks of the open case, two that stand still and one of the applicant's.
    assert found == Recounted(looked_at=5, moved=2)
    after = counted.read(still)
    assert [
        (was["due_on"], now["due_on"]) for was, now in zip(still["clocks"], after["clocks"], strict=True)
    ] == [
        ("2026-12-08", "2026-12-09"),
        ("2026-12-01", "2026-12-02"),
    ]
    assert (still["due_on"], after["due_on"]) == ("2026-12-01", "2026-12-02")
    told = [entry["detail"] for entry in after["journal"] if entry["action"] == "clock.recounted"]
    assert [(one["clock"], one["before"], one["now"]) for one in told] == [
        ("thoi_han", "2026-12-08", "2026-12-09"),
        ("muc_tieu", "2026-12-01", "2026-12-02"),
    ]
    assert {"day": "2026-11-26", "number": None, "reason": "day_off", "name": "Nghỉ bù"} in after["clocks"][
        0
    ]["working"]
    assert counted.read(ended) == ended
    assert counted.read(paused)["journal"] == paused["journal"]
    # An officer who had the case open goes on: nothing he decided on has changed but the day.
    assert counted.moved(still, "take_up")["state"]["name"] == "checking"
    resumed = counted.moved(paused, "supplemented")
    assert resumed["clocks"][0]["due_on"] == "2026-12-09"


def test_a_day_that_is_worked_after_all_moves_it_back_once(counted: Office) -> None:
    case = counted.open()
    _calendar(counted.places, date(2026, 11, 24), "work")
    assert _recount(counted.places).moved == 2
    assert counted.read(case)["due_on"] == "2026-11-30"
    assert _recount(counted.places) == Recounted(0, 0)
