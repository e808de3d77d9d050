"""A feature as it stands in the transaction: its answer's bytes, its tags, its shape."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import shapely
from psycopg.rows import tuple_row
from shapely.geometry.base import BaseGeometry

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.editing.locking import state_changed
from gis_platform.editing.statements import hold_statement, shape_statement
from gis_platform.geometry.crs import WGS84
from gis_platform.layer.declaration import Layer
from gis_platform.serving.etags import feature_etag
from gis_platform.serving.statements import item_statement


@dataclass(frozen=True, slots=True)
class Held:
    """A locked feature as it is before the write: shape in the working grid, since when, made up or not."""

    content: bytes
    shape: BaseGeometry
    since: date | None
    synthetic: bool

    @property
    def feature(self) -> dict[str, Any]:
        """As GeoJSON in CRS84."""
        return cast(dict[str, Any], json.loads(self.content))


async def hold(work: UnitOfWork, layer: Layer, feature_id: int) -> Held | None:
    """Lock a feature and read it; None where the caller sees none. A writer before us is waited for."""
    async with work.raw.cursor(row_factory=tuple_row, binary=True) as cursor:
        await cursor.execute(hold_statement(layer), {"id": feature_id})
        row = await cursor.fetchone()
    if row is None:
        return None
    content = await content_of(work, layer, feature_id)
    return Held(content, shapely.from_wkb(bytes(row[0])), row[1], bool(row[2]))


async def content_of(work: UnitOfWork, layer: Layer, feature_id: int) -> bytes:
    """The bytes of the feature in CRS84, as ``GET`` of it is made from."""
    async with work.raw.cursor(row_factory=tuple_row, binary=True) as cursor:
        await cursor.execute(item_statement(layer, work.caller.role, at=False), {"id": feature_id})
        row = await cursor.fetchone()
    if row is None:
        raise state_changed()
    return bytes(row[0])


async def shape_of(work: UnitOfWork, layer: Layer, feature_id: int) -> BaseGeometry:
    """The stored shape in the working grid."""
    async with work.raw.cursor(row_factory=tuple_row, binary=True) as cursor:
        await cursor.execute(shape_statement(layer), {"id": feature_id})
        row = await cursor.fetchone()
    if row is None:
        raise state_changed()
    return shapely.from_wkb(bytes(row[0]))


def etag_of(content: bytes) -> str:
    """The tag of a feature's bytes in CRS84."""
    return feature_etag(content, WGS84)


async def require_match(tags: tuple[str, ...], held: Held) -> None:
    """Raises StateChanged unless one of the tags is that of the feature as it is now."""
    if "*" not in tags and etag_of(held.content) not in tags:
        raise state_changed()
