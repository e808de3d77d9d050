"""The hot paths' lines: right answers for everybody, healed when they break, and no crowd behind them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest

from gis_platform.database.line import LineBroken
from gis_platform.database.lines import Lines
from gis_platform.database.server import Logins
from gis_platform.database.statement import Statement
from gis_platform.errors import Unavailable

ECHO = Statement(b"SELECT CAST(%(n)s AS bigint), pg_sleep(0.001) IS NOT NULL", (int, bool))
PID = Statement(b"SELECT pg_backend_pid()::bigint", (int,))
SLOW = Statement(b"SELECT 1::bigint FROM pg_sleep(CAST(%(seconds)s AS double precision))", (int,))


@asynccontextmanager
async def _lines(places: Logins, size: int = 2, waiting: int = 100) -> AsyncIterator[Lines]:
    lines = Lines(places.public, size, "-c statement_timeout=3000", waiting=waiting)
    await lines.open()
    try:
        yield lines
    finally:
        await lines.close()


def test_each_gets_its_own_answer(database: Logins) -> None:
    async def run() -> list[Any]:
        async with _lines(database) as lines:
            return list(await asyncio.gather(*(lines.first(ECHO, {"n": n}) for n in range(90))))

    assert asyncio.run(run()) == [(n, True) for n in range(90)]


def test_values_arrive_as_they_were_sent(database: Logins) -> None:
    statement = Statement(
        b"SELECT CAST(%(text)s AS text), convert_to(CAST(%(text)s AS text), 'UTF8'), "
        b"CAST(%(nothing)s AS text), CAST(%(truth)s AS boolean), CAST(%(whole)s AS bigint), "
        b"CAST(%(day)s AS date)::text, CAST(%(moment)s AS timestamptz) = '2024-02-03T04:05:06.789Z', "
        b"CAST(%(real)s AS float8)::text, '50%%'",
        (str, bytes, str, bool, int, str, bool, str, str),
    )
    sent = {
        "text": "Đường Ấp Bắc; DROP TABLE '\"\\ %s $1",
        "nothing": None,
        "truth": True,
        "whole": -(2**63),
        "day": date(2024, 2, 29),
        "moment": datetime(2024, 2, 3, 4, 5, 6, 789_000, tzinfo=UTC),
        "real": 0.1 + 0.2,
    }

    async def run() -> Any:
        async with _lines(database) as lines:
            kept = await lines.first(statement, sent)
            once = await lines.first(Statement(statement.text, statement.columns, kept=False), sent)
            assert kept == once
            return kept

    text = str(sent["text"])
    assert asyncio.run(run()) == (
        text,
        text.encode(),
        None,
        True,
        -(2**63),
        "2024-02-29",
        True,
        "0.30000000000000004",
        "50%",
    )


def test_no_row_is_none_and_a_refusal_leaves_the_line_whole(database: Logins) -> None:
    nothing = Statement(b"SELECT 1::bigint WHERE false", (int,))
    forbidden = Statement(b"SELECT count(*) FROM core.account", (int,))

    async def run() -> None:
        async with _lines(database, size=1) as lines:
            assert await lines.first(nothing, {}) is None
            pid = await lines.first(PID, {})
            for _ in range(3):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    await lines.first(forbidden, {})
            with pytest.raises(psycopg.errors.QueryCanceled):
                await lines.first(SLOW, {"seconds": 30.0})
            assert await lines.first(PID, {}) == pid

    asyncio.run(run())


def _end_all(places: Logins) -> int:
    with psycopg.connect(places.owner, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = 'gis_public'"
        ).fetchall()
    return len(rows)


def test_ended_lines_come_back_and_what_was_under_way_is_asked_again(database: Logins) -> None:
    async def run() -> None:
        async with _lines(database) as lines:
            pids = {await lines.first(PID, {}) for _ in range(4)}
            under_way = asyncio.ensure_future(lines.first(SLOW, {"seconds": 0.5}))
            await asyncio.sleep(0.1)
            assert await asyncio.to_thread(_end_all, database) == 2
            assert await under_way == (1,)
            answers = await asyncio.gather(*(lines.first(PID, {}) for _ in range(10)))
            assert not pids & set(answers)

    asyncio.run(run())


def test_a_migration_that_changes_a_statement_s_result_is_got_over(database: Logins) -> None:
    statement = Statement(b"SELECT * FROM public.told", (str,))

    async def run() -> None:
        with psycopg.connect(database.owner, autocommit=True) as owner:
            owner.execute(
                "CREATE TABLE public.told (word varchar(3)); GRANT SELECT ON public.told TO gis_public"
            )
            owner.execute("INSERT INTO public.told VALUES ('abc')")
            async with _lines(database, size=1) as lines:
                assert await lines.first(statement, {}) == ("abc",)
                owner.execute("ALTER TABLE public.told ALTER COLUMN word TYPE text")
                assert await lines.first(statement, {}) == ("abc",)

    asyncio.run(run())


def test_who_cannot_be_served_soon_is_told_at_once(database: Logins) -> None:
    async def run() -> None:
        async with _lines(database, size=1, waiting=3) as lines:
            asked = [asyncio.ensure_future(lines.first(SLOW, {"seconds": 0.2})) for _ in range(10)]
            answers = await asyncio.gather(*asked, return_exceptions=True)
            assert [answer for answer in answers if answer == (1,)] == [(1,)] * 4
            refused = [answer for answer in answers if isinstance(answer, Unavailable)]
            assert [problem.extra for problem in refused] == [{"retry_after": 1}] * 6
            assert await lines.first(ECHO, {"n": 1}) == (1, True)

    asyncio.run(run())


def test_one_who_gives_up_takes_nobody_else_s_answer(database: Logins) -> None:
    async def run() -> None:
        async with _lines(database, size=1) as lines:
            for _ in range(3):
                given_up = asyncio.ensure_future(lines.first(SLOW, {"seconds": 2.0}))
                waiting = asyncio.ensure_future(lines.first(ECHO, {"n": 5}))
                await asyncio.sleep(0.05)
                given_up.cancel()
                assert await lines.first(ECHO, {"n": 7}) == (7, True)
                assert await waiting == (5, True)

    asyncio.run(run())


def test_a_line_that_comes_when_patience_ends_is_not_lost(
    database: Logins, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        async with _lines(database, size=1) as lines:
            line = await lines._take()
            monkeypatch.setattr("gis_platform.database.lines._PATIENCE", 0.05)
            waiting = asyncio.ensure_future(lines._take())
            await asyncio.sleep(0)
            # The loop finds both due at once: the line is given first, then patience ends.
            asyncio.get_running_loop().call_later(0.049, lines._give_back, line)
            time.sleep(0.1)
            lines._give_back(await waiting)
            assert await lines.first(ECHO, {"n": 3}) == (3, True)

    asyncio.run(run())


def test_what_breaks_while_it_is_still_sent_leaves_the_socket_free(database: Logins) -> None:
    async def run() -> None:
        async with _lines(database, size=1) as lines:
            assert await lines.first(SLOW, {"seconds": 0}) == (1,)
            line = await lines._take()
            big = asyncio.ensure_future(line.first(SLOW, [b"0" * 20_000_000]))
            await asyncio.sleep(0)
            line._break()
            # Nobody else can have been given the number yet.
            assert not asyncio.get_running_loop().remove_writer(line._socket)
            with pytest.raises(LineBroken):
                await big
            assert await lines.first(ECHO, {"n": 4}) == (4, True)

    asyncio.run(run())
