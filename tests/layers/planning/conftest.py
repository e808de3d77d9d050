"""Answers straight from the layer, many parcels at a time, as the public gets them."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from gis_platform.access.caller import Caller
from gis_platform.database.line_work import LineWork
from gis_platform.database.lines import Lines
from layers.planning import answer_for

Answers = Callable[[str, Sequence[int]], Iterator[Any]]
_AT_ONCE = 100


@pytest.fixture(scope="session")
def answers() -> Answers:
    """Answers over so many parcels each, until all were asked for; the first argument is where to connect."""

    def asked(conninfo: str, ids: Sequence[int]) -> Iterator[Any]:
        parts = [list(ids[place : place + _AT_ONCE]) for place in range(0, len(ids), _AT_ONCE)]
        return iter(asyncio.run(_all(conninfo, parts)))

    return asked


async def _all(conninfo: str, parts: Sequence[list[int]]) -> list[Any]:
    # The connections of a server, set up as it sets them up.
    lines = Lines(conninfo, 1, "-c jit=off -c plan_cache_mode=force_generic_plan", waiting=1)
    await lines.open()
    try:
        work = LineWork(lines, Caller.anonymous())
        return [await answer_for(work, part, date(2026, 11, 30), "vi") for part in parts]
    finally:
        await lines.close()
