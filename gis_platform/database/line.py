"""One connection of the hot paths: libpq itself, a statement at a time, kept prepared.

psycopg opens it; the rest of its machinery is passed by, for on a query of a tenth of a millisecond it costs
more than the database does.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import pq

from gis_platform.database.statement import Statement

_BINARY = pq.Format.BINARY
_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


class LineBroken(Exception):
    """The connection is gone; what was asked may be asked again on another."""


class Line:
    """A connection that runs one statement at a time and tells when it breaks."""

    def __init__(self, connection: psycopg.AsyncConnection[Any], broken: Callable[["Line"], None]) -> None:
        self._connection = connection
        self._pg = connection.pgconn
        self._broken = broken
        self._loop = asyncio.get_running_loop()
        self._answer: asyncio.Future[pq.abc.PGresult] | None = None
        self._result: pq.abc.PGresult | None = None
        self._prepared: set[bytes] = set()
        self._socket = self._pg.socket
        self.alive = True
        # Always listening: an idle connection that is closed by the server is noticed at once.
        self._loop.add_reader(self._socket, self._readable)

    async def first(self, statement: Statement, values: list[bytes | None]) -> tuple[Any, ...] | None:
        """The first row; None where there is none.

        Raises:
            psycopg.Error: the server refused.
            LineBroken: the connection broke.
        """
        if not statement.kept:
            result = await self._ask(lambda: self._send_once(statement, values))
        else:
            if statement.key not in self._prepared:
                await self._ask(lambda: self._pg.send_prepare(statement.key, statement.numbered))
                self._prepared.add(statement.key)
            result = await self._ask(
                lambda: self._pg.send_query_prepared(statement.key, values, result_format=_BINARY)
            )
        if result.ntuples == 0:
            return None
        return statement.read([result.get_value(0, column) for column in range(result.nfields)])

    def _send_once(self, statement: Statement, values: list[bytes | None]) -> None:
        self._pg.send_query_params(statement.numbered, values, result_format=_BINARY)

    async def _ask(self, send: Callable[[], None]) -> pq.abc.PGresult:
        self._answer = self._loop.create_future()
        try:
            send()
            if self._pg.flush() == 1:
                self._loop.add_writer(self._socket, self._writable)
            result = await self._answer
        except psycopg.OperationalError as fault:
            self._break()
            raise LineBroken from fault
        except asyncio.CancelledError:
            # An answer is still on its way here: nobody else may be given it.
            self._break()
            raise
        finally:
            self._answer = None
        if result.status not in _GOOD:
            raise psycopg.errors.error_from_result(result)
        return result

    def _writable(self) -> None:
        try:
            if self._pg.flush() == 0:
                self._loop.remove_writer(self._socket)
        except psycopg.OperationalError:
            self._break()

    def _readable(self) -> None:
        try:
            self._pg.consume_input()
            while not self._pg.is_busy():
                result = self._pg.get_result()
                if result is None:
                    self._deliver()
                    return
                self._result = self._result or result
            if self._pg.status == pq.ConnStatus.BAD:
                self._break()
        except psycopg.OperationalError:
            self._break()

    def _deliver(self) -> None:
        result, self._result = self._result, None
        if self._pg.status == pq.ConnStatus.BAD:
            self._break()
        elif self._answer is not None and not self._answer.done() and result is not None:
            self._answer.set_result(result)

    def _break(self) -> None:
        if not self.alive:
            return
        self.alive = False
        self._deaf()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(LineBroken())
        self._pg.finish()
        self._broken(self)

    def _deaf(self) -> None:
        # Whoever is given the same socket number next must not find it taken.
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)

    async def close(self) -> None:
        """Close it for good."""
        if self.alive:
            self.alive = False
            self._deaf()
            await self._connection.close()
