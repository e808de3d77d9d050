"""A feature as it stands in the transaction: its answer's bytes, its tags, its shape."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

import shapely
from psycopg.rows import tuple_row
from shapely.geometry.base import BaseGeometry

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.editing.locking import state_changed
from gis_platform.editing.statements import hold_statement, shape_statement
from gis_platform.geometry.output_crs import CRS84, OutputCrs, offered_crs
from gis_platform.layer.declaration import Layer
from gis_platform.serving.etags import feature_etag, tag_srid
from gis_platform.serving.feature import item_statement


@dataclass(frozen=True, slots=True)
class Held:
    """A locked feature as it is before the write: shape in the working grid, since when, made up or not."""

    id: int
    content: bytes
    shape: BaseGeometry
    since: date | None
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """One layer in the caller's transaction; geometries are stored in the grid ``working_srid``."""

    work: UnitOfWork
    layer: Layer
    working_srid: int

    async def hold(self, feature_id: int) -> Held | None:
        """Lock a feature and read it; None where the caller sees none. A writer before us is waited for."""
        row = await self._row(hold_statement(self.layer), feature_id)
        if row is None:
            return None
        content = await self.content(feature_id)
        return Held(feature_id, content, shapely.from_wkb(bytes(row[0])), row[1], bool(row[2]))

    async def content(self, feature_id: int, out: OutputCrs = CRS84) -> bytes:
        """The bytes of the feature, as ``GET`` of it is made from."""
        statement = item_statement(self.layer, self.work.caller.role, self.working_srid, out)
        return bytes((await self._row(statement.text, feature_id) or _gone())[0])

    async def shape(self, feature_id: int) -> BaseGeometry:
        """The stored shape in the working grid."""
        row = await self._row(shape_statement(self.layer), feature_id) or _gone()
        return shapely.from_wkb(bytes(row[0]))

    async def require_match(self, tags: tuple[str, ...], held: Held) -> None:
        """Raises StateChanged unless one of the tags is that of the feature as it is now, in any system."""
        if "*" in tags or etag_of(held.content) in tags:
            return
        srids = {tag_srid(tag) for tag in tags}
        for out in offered_crs(self.working_srid):
            if out.srid in srids and feature_etag(await self.content(held.id, out), out.srid) in tags:
                return
        raise state_changed()

    async def _row(self, statement: Any, feature_id: int) -> tuple[Any, ...] | None:
        async with self.work.raw.cursor(row_factory=tuple_row, binary=True) as cursor:
            await cursor.execute(statement, {"id": feature_id})
            return await cursor.fetchone()


def etag_of(content: bytes) -> str:
    """The tag of a feature's bytes in CRS84."""
    return feature_etag(content, CRS84.srid)


def _gone() -> NoReturn:
    raise state_changed()
