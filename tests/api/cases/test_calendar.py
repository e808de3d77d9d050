"""An administrator corrects a day of the calendar: open cases follow, the trail tells what it was before."""

import asyncio
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from gis_platform.casework.recounting import recount
from gis_platform.clock.seed import seed_calendar
from tests.support.accounts import audited
from tests.support.office import Office
from tests.support.problems import problem

DAY = "/api/calendar/2026-11-24"
OFF = {"kind": "off", "name": "Nghỉ Ngày Văn hoá", "decision_no": "12/QĐ-TTg", "confirmed": True}


@pytest.fixture
def kept(office: Office) -> Iterator[Office]:
    """An office whose calendar is put back after the test."""
    with psycopg.connect(office.places.owner) as owner:
        before = owner.execute("TABLE core.calendar_day").fetchall()
    yield office
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM core.calendar_day")
        with owner.cursor() as cursor:
            cursor.executemany("INSERT INTO core.calendar_day VALUES (%s, %s, %s, %s, %s, %s, %s)", before)


def _put(office: Office, path: str, body: Any, who: str = "quan") -> Any:
    return office.client.put(path, json=body, headers=dict(office.who(who)))


def _recount(office: Office) -> int:
    async def run() -> int:
        async with await psycopg.AsyncConnection[Any].connect(office.places.app) as connection:
            return (await recount(connection)).moved

    return asyncio.run(run())


def test_a_corrected_day_moves_open_cases_and_stays_over_the_seed(kept: Office) -> None:
    case = kept.open()
    _recount(kept)
    before = kept.get(DAY, "quan").json()
    assert (before["working"], before["confirmed"]) == (False, False)
    answer = _put(kept, DAY, {"kind": "work", "name": "Ngày làm việc bình thường"})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["working"], told["source"]) == (True, "administrator")
    assert _recount(kept) == 2
    assert kept.read(case)["due_on"] == "2026-11-30"
    with psycopg.connect(kept.places.owner) as owner:
        seed_calendar(owner)
    assert kept.get(DAY, "quan").json()["kind"] == "work"
    (entry,) = [entry for entry in audited(kept.places) if entry[1] == "calendar.corrected"]
    assert (entry[0], entry[2]) == ("quan", "calendar/2026-11-24")
    assert entry[3]["before"]["kind"] == "off"
    assert entry[3]["now"]["kind"] == "work"


def test_a_day_that_follows_the_week_may_be_taken_off(kept: Office) -> None:
    path = "/api/calendar/2026-11-25"
    assert kept.get(path, "quan").json() == {
        "day": "2026-11-25", "working": True, "kind": None, "name": None, "decision_no": None,
        "confirmed": None, "source": None, "changed_at": None,
    }  # fmt: skip
    told = _put(kept, path, OFF).json()
    assert (told["working"], told["confirmed"], told["decision_no"]) == (False, True, "12/QĐ-TTg")


@pytest.mark.parametrize(
    ("path", "change", "parameter"),
    [
        (DAY, {"kind": "makeup"}, "kind"),
        (DAY, {"kind": "holiday"}, "kind"),
        (DAY, {"name": " "}, "name"),
        (DAY, {"decision_no": None}, "decision_no"),
        (DAY, {"more": 1}, "more"),
        ("/api/calendar/2036-11-24", {}, "day"),
        ("/api/calendar/2026-13-01", {}, "day"),
    ],
)
def test_what_a_day_cannot_be_is_told(
    kept: Office, path: str, change: dict[str, Any], parameter: str
) -> None:
    problem(_put(kept, path, OFF | change), 400, parameter)
    assert [entry for entry in audited(kept.places) if entry[1] == "calendar.corrected"] == []


def test_nobody_but_an_administrator_keeps_the_calendar(kept: Office) -> None:
    for who, status in (("an", 403), ("kien", 403), ("", 401)):
        problem(kept.get(DAY, who), status)
        problem(_put(kept, DAY, OFF, who), status)


def test_a_year_tells_the_days_that_do_not_follow_the_week(kept: Office) -> None:
    _put(kept, "/api/calendar/2026-12-19", {"kind": "makeup", "name": "Làm bù"})
    told = kept.get("/api/calendar", "quan", year=2026).json()
    assert told["year"] == 2026
    days = {one["day"]: one for one in told["days"]}
    assert list(days) == sorted(days)
    assert all(day.startswith("2026-") for day in days)
    assert (days["2026-12-19"]["kind"], days["2026-12-19"]["source"]) == ("makeup", "administrator")
    assert days["2026-11-24"]["confirmed"] is False
    for wrong in ({}, {"year": "x"}, {"year": 1}, {"year": 9999}):
        problem(kept.get("/api/calendar", "quan", **wrong), 400, "year")
    problem(kept.get("/api/calendar", "an", year=2026), 403)
