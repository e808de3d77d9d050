"""What a key may ask: counted in several processes, written together, never lost by a fault."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from gis_platform.access.caller import KeyTerms
from gis_platform.access.quota import KeyMeter
from gis_platform.database.server import Logins
from tests.support.accounts import make_account, transactions_on
from tests.support.keys import make_key

CITY = "Asia/Ho_Chi_Minh"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 16, 59, 58, tzinfo=UTC)  # two seconds before midnight in the city

    def __call__(self, zone: ZoneInfo) -> datetime:
        return self.moment.astimezone(zone)

    def pass_by(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


def terms(*, quota: int = 1000, rate: float = 1000.0, key: int = 1) -> KeyTerms:
    return KeyTerms(key, "tax-office", frozenset({"read:*"}), quota, rate)


@pytest.fixture
def places(database: Logins) -> Logins:
    """A database with one key, number 1."""
    make_account(database)
    make_key(database)
    return database


def usage(places: Logins) -> list[tuple[Any, ...]]:
    with psycopg.connect(places.owner) as owner:
        return owner.execute(
            "SELECT credential_id, CAST(day AS text), requests FROM core.key_usage ORDER BY 1, 2"
        ).fetchall()


def test_a_quota_ends_and_begins_anew_at_midnight_in_the_city() -> None:
    clock = Clock()
    meter = KeyMeter(CITY, clock)
    left = [meter.admit(terms(quota=3)) for _ in range(4)]
    assert [a.remaining for a in left] == [2, 1, 0, 0]
    assert [a.refusal is None for a in left] == [True, True, True, False]
    assert left[3].resets_in == 2
    refusal = left[3].refusal
    assert refusal is not None
    assert refusal.extra["retry_after"] == 2
    assert "3 requests of today" in refusal.detail
    clock.pass_by(2)
    assert meter.admit(terms(quota=3)).remaining == 2


def test_the_rate_lets_a_second_s_worth_through_at_once_and_refills() -> None:
    clock = Clock()
    meter = KeyMeter(CITY, clock)
    passed = [meter.admit(terms(rate=2)).refusal is None for _ in range(3)]
    assert passed == [True, True, False]
    clock.pass_by(0.5)
    assert meter.admit(terms(rate=2)).refusal is None
    slow = [meter.admit(terms(rate=0.1, key=2)).refusal for _ in range(2)]
    assert slow[0] is None
    assert slow[1] is not None
    assert slow[1].extra["retry_after"] == 10


def test_what_is_refused_is_not_counted(places: Logins) -> None:
    meter = KeyMeter(CITY, Clock())
    for _ in range(9):
        meter.admit(terms(quota=4))
    asyncio.run(meter.write(transactions_on(places)))
    assert usage(places) == [(1, "2026-03-01", 4)]


def test_processes_learn_of_each_other_when_they_write(places: Logins) -> None:
    first, second = KeyMeter(CITY, Clock()), KeyMeter(CITY, Clock())
    for meter in (first, second):
        for _ in range(5):
            assert meter.admit(terms(quota=10)).refusal is None
        asyncio.run(meter.write(transactions_on(places)))
    assert usage(places) == [(1, "2026-03-01", 10)]
    assert second.admit(terms(quota=10)).refusal is not None
    # The first has not written since: it lets one through, and knows better from then on.
    assert first.admit(terms(quota=10)).refusal is None
    asyncio.run(first.write(transactions_on(places)))
    assert first.admit(terms(quota=10)).refusal is not None
    assert usage(places) == [(1, "2026-03-01", 11)]


def test_both_days_around_midnight_are_written(places: Logins) -> None:
    clock = Clock()
    meter = KeyMeter(CITY, clock)
    meter.admit(terms())
    clock.pass_by(3)
    meter.admit(terms())
    asyncio.run(meter.write(transactions_on(places)))
    asyncio.run(meter.write(transactions_on(places)))
    assert usage(places) == [(1, "2026-03-01", 1), (1, "2026-03-02", 1)]


def test_a_fault_of_the_database_loses_no_count(places: Logins) -> None:
    @asynccontextmanager
    async def broken() -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        async with transactions_on(places)() as connection:
            yield connection
            raise psycopg.OperationalError("the connection was lost")

    meter = KeyMeter(CITY, Clock())
    meter.admit(terms(quota=5))
    with pytest.raises(psycopg.OperationalError):
        asyncio.run(meter.write(broken))
    assert usage(places) == []
    assert meter.admit(terms(quota=5)).remaining == 3
    asyncio.run(meter.write(transactions_on(places)))
    assert usage(places) == [(1, "2026-03-01", 2)]


def test_a_key_that_is_gone_stops_nobody_else_s_count(places: Logins) -> None:
    meter = KeyMeter(CITY, Clock())
    meter.admit(terms(key=999))
    meter.admit(terms())
    asyncio.run(meter.write(transactions_on(places)))
    assert usage(places) == [(1, "2026-03-01", 1)]


def test_what_is_left_is_written_at_the_end(places: Logins) -> None:
    async def served() -> None:
        meter = KeyMeter(CITY, Clock())
        async with meter.writing(transactions_on(places)):
            for _ in range(7):
                meter.admit(terms())

    asyncio.run(served())
    assert usage(places) == [(1, "2026-03-01", 7)]
