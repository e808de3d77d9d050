"""What can be said of a layer without reading its rows: age, box, when it came; for lists and catalogues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from psycopg import AsyncConnection, sql

from gis_platform.access.roles import Role
from gis_platform.layer.declaration import Layer
from gis_platform.layer.freshness import Freshness, freshness_query
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Summary:
    """One layer as one role sees it.

    Attributes:
        freshness: source dates, and whether any of it is made up.
        first_received: when its first delivery came; None where none did.
        last_received: when its newest delivery came.
        deliveries: how many were applied.
        bounds: west, south, east, north in WGS 84 degrees; None where the layer is empty, and for a role
            that is not shown every row.
        begins: first day for which a layer with history knows anything; None where it was not asked for.
    """

    layer: Layer
    freshness: Freshness
    first_received: datetime | None
    last_received: datetime | None
    deliveries: int
    bounds: Bounds | None
    begins: date | None


async def read_summaries(
    connection: AsyncConnection[Any], layers: Sequence[Layer], role: Role, *, begins: bool = False
) -> list[Summary]:
    """One statement for all of them, in their order.

    ``begins`` reads the days of every row of layers with history: not for lists that must be cheap.
    """
    if not layers:
        return []
    parts = [_summary(layer, role, begins=begins) for layer in layers]
    cursor = await connection.execute(sql.SQL(" UNION ALL ").join(parts))
    rows = {row[0]: row for row in await cursor.fetchall()}
    return [_told(layer, tuple(rows[layer.name])) for layer in layers]


async def read_lineage(
    connection: AsyncConnection[Any], layer: Layer, most: int = 20
) -> list[dict[str, Any]]:
    """The newest applied deliveries of a layer, newest first."""
    cursor = await connection.execute(SQL["lineage"].text.encode(), {"layer": layer.name, "most": most})
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, tuple(row), strict=True)) for row in await cursor.fetchall()]


def _summary(layer: Layer, role: Role, *, begins: bool) -> sql.Composed:
    def part(block: str, /, **places: sql.Composable) -> sql.Composed:
        return sql.SQL(cast(Any, SQL[block].text)).format(**places)

    name = sql.Literal(layer.name)
    table, history = (sql.Identifier("layer", layer.name + more) for more in ("", "_history"))
    whole = role not in layer.visible_rows
    return part(
        "summary",
        name=name,
        freshness=freshness_query(layer),
        box=part("index_box", name=name) if whole else part("no_box"),
        begins=part("begins", table=table, history=history) if begins and layer.history else part("no_begin"),
    )


def _told(layer: Layer, row: tuple[Any, ...]) -> Summary:
    _, oldest, newest, synthetic, first, last, deliveries, *box, begins = row
    bounds = cast(Bounds, tuple(box)) if box[0] is not None else None
    return Summary(
        layer, Freshness(layer, oldest, newest, bool(synthetic)), first, last, deliveries, bounds, begins
    )
