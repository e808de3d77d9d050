"""Cases on the ground of a draft: every kind of ``Concern`` that is installed, as planners may see it."""

from typing import Any, Final, cast

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from etl.delivery.composing import compose
from gis_platform.layer import installed_concerns
from gis_platform.sqlfiles import named_queries
from layers.parcels import LAYER as PARCELS

SQL = named_queries(__file__)

#: Of one kind; a draft of a whole city speaks of more than a person reads.
MOST: Final = 50_000


def find_cases(connection: psycopg.Connection[Any], draft: int) -> list[dict[str, Any]]:
    """Fill ``draft_case`` from the parcels of a draft; for each kind its name, titles and how many.

    A kind that is closed to planners has ``hidden`` true and no count. Nothing is committed.
    """
    told: list[dict[str, Any]] = []
    connection.execute(SQL["forget_cases"].text, {"draft": draft})
    connection.execute(SQL["forget_touched"].text)
    connection.execute(SQL["make_touched"].text)
    connection.execute(SQL["touch"].text, {"draft": draft})
    for step in ("index_touched", "analyze_touched", "open_touched"):
        connection.execute(SQL[step].text)
    for concern in installed_concerns():
        line: dict[str, Any] = {
            "kind": concern.name,
            "title_vi": concern.title.vi,
            "title_en": concern.title.en,
        }
        query = compose(
            SQL["concerned"], block=sql.SQL(cast(Any, concern.impact.text)), most=sql.Literal(MOST)
        )
        try:
            with connection.transaction(), connection.cursor(row_factory=dict_row) as cursor:
                cursor.execute(SQL["act_as_planner"].text)
                rows = cursor.execute(query, {"layer": PARCELS.name}).fetchall()
                cursor.execute(SQL["act_as_owner"].text)
        except psycopg.errors.InsufficientPrivilege:
            told.append(line | {"count": None, "hidden": True})
            continue
        with connection.cursor() as cursor:
            cursor.executemany(
                SQL["add_case"].text, [{**row, "draft": draft, "kind": concern.name} for row in rows]
            )
        told.append(line | {"count": len(rows), "hidden": False})
    return told
