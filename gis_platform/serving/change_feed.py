"""Hearing of changes as they are committed: one connection that listens, for as long as the server runs."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg

from gis_platform.serving.changes import CHANNEL, Box, read_change
from gis_platform.telemetry.logs import get_logger

log = get_logger("changes")

_ASK_EVERY = 10.0
_TRY_AGAIN = 0.5


class ChangeFeed:
    """Tells ``changed`` of each change, and ``listening`` when changes begin or cease to be heard of."""

    def __init__(
        self,
        conninfo: str,
        changed: Callable[[str, list[Box] | None], None],
        listening: Callable[[bool], None],
    ) -> None:
        self._conninfo = conninfo
        self._changed = changed
        self._listening = listening
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "ChangeFeed":
        self._task = asyncio.create_task(self._listen_for_ever())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except (psycopg.Error, TimeoutError) as fault:
                log.warning("changes are not heard of", error=type(fault).__name__)
            finally:
                self._listening(False)
            await asyncio.sleep(_TRY_AGAIN)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection[Any].connect(
            self._conninfo, autocommit=True, connect_timeout=5
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            self._listening(True)
            while True:
                async for notice in connection.notifies(timeout=_ASK_EVERY):
                    self._changed(*read_change(notice.payload))
                # A connection that died without a word is found out by asking.
                async with asyncio.timeout(_ASK_EVERY):
                    await connection.execute(b"SELECT 1")
