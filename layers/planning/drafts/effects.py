"""What a draft would change: its zones laid on the parcels, and on what governs there today.

All of it is done by the database, some hundred parcels at a time: so it can tell how far it is, and stop.
"""

from collections.abc import Callable
from typing import Any, cast

import psycopg
from psycopg import sql

from gis_platform.sqlfiles import named_queries
from layers.planning.answer import SQL as ANSWER
from layers.planning.drafts.words import IN_EARNEST
from layers.planning.tolerance import TOLERANCE_M2
from layers.zoning import PLAN_LEVELS

SQL = named_queries(__file__)

#: Parcels at a time: a second or so of work.
CHUNK = 1_000

Row = dict[str, Any]


def compare(
    connection: psycopg.Connection[Any], draft: int, on_parcels: Callable[[int, int], None]
) -> dict[str, Any]:
    """Fill ``draft_parcel``, ``draft_effect`` and ``draft_in_force`` from ``draft_zone``; the totals.

    Nothing is committed. ``on_parcels`` is told how many are done of how many, and may raise to stop it.
    Areas are m² of the working grid; the tolerance is that of the look-up.
    """
    for forget in ("forget", "forget_effects", "forget_in_force"):
        connection.execute(SQL[forget].text, {"draft": draft})
    for make in ("make_parts", "make_candidates", "make_ground", "make_law"):
        connection.execute(SQL[make].text)
    connection.execute(SQL["cut"].text, {"draft": draft})
    connection.execute(SQL["index_parts"].text)
    connection.execute(SQL["analyze_parts"].text)
    total = connection.execute(SQL["candidates"].text).rowcount
    has_roads = _one(connection.execute(SQL["has_roads"].text, {"draft": draft}).fetchone())
    hits = sql.SQL(cast(Any, ANSWER["hits"].text))
    law = sql.SQL(cast(Any, SQL["law"].text)).format(hits=hits)
    told: dict[str, Any] = {
        "draft": draft,
        "tolerance": TOLERANCE_M2,
        "levels": list(PLAN_LEVELS),
        "has_roads": has_roads,
        "in_earnest": list(IN_EARNEST),
    }
    for after in range(0, total, CHUNK):
        on_parcels(after, total)
        chunk = _one(
            connection.execute(SQL["chunk"].text, {"after": after, "until": after + CHUNK}).fetchone()
        )
        connection.execute(SQL["forget_ground"].text)
        touched = connection.execute(SQL["ground"].text, told | {"ids": chunk}).fetchall()
        told["ids"] = sorted({row[0] for row in touched})
        connection.execute(law, told)
        connection.execute(SQL["analyze_ground"].text)
        connection.execute(SQL["effects"].text, told)
        connection.execute(SQL["parcels"].text, told)
    on_parcels(total, total)
    totals: dict[str, Any] = _one(connection.execute(SQL["totals"].text, {"draft": draft}).fetchone())
    return totals


def _one(row: Any) -> Any:
    if row is None:
        raise AssertionError("a query of one value answers a row")
    return row[0]
