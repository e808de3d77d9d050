"""The rasters that whoever looks at the map may see."""

from typing import Annotated

import psycopg
from fastapi import Depends
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request

from gis_platform.access.roles import Role
from gis_platform.access.scopes import allows
from gis_platform.raster.catalogue import all_rasters
from gis_platform.raster.entry import RasterEntry
from web_map.caller import MapCaller


async def seen_rasters(request: Request, caller: MapCaller) -> dict[str, list[RasterEntry]]:
    """By name, the newest version first; none while the database is away, for the map goes on without."""
    database = getattr(request.app.state, "database", None)
    if database is None:
        return {}
    try:
        if caller.role is Role.PUBLIC:
            async with database.public_connection() as connection:
                found = await all_rasters(connection)
        else:
            async with database.unit_of_work(caller) as work:
                found = await all_rasters(work.raw)
    except (psycopg.Error, DBAPIError):
        return {}
    return {name: versions for name, versions in found.items() if allows(caller.scopes, "read", name)}


SeenRasters = Annotated[dict[str, list[RasterEntry]], Depends(seen_rasters)]
