"""The work of a public question without a transaction: each statement for itself, over lines kept warm.

Beginning, acting as a role and committing are round trips of their own. Under READ COMMITTED each statement
sees the database of its own moment anyway, so that nothing is lost by leaving them out, as long as no more
than one statement writes.
"""

from collections.abc import Mapping
from functools import cache

from psycopg.rows import DictRow

from gis_platform.access.caller import Caller
from gis_platform.database.lines import Lines
from gis_platform.database.statement import Statement
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import Query


class LineWork(UnitOfWork):
    """Stands where a unit of work does, for questions by named queries alone.

    Raises Unavailable where no line comes free.
    """

    def __init__(self, lines: Lines, caller: Caller) -> None:
        self.lines = lines
        self.caller = caller

    async def rows(self, query: Query, **parameters: object) -> list[DictRow]:
        """All rows of a named query, each a dict."""
        [found] = await self.lines.rows([(_statement(query), parameters)])
        return found

    async def together(self, *asked: tuple[Query, Mapping[str, object]]) -> list[list[DictRow]]:
        """The rows of several queries in one round trip."""
        return await self.lines.rows([(_statement(query), parameters) for query, parameters in asked])


@cache
def _statement(query: Query) -> Statement:
    return Statement(query.text.encode(), ())
