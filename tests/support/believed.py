"""What a layer answers of every day, at every moment of knowledge: to compare before with after."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import psycopg
from psycopg import sql


def believed(
    connection: psycopg.Connection[Any], layer: str, days: Iterable[date], known_at: datetime | None = None
) -> dict[date, list[tuple[Any, ...]]]:
    """The versions in force on each day, as was known at a moment (now where none is given)."""
    query = sql.SQL(
        "SELECT to_jsonb(v) - 'recorded_from' FROM {}(%s, coalesce(%s, now())) v ORDER BY 1"
    ).format(sql.Identifier("layer", f"{layer}_at"))
    return {day: connection.execute(query, [day, known_at]).fetchall() for day in days}


def clashes(connection: psycopg.Connection[Any], layer: str) -> list[tuple[Any, ...]]:
    """Features of which two versions hold on one day of what is believed at one moment; there are none."""
    query = sql.SQL(
        """
        WITH version AS (
            SELECT id, daterange(valid_from, NULL) AS valid, tstzrange(recorded_from, NULL) AS recorded,
                   'current' AS place FROM {current}
            UNION ALL
            SELECT id, valid_period, recorded_period, ctid::text FROM {history}
        )
        SELECT a.id, a.valid, b.valid FROM version a JOIN version b
            ON a.id = b.id AND a.place < b.place AND a.valid && b.valid AND a.recorded && b.recorded
        """
    ).format(current=sql.Identifier("layer", layer), history=sql.Identifier("layer", f"{layer}_history"))
    return connection.execute(query).fetchall()


def cycles(connection: psycopg.Connection[Any], layer: str) -> list[tuple[Any, ...]]:
    """Features that lead back to themselves within one delivery: its edges go from before it to after it."""
    return connection.execute(
        """
        WITH RECURSIVE walk AS (
            SELECT predecessor AS began, successor AS here, delivery_id
            FROM core.lineage WHERE layer = %(layer)s
            UNION ALL
            SELECT w.began, e.successor, e.delivery_id
            FROM walk w JOIN core.lineage e
                ON e.layer = %(layer)s AND e.predecessor = w.here AND e.delivery_id = w.delivery_id
        )
        SELECT began FROM walk WHERE here = began
        """,
        {"layer": layer},
    ).fetchall()
