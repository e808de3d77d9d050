"""A task that is to stop stops, also when it loses the first word that it should."""

import asyncio
from contextlib import suppress

from gis_platform.stopping import cancelled


async def _loses_its_first_cancellation() -> None:
    with suppress(asyncio.CancelledError):
        await asyncio.sleep(3600)
    await asyncio.sleep(3600)


async def _raises() -> None:
    raise RuntimeError("of its own")


def test_a_task_that_lost_a_cancellation_is_asked_again() -> None:
    async def stop() -> list[bool]:
        tasks = [asyncio.create_task(_loses_its_first_cancellation()), asyncio.create_task(_raises())]
        await asyncio.sleep(0)
        await cancelled(*tasks)
        return [task.done() for task in tasks]

    assert asyncio.run(stop()) == [True, True]


def test_nothing_to_stop_is_no_fault() -> None:
    asyncio.run(cancelled())
