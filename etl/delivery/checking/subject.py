"""What is looked at: the staged rows of one delivery, and what of them is new."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.checking.book import Book
from etl.delivery.checking.tolerances import border_tolerance
from etl.delivery.composing import compose, table_of
from gis_platform.layer import Layer
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Subject:
    """One delivery under check.

    Attributes:
        properties: those that are delivered.
        fresh: table of the rows whose geometry is not that of a feature in force: those in force were looked
            at when they came. It is ``staged`` where the layer is empty.
        in_force: rows of the layer.
    """

    connection: psycopg.Connection[Any]
    layer: Layer
    properties: tuple[str, ...]
    source_date: date
    srid: int
    rows: int
    fresh_rows: int
    fresh: str
    in_force: int
    book: Book

    @property
    def key(self) -> list[str]:
        """The delivered properties that name a feature."""
        return [name for name in self.layer.key if name in self.properties]

    @property
    def scale(self) -> int | None:
        """Denominator of the map's scale, where the layer says one."""
        coverage = self.layer.checks.coverage
        return coverage.scale if coverage is not None else None

    @property
    def tolerance(self) -> float:
        """Metres by which borders may be off."""
        return border_tolerance(self.scale) if self.scale is not None else 0.0

    def fresh_table(self) -> sql.Identifier:
        """The table of the fresh rows."""
        return sql.Identifier(self.fresh)


def look_at(
    connection: psycopg.Connection[Any],
    layer: Layer,
    properties: tuple[str, ...],
    delivery: int,
    srid: int,
) -> Subject:
    """Find which of the staged rows are fresh; their statistics are taken already."""
    about = connection.execute(SQL["about"].text, {"delivery": delivery}).fetchone()
    held = connection.execute(compose(SQL["in_force"], table=table_of(layer))).fetchone()
    staged = connection.execute(SQL["staged"].text).fetchone()
    if about is None or held is None or staged is None:
        raise AssertionError("the delivery is entered and its rows are staged")
    rows = fresh_rows = int(staged[0])
    fresh = "staged"
    if held[0]:
        connection.execute(compose(SQL["make_fresh"], table=table_of(layer)))
        connection.execute(SQL["analyze_fresh"].text)
        fresh = "fresh"
        fresh_rows = int((connection.execute(SQL["fresh"].text).fetchone() or (0,))[0])
    return Subject(
        connection, layer, properties, about[0], srid, rows, fresh_rows, fresh, int(held[0]),
        Book(connection, delivery, srid),
    )  # fmt: skip


def leave(subject: Subject) -> None:
    """Drop what was made for looking."""
    subject.connection.execute(SQL["drop_fresh"].text)
