"""Hearing of changes as they are committed: one connection that listens, for as long as the server runs."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

import psycopg

from gis_platform.serving.changes import CHANNEL, Box, read_change
from gis_platform.stopping import cancelled
from gis_platform.telemetry.logs import get_logger

log = get_logger("changes")

_ASK_EVERY = 10.0
_TRY_AGAIN = 0.5


class Keeps(Protocol):
    """What keeps something that a change makes old."""

    def changed(self, layer: str, boxes: list[Box] | None, /) -> None:
        """A layer changed there; everywhere where ``boxes`` is None."""

    def listening(self, heard: bool, /) -> None:
        """Changes are heard of from now on, or not any more."""


class ChangeFeed:
    """Tells those who keep something of each change, and when changes begin or cease to be heard of."""

    def __init__(self, conninfo: str, keepers: Sequence[Keeps]) -> None:
        self._conninfo = conninfo
        self._keepers = keepers
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "ChangeFeed":
        self._task = asyncio.create_task(self._listen_for_ever())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            await cancelled(self._task)

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except (psycopg.Error, TimeoutError) as fault:
                log.warning("changes are not heard of", error=type(fault).__name__)
            finally:
                self._tell_listening(False)
            await asyncio.sleep(_TRY_AGAIN)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection[Any].connect(
            self._conninfo, autocommit=True, connect_timeout=5
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            self._tell_listening(True)
            while True:
                async for notice in connection.notifies(timeout=_ASK_EVERY):
                    layer, boxes = read_change(notice.payload)
                    for keeper in self._keepers:
                        keeper.changed(layer, boxes)
                # A connection that died without a word is found out by asking.
                async with asyncio.timeout(_ASK_EVERY):
                    await connection.execute(b"SELECT 1")

    def _tell_listening(self, heard: bool) -> None:
        for keeper in self._keepers:
            keeper.listening(heard)
