"""One connection of the hot paths: libpq itself, a statement at a time, kept prepared.

psycopg opens it; the rest of its machinery is passed by, for on a query of a tenth of a millisecond it costs
more than the database does.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg import pq
from psycopg.adapt import Transformer

from gis_platform.database.statement import Statement

_BINARY = pq.Format.BINARY
_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)

Values = list[bytes | None]


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
        # Results of several statements that were sent in one go; None while there is one at most.
        self._together: list[pq.abc.PGresult] | None = None
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
        result = await self._run(statement, values)
        if result.ntuples == 0:
            return None
        return statement.read([result.get_value(0, column) for column in range(result.nfields)])

    async def rows(self, asked: Sequence[tuple[Statement, Values]]) -> list[list[dict[str, Any]]]:
        """All rows of each statement by the names of their columns, of the types that psycopg gives them.

        Several are sent in one go.

        Raises:
            as ``first``
        """
        if len(asked) == 1:
            return [self._read(await self._run(*asked[0]))]
        for statement, _ in asked:
            await self._prepare(statement)
        return [self._read(result) for result in await self._ask_together(asked)]

    def _read(self, result: pq.abc.PGresult) -> list[dict[str, Any]]:
        reader = Transformer(self._connection)
        reader.set_pgresult(result)
        names = [(result.fname(column) or b"").decode() for column in range(result.nfields)]
        return reader.load_rows(0, result.ntuples, lambda row: dict(zip(names, row, strict=True)))

    async def _run(self, statement: Statement, values: list[bytes | None]) -> pq.abc.PGresult:
        if not statement.kept:
            return await self._ask(lambda: self._send_once(statement, values))
        await self._prepare(statement)
        return await self._ask(
            lambda: self._pg.send_query_prepared(statement.key, values, result_format=_BINARY)
        )

    async def _prepare(self, statement: Statement) -> None:
        if statement.key not in self._prepared:
            await self._ask(lambda: self._pg.send_prepare(statement.key, statement.numbered))
            self._prepared.add(statement.key)

    async def _ask_together(self, asked: Sequence[tuple[Statement, Values]]) -> list[pq.abc.PGresult]:
        """In libpq's pipeline: one that is refused is raised, and the others have done nothing."""

        def send() -> None:
            self._pg.enter_pipeline_mode()
            for statement, values in asked:
                self._pg.send_query_prepared(statement.key, values, result_format=_BINARY)
            self._pg.pipeline_sync()
            self._together = []

        await self._ask(send)
        results, self._together = self._together or [], None
        self._pg.exit_pipeline_mode()
        for result in results:
            if result.status not in _GOOD:
                raise psycopg.errors.error_from_result(result)
        return results

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
        if result.status not in (*_GOOD, pq.ExecStatus.PIPELINE_SYNC):
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
                if self._together is not None:
                    if self._is_last(result):
                        return
                elif result is None:
                    self._deliver()
                    return
                else:
                    self._result = self._result or result
            if self._pg.status == pq.ConnStatus.BAD:
                self._break()
        except psycopg.OperationalError:
            self._break()

    def _is_last(self, result: pq.abc.PGresult | None) -> bool:
        """Put by a result of several; True where the last of them has come. Each is followed by nothing."""
        if result is not None and result.status == pq.ExecStatus.PIPELINE_SYNC:
            self._result = result
            self._deliver()
            return True
        if result is not None and self._together is not None:
            self._together.append(result)
        return False

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
