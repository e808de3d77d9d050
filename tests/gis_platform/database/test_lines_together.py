"""Several statements sent over a line in one go: rows as psycopg reads them, refusals, lines that break."""

import asyncio
from datetime import date
from typing import Any

import psycopg
import pytest

from gis_platform.database.server import Logins
from gis_platform.database.statement import Statement
from tests.gis_platform.database.test_lines import ECHO, PID, SLOW, _lines

MANY = Statement(
    b"SELECT n AS number, n::text AS word FROM generate_series(1, CAST(%(most)s AS bigint)) n", ()
)
GIVEN = Statement(
    b"SELECT CAST(%(texts)s AS text[]) AS texts, CAST(%(numbers)s AS bigint[]) AS numbers, "
    b"CAST(%(days)s AS date[]) AS days, CAST(%(shape)s AS bytea) AS shape, CAST(%(data)s AS jsonb) AS data",
    (),
)
DIVIDED = Statement(b"SELECT 1 / CAST(%(by)s AS bigint) AS share", ())


def test_rows_have_names_and_the_types_that_psycopg_gives_them(database: Logins) -> None:
    given = {
        "texts": ["Ấp Bắc", 'a "b" \\ {c},', "", "NULL", None],
        "numbers": [1, -(2**62)],
        "days": [date(2024, 2, 29), None],
        "shape": b"\x00\x01\\\xff",
        "data": '{"a": [1, 0.1, null]}',
    }

    async def run() -> Any:
        async with _lines(database) as lines:
            return await lines.rows([(MANY, {"most": 2}), (GIVEN, given), (MANY, {"most": 0})])

    few, [told], none = asyncio.run(run())
    assert few == [{"number": 1, "word": "1"}, {"number": 2, "word": "2"}]
    assert none == []
    assert told == given | {"data": {"a": [1, 0.1, None]}}


def test_one_that_is_refused_among_several_leaves_the_line_as_it_was(database: Logins) -> None:
    async def run() -> tuple[Any, Any, Any]:
        async with _lines(database, size=1) as lines:
            before = await lines.first(PID, {})
            with pytest.raises(psycopg.errors.DivisionByZero):
                await lines.rows([(MANY, {"most": 3}), (DIVIDED, {"by": 0}), (MANY, {"most": 3})])
            rows = await lines.rows([(DIVIDED, {"by": 1}), (MANY, {"most": 1})])
            return before, rows, await lines.first(PID, {})

    before, rows, after = asyncio.run(run())
    assert rows == [[{"share": 1}], [{"number": 1, "word": "1"}]]
    assert before == after


def test_a_line_that_breaks_among_several_is_replaced_and_they_are_asked_again(database: Logins) -> None:
    async def run() -> Any:
        async with _lines(database, size=1) as lines:
            [pid] = await lines.first(PID, {}) or (0,)
            asked = asyncio.create_task(lines.rows([(MANY, {"most": 1}), (SLOW, {"seconds": 1.0})]))
            await asyncio.sleep(0.3)
            with psycopg.connect(database.owner, autocommit=True) as connection:
                connection.execute("SELECT pg_terminate_backend(%s)", [pid])
            return await asked

    [few, slow] = asyncio.run(run())
    assert few == [{"number": 1, "word": "1"}]
    assert len(slow) == 1


def test_many_at_once_each_get_their_own_rows(database: Logins) -> None:
    async def run() -> list[Any]:
        async with _lines(database) as lines:
            asked = (lines.rows([(MANY, {"most": n}), (ECHO, {"n": n})]) for n in range(60))
            return list(await asyncio.gather(*asked))

    for n, (few, [echo]) in enumerate(asyncio.run(run())):
        assert [row["number"] for row in few] == list(range(1, n + 1))
        assert echo["int8"] == n
