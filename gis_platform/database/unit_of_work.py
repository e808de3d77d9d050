"""One transaction a request: begun as the caller's role, committed before the answer leaves.

A dependency that yields a unit of work must have ``scope="function"``: with FastAPI's default the commit
comes after the response, and one that fails would answer 200 with nothing stored.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from gis_platform.access.caller import Caller
from gis_platform.sqlfiles import Query


class UnitOfWork:
    """The open transaction of one request, acting as its caller's database role."""

    def __init__(
        self, connection: AsyncConnection, raw: psycopg.AsyncConnection[Any], caller: Caller
    ) -> None:
        self.connection = connection
        self.raw = raw
        self.caller = caller

    async def rows(self, query: Query, **parameters: object) -> list[DictRow]:
        """All rows of a named query, each a dict."""
        async with self.raw.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.text.encode(), parameters)
            return await cursor.fetchall()

    async def together(self, *asked: tuple[Query, Mapping[str, object]]) -> list[list[DictRow]]:
        """The rows of several queries, none of which needs what another finds."""
        return [await self.rows(query, **parameters) for query, parameters in asked]

    async def row(self, query: Query, **parameters: object) -> DictRow | None:
        """The first row of a named query, or None."""
        found = await self.rows(query, **parameters)
        return found[0] if found else None

    async def value(self, query: Query, **parameters: object) -> Any:
        """The first column of the first row, or None."""
        found = await self.row(query, **parameters)
        return next(iter(found.values())) if found else None

    async def execute(self, statement: Executable) -> CursorResult[Any]:
        """Run a SQLAlchemy statement in the same transaction."""
        return await self.connection.execute(statement)
