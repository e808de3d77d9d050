"""One server process's lines to the database, as the public role: few, warm, healed when they break."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

import psycopg

from gis_platform.database.line import Line, LineBroken
from gis_platform.database.statement import Statement
from gis_platform.errors import Unavailable
from gis_platform.stopping import cancelled
from gis_platform.telemetry.logs import get_logger

log = get_logger("database")

Answer = TypeVar("Answer")

_BUSY = "The server is busy; please try again in a few seconds."
_AWAY = "The database cannot be reached now; please try again in a few seconds."
_PATIENCE = 2.0
_BACK_OFF = (0.05, 0.1, 0.2, 0.5, 1.0)


class Lines:
    """A fixed number of connections; a request waits for one a short while, and not behind a crowd.

    ``waiting`` bounds the queue: beyond it a request is told at once to come back.
    """

    def __init__(self, conninfo: str, size: int, options: str, *, waiting: int) -> None:
        self._conninfo = conninfo
        self._size = size
        self._options = options
        self._most_waiting = waiting
        self._free: list[Line] = []
        self._lines: set[Line] = set()
        self._queue: deque[asyncio.Future[Line]] = deque()
        self._mending: set[asyncio.Task[None]] = set()
        self._open = False

    async def open(self) -> None:
        """Open every line; a database that is away now is waited for in the background."""
        self._open = True
        for _ in range(self._size):
            self._mend()
        await asyncio.wait(self._mending, timeout=_PATIENCE)

    async def close(self) -> None:
        """Close them all."""
        self._open = False
        await cancelled(*self._mending)
        for line in list(self._lines):
            await line.close()

    async def first(self, statement: Statement, values: Mapping[str, object]) -> tuple[Any, ...] | None:
        """The first row of a statement; None where there is none.

        A line that breaks under way is replaced and the question, which only reads, asked once more.

        Raises:
            Unavailable: no line came free in time.
            psycopg.Error: the server refused.
        """
        bound = statement.bound(values)
        return await self._ask(lambda line: line.first(statement, bound))

    async def rows(
        self, asked: Sequence[tuple[Statement, Mapping[str, object]]]
    ) -> list[list[dict[str, Any]]]:
        """All rows of each statement, by the names of their columns.

        One may write what stays the same when it is written twice.

        Raises:
            as ``first``
        """
        bound = [(statement, statement.bound(values)) for statement, values in asked]
        return await self._ask(lambda line: line.rows(bound))

    async def _ask(self, ask: Callable[[Line], Awaitable[Answer]]) -> Answer:
        for attempt in (1, 2, 3):
            line = await self._take()
            try:
                return await ask(line)
            except LineBroken:
                if attempt == 3:
                    raise Unavailable(_AWAY, retry_after=2) from None
            except psycopg.errors.FeatureNotSupported:
                # "cached plan must not change result type": a migration came by.
                await line.close()
                self._lost(line)
                if attempt == 3:
                    raise
            finally:
                self._give_back(line)
        raise AssertionError("unreachable")

    async def _take(self) -> Line:
        while self._free:
            line = self._free.pop()
            if line.alive:
                return line
        if len(self._queue) >= self._most_waiting:
            raise Unavailable(_BUSY, retry_after=1)
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[Line] = loop.create_future()
        self._queue.append(turn)
        patience = loop.call_later(_PATIENCE, self._tell_off, turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._give_back(turn.result())
            raise
        finally:
            patience.cancel()

    def _tell_off(self, turn: asyncio.Future[Line]) -> None:
        if not turn.done():
            turn.set_exception(Unavailable(_BUSY if self._lines else _AWAY, retry_after=2))

    def _give_back(self, line: Line) -> None:
        if not line.alive:
            return
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(line)
                return
        self._free.append(line)

    def _lost(self, line: Line) -> None:
        self._lines.discard(line)
        if self._open:
            self._mend()

    def _mend(self) -> None:
        task = asyncio.get_running_loop().create_task(self._connect())
        self._mending.add(task)
        task.add_done_callback(self._mending.discard)

    async def _connect(self) -> None:
        tries = 0
        while self._open:
            try:
                connection = await psycopg.AsyncConnection[Any].connect(
                    self._conninfo, autocommit=True, options=self._options, connect_timeout=5
                )
            except psycopg.Error as fault:
                if tries == 0:
                    log.warning("database away", error=type(fault).__name__)
                await asyncio.sleep(_BACK_OFF[min(tries, len(_BACK_OFF) - 1)])
                tries += 1
                continue
            line = Line(connection, self._lost)
            self._lines.add(line)
            self._give_back(line)
            return
