"""A table from end to end, some rows at a time: what is answered leaves while the rest is looked up."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from itertools import islice

import structlog

from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.database.pools import Database
from gis_platform.layer.text import Language, Text
from gis_platform.spreadsheet import BOM, csv_lines
from layers.planning.batch.addresses import Addresses
from layers.planning.batch.finding import Outcome, Sureness, find_rows
from layers.planning.batch.judging import Said, say_of
from layers.planning.batch.reading import Row, Table
from layers.planning.batch.table import heads, line
from layers.planning.sources import known_sources

log = structlog.get_logger("planning.batch")

_AT_ONCE = 50
"""Rows in one transaction: of one, many questions of the database would be asked by each alone."""
_AHEAD = 2
Answers = tuple[list[Outcome], dict[int, Said]]
# Of a row that may mean many, as many are told of.
_MOST_TOLD = 5


async def answered(
    database: Database, caller: Caller, table: Table, city: City, language: Language
) -> AsyncIterator[bytes]:
    """CSV in UTF-8 with a byte order mark: a row for each row of the table, in its order.

    Nothing is kept: rows have no receipts.
    """
    width = len(table.heads)
    yield BOM.encode() + csv_lines([heads(table.heads, language)])
    addresses = Addresses(language)
    under_way: deque[tuple[tuple[Row, ...], asyncio.Task[Answers]]] = deque()
    chunks = _chunks(table.rows)
    try:
        while True:
            # The database looks up rows while those before are judged.
            for rows in islice(chunks, _AHEAD - len(under_way)):
                looked_up = _told(database, caller, rows, addresses, city, language)
                under_way.append((rows, asyncio.create_task(looked_up)))
            if not under_way:
                return
            rows, task = under_way.popleft()
            outcomes, said = await task
            yield csv_lines(
                line(row, width, outcome, said, language) for row, outcome in zip(rows, outcomes, strict=True)
            )
    finally:
        for _, task in under_way:
            task.cancel()
        await asyncio.gather(*(task for _, task in under_way), return_exceptions=True)


async def _told(
    database: Database,
    caller: Caller,
    rows: tuple[Row, ...],
    addresses: Addresses,
    city: City,
    language: Language,
) -> Answers:
    try:
        return await _looked_up(database, caller, rows, addresses, city, language)
    except Exception as fault:
        # Rows before have left already: these say what happened, and those below go on.
        log.error("rows of a table failed", error=type(fault).__name__)
        failed = Outcome(Sureness.UNREADABLE, note=_FAILED.in_language(language))
        return [failed] * len(rows), {}


async def _looked_up(
    database: Database,
    caller: Caller,
    rows: tuple[Row, ...],
    addresses: Addresses,
    city: City,
    language: Language,
) -> Answers:
    async with database.unit_of_work(caller) as work:
        outcomes = await find_rows(work, rows, addresses, city, language)
        ids = dict.fromkeys(one for outcome in outcomes for one in outcome.ids[:_MOST_TOLD])
        said = await say_of(work, list(ids), await known_sources(work), city.today(), language)
    return outcomes, said


def _chunks(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    for begin in range(0, len(rows), _AT_ONCE):
        yield rows[begin : begin + _AT_ONCE]


_FAILED = Text(
    "Hệ thống gặp sự cố khi tra cứu dòng này; hãy gửi lại riêng dòng này.",
    "The system failed on this row; send it again by itself.",
)
