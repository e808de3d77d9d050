"""Failed sign-ins are limited per name and per address, also when they come all at once."""

import asyncio
from collections.abc import Sequence

import pytest

from gis_platform.access.sign_in import Transactions
from gis_platform.access.throttle import (
    MOST_PER_ADDRESS,
    MOST_PER_USERNAME,
    WINDOW,
    count_attempt,
    forgive,
    network,
)
from gis_platform.database.server import Logins
from gis_platform.errors import TooManyRequests
from tests.support.accounts import execute, transactions_on

HERE = "203.0.113.7"


async def attempt(transactions: Transactions, username: str, address: str = HERE) -> int | None:
    """Seconds to wait, or None where the attempt was let in."""
    try:
        async with transactions() as connection:
            await count_attempt(connection, username, address)
    except TooManyRequests as refusal:
        return int(refusal.extra["retry_after"])
    return None


def attempts(places: Logins, tries: Sequence[tuple[str, str]]) -> list[int | None]:
    async def one_by_one() -> list[int | None]:
        transactions = transactions_on(places)
        return [await attempt(transactions, *each) for each in tries]

    return asyncio.run(one_by_one())


def test_the_eleventh_failure_for_a_name_waits(database: Logins) -> None:
    tries = [("hoa", f"198.51.100.{n}") for n in range(MOST_PER_USERNAME + 1)]
    *let_in, refused = attempts(database, tries)
    assert let_in == [None] * MOST_PER_USERNAME
    assert refused is not None
    assert 0 < refused <= WINDOW.total_seconds()
    assert attempts(database, [("lan", HERE)]) == [None]


def test_upper_case_does_not_start_anew(database: Logins) -> None:
    attempts(database, [("hoa", HERE)] * MOST_PER_USERNAME)
    assert attempts(database, [("HOA", HERE)]) != [None]


def test_the_fifty_first_failure_from_an_address_waits(database: Logins) -> None:
    tries = [(f"name{n}", HERE) for n in range(MOST_PER_ADDRESS + 1)]
    *let_in, refused = attempts(database, tries)
    assert let_in == [None] * MOST_PER_ADDRESS
    assert refused is not None
    assert attempts(database, [("hoa", "203.0.113.8")]) == [None]


def test_refused_attempts_do_not_prolong_the_wait(database: Logins) -> None:
    attempts(database, [("hoa", HERE)] * (MOST_PER_USERNAME + 5))
    execute(database, "UPDATE core.sign_in_failure SET at = at - interval '15 minutes'")
    assert attempts(database, [("hoa", HERE)]) == [None]


def test_the_wait_ends_when_the_tenth_last_failure_is_old_enough(database: Logins) -> None:
    attempts(database, [("hoa", HERE)] * MOST_PER_USERNAME)
    execute(
        database,
        "UPDATE core.sign_in_failure SET at = now() - interval '14 minutes'"
        " WHERE id = (SELECT min(id) FROM core.sign_in_failure)",
    )
    (wait,) = attempts(database, [("hoa", HERE)])
    assert wait is not None
    assert 50 < wait <= 60


def test_forgiving_a_name_leaves_others(database: Logins) -> None:
    attempts(database, [("hoa", HERE)] * MOST_PER_USERNAME + [("lan", HERE)] * MOST_PER_USERNAME)

    async def forgiven() -> None:
        async with transactions_on(database)() as connection:
            await forgive(connection, "Hoa")

    asyncio.run(forgiven())
    assert attempts(database, [("hoa", HERE)]) == [None]
    assert attempts(database, [("lan", HERE)]) != [None]


def test_all_at_once_are_limited_like_one_by_one(database: Logins) -> None:
    async def all_at_once() -> list[int | None]:
        transactions = transactions_on(database)
        return await asyncio.gather(*(attempt(transactions, "hoa") for _ in range(25)))

    assert asyncio.run(all_at_once()).count(None) == MOST_PER_USERNAME


def test_a_day_later_nothing_is_kept(database: Logins) -> None:
    attempts(database, [("hoa", HERE)] * 3)
    execute(database, "UPDATE core.sign_in_failure SET at = at - interval '25 hours'")
    attempts(database, [("lan", HERE)])
    execute(
        database,
        "DO $$ BEGIN ASSERT (SELECT count(*) FROM core.sign_in_failure) = 1; END $$",
    )


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("testclient", "testclient"),
        ("a\0b" + "c" * 200, "ab" + "c" * 97),
    ],
)
def test_what_counts_as_one_place(address: str, place: str) -> None:
    assert network(address) == place
