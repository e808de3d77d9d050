"""The days on which a layer changed: counted as believed now, and kept no longer than they hold."""

import asyncio
import json
from datetime import date
from typing import Any

import psycopg

from gis_platform.database.server import Logins
from gis_platform.layer import installed_layers
from gis_platform.serving.days import KeptDays, days_statement
from tests.support.versions import Parcel

FIRST, SECOND, LAST = date(2018, 1, 1), date(2020, 5, 6), date(2021, 7, 8)


def _days(connection: psycopg.Connection[Any]) -> dict[str, int]:
    row = connection.execute(days_statement(installed_layers()["parcels"]).text).fetchone()
    assert row is not None
    return {entry["day"]: entry["features"] for entry in json.loads(row[0])}


def test_a_beginning_a_change_and_an_end_are_days(database: Logins) -> None:
    with psycopg.connect(database.owner, autocommit=True) as connection:
        assert _days(connection) == {}
        one, other = Parcel(connection, 1), Parcel(connection, 2)
        one.insert(FIRST, "Một")
        other.insert(FIRST, "Hai")
        assert _days(connection) == {"2018-01-01": 2}
        one.change(SECOND, "Một khác")
        assert _days(connection) == {"2018-01-01": 2, "2020-05-06": 1}
        one.end(LAST)
        other.change(LAST, "Hai khác")
        assert _days(connection) == {"2018-01-01": 2, "2020-05-06": 1, "2021-07-08": 2}


def test_what_is_no_longer_believed_is_no_day(database: Logins) -> None:
    with psycopg.connect(database.owner, autocommit=True) as connection:
        parcel = Parcel(connection, 1)
        parcel.insert(FIRST, "Một")
        parcel.change(SECOND, "Nhầm")
        with connection.transaction():
            connection.execute("SELECT set_config('gis.corrects', 'yes', true)")
            parcel.change(date(2019, 3, 4), "Đúng")
        assert _days(connection) == {"2018-01-01": 1, "2019-03-04": 1}


def test_a_day_still_to_come_is_told(database: Logins) -> None:
    with psycopg.connect(database.owner, autocommit=True) as connection:
        Parcel(connection, 1).insert(date(2999, 1, 1), "Sau này")
        assert _days(connection) == {"2999-01-01": 1}


async def _ask(kept: KeptDays, answer: bytes, layer: str = "parcels") -> bytes:
    async def make() -> bytes:
        await asyncio.sleep(0)
        return answer

    return await kept.get_or_make(layer, make)


def test_days_are_kept_while_changes_are_heard_of() -> None:
    async def run() -> None:
        kept = KeptDays()
        assert await _ask(kept, b"a") == b"a"
        assert await _ask(kept, b"b") == b"b", "nobody listened"
        kept.listening(True)
        assert await _ask(kept, b"c") == b"c"
        assert await _ask(kept, b"d") == b"c"
        kept.changed("zoning", None)
        assert await _ask(kept, b"e") == b"c", "another layer"
        kept.changed("parcels", None)
        assert await _ask(kept, b"f") == b"f"
        kept.listening(False)
        assert await _ask(kept, b"g") == b"g"

    asyncio.run(run())


def test_what_changes_while_it_is_counted_is_not_kept() -> None:
    async def run() -> None:
        kept = KeptDays()
        kept.listening(True)
        counting = asyncio.create_task(_ask(kept, b"old"))
        await asyncio.sleep(0)
        kept.changed("parcels", None)
        assert await counting == b"old"
        assert await _ask(kept, b"new") == b"new"

    asyncio.run(run())
