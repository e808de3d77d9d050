"""A compared delivery part by part, such as sheet by sheet: what changes, and how much ground there is."""

from datetime import date
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from etl.delivery.comparing.named import names_of_areas
from etl.delivery.comparing.tables import memory
from etl.delivery.comparing.terms import terms_of
from etl.delivery.composing import compose
from etl.delivery.reading import Reader
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Parts told; those in which something changes come first.
MOST_PARTS = 5_000

#: What the sizes are called, by dimension.
_SIZES = {1: ("length_before_m", "length_after_m"), 2: ("area_before_m2", "area_after_m2")}


def summarise(connection: psycopg.Connection[Any], reader: Reader, day: date) -> dict[str, Any]:
    """After `compare`: ``parts`` with counts and, before and after, the area (lines: length) in force there.

    All that is proposed counts as done, the doubtful too. ``parts_in_all`` tells how many parts there are,
    ``names`` what the areas are called, on `day`, whose codes stand in them.
    """
    layer = reader.layer
    parts = terms_of(reader)
    complete = set(layer.scope) <= set(reader.properties)
    more = {
        "names_s": _names(list(layer.scope) if complete else [], "s"),
        "names_c": _names(list(layer.scope), "c"),
        "part_given": parts["part_s"] if complete else sql.Identifier("g", "part"),
    }
    with memory(connection), connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(compose(SQL["parts"], **more, **parts), {"most": MOST_PARTS}).fetchall()
    in_all = int(found[0]["parts"]) if found else 0
    told = [_told(row, _SIZES.get(layer.geometry.dimension)) for row in found]
    return {"parts": told, "parts_in_all": in_all, "names": names_of_areas(connection, layer, told, day)}


def _told(row: dict[str, Any], sizes: tuple[str, str] | None) -> dict[str, Any]:
    before, after = row.pop("size_before"), row.pop("size_after")
    row.pop("parts")
    told = {"part": row.pop("part"), **row.pop("names"), **row}
    return told if sizes is None else told | {sizes[0]: round(before, 2), sizes[1]: round(after, 2)}


def _names(properties: list[str], of: str) -> sql.Composable:
    if not properties:
        return sql.SQL("CAST(NULL AS jsonb)")
    pairs = [compose(SQL["name"], title=sql.Literal(n), of=sql.Identifier(of, n)) for n in properties]
    return compose(SQL["names"], pairs=sql.SQL(", ").join(pairs))
