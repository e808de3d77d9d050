"""How old a layer's data is. Computed from the rows, not typed: 2018 must not hide behind one new row."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from psycopg import AsyncConnection, sql

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.declaration import Layer
from gis_platform.sqlfiles import Query, named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True)
class Freshness:
    """The oldest and newest source date among a layer's rows; both None where it is empty."""

    layer: Layer
    oldest: date | None
    newest: date | None
    synthetic: bool

    def age_days(self, today: date) -> int | None:
        """Days since the oldest source date."""
        return (today - self.oldest).days if self.oldest else None

    def overdue(self, today: date) -> bool:
        """Past the cycle in which the source should have brought something newer."""
        return is_overdue(self.layer, self.oldest, today)


def is_overdue(layer: Layer, source_date: date | None, today: date) -> bool:
    """True where data of that date is older than the layer's cycle allows."""
    cycle = layer.cycle.value
    return cycle is not None and source_date is not None and today - source_date > cycle


def cycle_days(layer: Layer) -> int | None:
    """The cycle in whole days; 0 for live layers, None where only decisions change it."""
    return layer.cycle.value.days if layer.cycle.value is not None else None


async def rests_on_synthetic(connection: AsyncConnection[Any], layer: Layer) -> bool:
    """Whether made-up data was ever delivered to a layer: for sums over rows that the caller may not see."""
    cursor = await connection.execute(SQL["rests_on_synthetic"].text.encode(), {"layer": layer.name})
    row = await cursor.fetchone()
    return bool(row and row[0])


def freshness_query(layer: Layer) -> sql.Composed:
    """Oldest and newest source date, and whether a row is made up, as the role of the connection sees it."""
    return sql.SQL(cast(Any, SQL["freshness"].text)).format(
        table=sql.Identifier("layer", layer.name), name=sql.Literal(layer.name)
    )


async def read_freshness(connection: AsyncConnection[Any], layer: Layer) -> Freshness:
    """Ask the database; the caller's role decides which rows count."""
    row = await (await connection.execute(freshness_query(layer))).fetchone()
    return _freshness(layer, tuple(row) if row else None)


async def freshness_of(work: UnitOfWork, layer: Layer) -> Freshness:
    """The same within a request's work."""
    row = await work.row(Query("freshness", freshness_query(layer).as_string(None), SQL.file))
    return _freshness(layer, tuple(row.values()) if row else None)


def _freshness(layer: Layer, row: tuple[Any, ...] | None) -> Freshness:
    oldest, newest, synthetic = row or (None, None, False)
    return Freshness(layer, oldest, newest, bool(synthetic))
