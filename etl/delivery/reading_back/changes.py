"""The difference, change by change and as tiles, while the delivery's workspace is there."""

from dataclasses import dataclass
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from etl.delivery.choosing import DOUBTFUL_BELOW
from etl.delivery.composing import compose, names, table_of
from etl.delivery.reading_back.register import Row
from etl.delivery.workspace import workspace_name
from gis_platform.access.roles import Role
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer import Layer
from gis_platform.serving.tile import WORLD_M, tile_parameters
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: A shape below this many steps of a tile's grid of 4096 is drawn as a point.
_SMALL = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of one delivery of one layer, read as one role: columns follow its grants."""

    delivery: int
    layer: Layer
    role: Role

    @property
    def personal(self) -> list[str]:
        """Personal data that the role is shown of each change."""
        return [p.name for p in self.layer.properties_for(self.role) if p.personal]

    async def changes(self, work: UnitOfWork, after: int, limit: int, **only: object) -> list[Row]:
        """A page of changes in order of their numbers.

        only: ``kind``, ``part`` and ``doubtful``, each None for all.
        """
        shown = [p.name for p in self.layer.properties_for(self.role)]
        delivered = {row["name"] for row in await work.rows(SQL["columns"], schema=self._schema)}
        known = [name for name in shown if name in delivered]
        query = compose(
            SQL["changes"],
            **self._tables(),
            before=names(shown, "t"),
            after=names(known, "s") if known else sql.SQL("NULL"),
            is_area=sql.Literal(self.layer.geometry.dimension == 2),
        )
        told = {
            "seen": after,
            "limit": limit,
            "sure": DOUBTFUL_BELOW,
            "kind": None,
            "part": None,
            "doubtful": None,
        }
        async with work.raw.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query, told | only)
            return await cursor.fetchall()

    async def tile(self, work: UnitOfWork, z: int, x: int, y: int) -> bytes:
        """A vector tile with the layers ``before`` and ``after``; empty where nothing changes."""
        large = sql.SQL(SQL["large"].text)
        query = compose(SQL["tile"], **self._tables(), large=large)
        step = WORLD_M / 2**z / 4096
        told = tile_parameters(self.layer, z, x, y) | {
            "sure": DOUBTFUL_BELOW,
            "least": _SMALL * step,
            "grain": 2 * _SMALL * step,
        }
        row = await (await work.raw.execute(query, told)).fetchone()
        return bytes(row[0]) if row else b""

    async def extent(self, work: UnitOfWork) -> list[float] | None:
        """West, south, east and north of all changes in degrees; None where nothing changes."""
        row = await (await work.raw.execute(compose(SQL["extent"], **self._tables()))).fetchone()
        return None if row is None or row[0] is None else [float(edge) for edge in row]

    @property
    def _schema(self) -> str:
        return workspace_name(self.delivery)

    def _tables(self) -> dict[str, Any]:
        return {
            "change": sql.Identifier(self._schema, "change"),
            "staged": sql.Identifier(self._schema, "staged"),
            "table": table_of(self.layer),
        }
