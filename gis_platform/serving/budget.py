"""A question that would keep the database busy for long is refused before it is asked, with a way out."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import psycopg
from psycopg import sql

from gis_platform.errors import Problem

_EXPLAIN = sql.SQL("EXPLAIN (FORMAT JSON) {}")


class TooHeavy(Problem):
    """The planner expects more work than one request may cause."""

    status = HTTPStatus.BAD_REQUEST
    code = "too-heavy"


async def require_affordable(
    connection: psycopg.AsyncConnection[Any],
    statement: bytes,
    parameters: Mapping[str, object],
    *,
    most: float,
    parameter: str | None = None,
) -> None:
    """Ask the planner, as whoever the connection acts for, what a statement would cost.

    Args:
        connection: acting as the caller's role; row rules and grants are part of the cost.
        statement: SQL with placeholders ``%(name)s``.
        parameters: the values bound to it; the plan is for these.
        most: the planner's units, setting ``GIS_MAX_QUERY_COST``.
        parameter: what the caller should narrow, e.g. ``filter``.

    Raises:
        TooHeavy: it would cost more; the detail says what to narrow and that an export is made as a job.
    """
    asked = _EXPLAIN.format(sql.SQL(statement.decode()))
    row = await (await connection.execute(asked, parameters)).fetchone()
    cost = float(row[0][0]["Plan"]["Total Cost"]) if row else 0.0
    if cost > most:
        raise TooHeavy(
            "This would keep the database busy for too long. Narrow it: a smaller bbox, a filter on fewer or "
            "indexed properties, no sorting. Or have the whole made as a file in the background: "
            "POST /api/exports.",
            parameter=parameter,
            cost=round(cost),
            most=round(most),
        )
