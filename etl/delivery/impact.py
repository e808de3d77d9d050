"""Whom a change concerns: what stands in other layers on the ground that it touches.

A layer is asked where its ``.sql`` has a block named ``impact``, and so is each ``Concern`` of the layers
room; nothing here knows which those are.
"""

from typing import Any, cast

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from etl.delivery.composing import compose, table_of
from gis_platform.layer import Layer, Text, installed_concerns, installed_layers
from gis_platform.sqlfiles import Query, named_queries

SQL = named_queries(__file__)

#: So many of a layer are told one by one; the count is of all.
MOST_EXAMPLES = 20


def impact_of(connection: psycopg.Connection[Any], layer: Layer) -> list[dict[str, Any]]:
    """What the delivery whose workspace is entered concerns, layer by layer, without the layer itself.

    Each member: ``layer``, ``title``, ``title_en``, ``count`` (exact) and up to 20 ``examples`` with ``id``,
    ``title``, ``title_en``, ``note`` and ``note_en``. Reads ``change`` and ``staged``; makes ``touched``.
    """
    touch(connection, layer)
    return impact_on(connection, layer)


def touch(connection: psycopg.Connection[Any], layer: Layer) -> None:
    """Make the temporary table ``touched`` (id, geom) from the workspace; it goes with the transaction."""
    connection.execute(SQL["forget_touched"].text)
    connection.execute(compose(SQL["touch"], table=table_of(layer)))


def impact_on(connection: psycopg.Connection[Any], layer: Layer) -> list[dict[str, Any]]:
    """The same for a temporary table ``touched`` that is there already, such as a rollback's.

    ``touched`` has ``id`` (of the layer's feature; null for a new one) and ``geom`` in the working grid.
    """
    connection.execute(SQL["index_touched"].text)
    connection.execute(SQL["analyze_touched"].text)
    asked = [
        (other.name, other.title, other.sql["impact"])
        for other in installed_layers().values()
        if other.name != layer.name and "impact" in other.sql
    ]
    asked += [(concern.name, concern.title, concern.impact) for concern in installed_concerns()]
    told = [_concerned(connection, layer, *one) for one in asked]
    return [one for one in told if one["count"]]


def _concerned(
    connection: psycopg.Connection[Any], changed: Layer, name: str, title: Text, impact: Query
) -> dict[str, Any]:
    block = sql.SQL(cast(Any, impact.text))
    query = compose(SQL["concerned"], block=block, most=sql.Literal(MOST_EXAMPLES))
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(query, {"layer": changed.name}).fetchall()
    count = rows[0]["count"] if rows else 0
    examples = [{member: value for member, value in row.items() if member != "count"} for row in rows]
    return {"layer": name, "title": title.vi, "title_en": title.en, "count": count, "examples": examples}
