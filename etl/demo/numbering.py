"""House numbers of the demo city: on the streets that the addresses of its parcels name, all made up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import shapely

from etl.demo.sources import Source
from etl.indexes import indexes_made_after
from gis_platform.sqlfiles import named_queries
from layers.numbering.directed import directed
from layers.references.address import read_path
from layers.references.house_path import members_of

SQL = named_queries(__file__)

_COPY = "COPY numbering.axis (street_id, alley_path, line_id, basis, stated_by, geom) FROM STDIN"

AS_OF = date(2023, 6, 30)
SOURCE = Source("house_numbers", AS_OF, lambda: ())
"""How the register of deliveries knows them; the rows are made from what is loaded."""

_ALLEY = re.compile(r"Hẻm (?P<number>[0-9]+) (?:đường (?=[0-9]))?(?P<street>.+)")
_Line = tuple[int, str, str, shapely.Geometry]


def empty_numbers(connection: psycopg.Connection[Any]) -> None:
    """Take away what an earlier demo city left."""
    connection.execute(SQL["empty"].text.encode())


def fill_numbers(connection: psycopg.Connection[Any], seed: int, srid: int, delivery: int) -> int:
    """Number the lots along the streets that are loaded; how many there are. Commits nothing."""
    lines = _lines(connection)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for row in _axes(lines, srid):
            copy.write_row(row)
    connection.execute(b"ANALYZE numbering.axis")
    asked = {"seed": seed, "source_date": AS_OF, "delivery": delivery}
    with indexes_made_after(connection, "layer.house_numbers"):
        made = connection.execute(SQL["houses"].text.encode(), asked).rowcount
    connection.execute(SQL["analyze"].text.encode())
    return made


def _lines(connection: psycopg.Connection[Any]) -> list[_Line]:
    rows = connection.execute(SQL["lines"].text.encode()).fetchall()
    return [(row[0], row[1], row[2], shapely.from_wkb(row[3])) for row in rows]


def _axes(lines: list[_Line], srid: int) -> Iterator[tuple[object, ...]]:
    """Street, path, line, basis, who, and the directed line as EWKB; an alley starts where it is nearest to
    its street."""
    streets = {name: (id_, line) for id_, name, kind, line in reversed(lines) if kind != "hem"}
    for id_, name, kind, line in lines:
        found = _ALLEY.fullmatch(name)
        if kind != "hem":
            yield _row(id_, [], id_, directed(line), srid)
        elif found is not None and found["street"] in streets:
            street, along = streets[found["street"]]
            ends = shapely.get_coordinates(line)[[0, -1]]
            away = shapely.distance(shapely.points(ends), along)
            start = ends[int(away.argmin())]
            path = members_of(read_path(found["number"]))
            yield _row(street, path, id_, directed(line, (float(start[0]), float(start[1]))), srid)


def _row(
    street: int, path: list[dict[str, Any]], line: int, axis: shapely.Geometry, srid: int
) -> tuple[object, ...]:
    ewkb = shapely.to_wkb(shapely.set_srid(axis, srid), hex=True, include_srid=True)
    return street, json.dumps(path), line, "assumed", "demo", ewkb
