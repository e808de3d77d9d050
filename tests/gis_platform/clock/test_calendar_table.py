"""The seeded calendar in the database gives the due dates of the city's test vectors."""

import asyncio
from datetime import date
from typing import Any

import psycopg
import pytest
from holidays import country_holidays

from gis_platform.clock.calendar_store import load_calendar, load_calendar_async
from gis_platform.clock.days import DayKind, WorkingCalendar
from gis_platform.clock.seed import YEARS, seed_calendar, seed_days
from gis_platform.clock.terms import due_in_working_days

Connection = psycopg.Connection[Any]


def package_only() -> WorkingCalendar:
    known = country_holidays("VN", years=range(2025, 2027))
    return WorkingCalendar.from_kinds(dict.fromkeys(known, DayKind.OFF))


# Received; due by weekends alone, by the package's days off, by the table with the official exchanges.
VECTORS = [
    (date(2025, 12, 30), date(2026, 1, 6), date(2026, 1, 7), date(2026, 1, 8)),
    (date(2026, 2, 12), date(2026, 2, 19), date(2026, 2, 26), date(2026, 2, 26)),
    (date(2026, 8, 20), date(2026, 8, 27), date(2026, 8, 27), date(2026, 8, 26)),
    (date(2026, 11, 20), date(2026, 11, 27), date(2026, 11, 30), date(2026, 11, 30)),
]


@pytest.mark.parametrize(("received", "weekends", "package", "official"), VECTORS)
def test_five_working_days(
    connection: Connection, received: date, weekends: date, package: date, official: date
) -> None:
    assert due_in_working_days(WorkingCalendar(), received, 5).due_on == weekends
    assert due_in_working_days(package_only(), received, 5).due_on == package
    assert due_in_working_days(load_calendar(connection), received, 5).due_on == official


def test_the_day_in_doubt_gives_both_dates(connection: Connection) -> None:
    due = due_in_working_days(load_calendar(connection), date(2026, 11, 20), 5)
    assert (due.earliest, due.latest) == (date(2026, 11, 27), date(2026, 11, 30))
    assert [(day.day, day.name) for day in due.unconfirmed] == [(date(2026, 11, 24), "Ngày Văn hóa Việt Nam")]


def test_only_the_last_vector_is_in_doubt(connection: Connection) -> None:
    calendar = load_calendar(connection)
    assert [due_in_working_days(calendar, received, 5).certain for received, *_ in VECTORS] == [True] * 3 + [
        False
    ]


def test_tet_2027_is_an_estimate(connection: Connection) -> None:
    due = due_in_working_days(load_calendar(connection), date(2027, 2, 3), 5)
    assert (due.due_on, due.alternative_on) == (date(2027, 2, 17), date(2027, 2, 10))
    assert len(due.unconfirmed) == 5


def test_every_seeded_year_is_known(connection: Connection) -> None:
    assert load_calendar(connection).years >= set(YEARS)


def test_both_ways_of_loading_agree(connection: Connection) -> None:
    dsn, password = connection.info.dsn, connection.info.password or None

    async def load() -> WorkingCalendar:
        async with await psycopg.AsyncConnection.connect(dsn, password=password) as other:
            return await load_calendar_async(other)

    assert asyncio.run(load()) == load_calendar(connection)


def test_seeding_twice_changes_nothing(connection: Connection) -> None:
    seed_calendar(connection)
    assert seed_calendar(connection) == 0
    rows = connection.execute(
        "SELECT count(*) FROM core.calendar_day WHERE source <> 'administrator'"
    ).fetchone()
    assert rows is not None
    assert rows[0] == len(seed_days())
    connection.rollback()


def test_an_administrator_has_the_last_word(connection: Connection) -> None:
    connection.execute(
        "UPDATE core.calendar_day SET kind = 'work', confirmed = true, decision_no = 'thử nghiệm',"
        " source = 'administrator' WHERE day = '2026-11-24'"
    )
    connection.execute(
        "INSERT INTO core.calendar_day (day, kind, name, confirmed, source)"
        " VALUES ('2026-11-25', 'off', 'thử nghiệm', true, 'administrator')"
    )
    assert seed_calendar(connection) == 0
    due = due_in_working_days(load_calendar(connection), date(2026, 11, 20), 5)
    assert due.certain
    assert due.due_on == date(2026, 11, 30)
    connection.rollback()


def test_the_seed_takes_back_what_it_no_longer_says(connection: Connection) -> None:
    connection.execute(
        "INSERT INTO core.calendar_day (day, kind, name, confirmed, source)"
        " VALUES ('2026-11-25', 'off', 'thử nghiệm', true, 'package')"
    )
    connection.execute("UPDATE core.calendar_day SET confirmed = true WHERE day = '2026-11-24'")
    assert seed_calendar(connection) == 2
    assert load_calendar(connection).is_working_day(date(2026, 11, 25))
    connection.rollback()


def test_a_make_up_day_lies_on_a_weekend(connection: Connection) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "INSERT INTO core.calendar_day (day, kind, name, confirmed, source)"
            " VALUES ('2026-11-25', 'makeup', '', true, 'administrator')"
        )
    connection.rollback()
