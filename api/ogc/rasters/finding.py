"""Looking a raster up as the caller: the database shows each role only what is for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import psycopg
from fastapi import Depends

from api.dependencies import CurrentCaller, CurrentDatabase
from gis_platform.access.roles import Role
from gis_platform.access.scopes import require_scope
from gis_platform.raster.catalogue import Period, no_such_raster, version_at, versions_of
from gis_platform.raster.entry import RasterEntry


class Finder:
    """The catalogue of rasters for one request; no connection is held while a picture is drawn."""

    def __init__(self, caller: CurrentCaller, database: CurrentDatabase) -> None:
        self.caller = caller
        self.database = database

    async def version(self, name: str, period: Period) -> RasterEntry:
        """The newest version in a period; NotFound where the caller sees none, Forbidden for a key."""
        async with self._reading() as connection:
            found = await version_at(connection, name, period)
        require_scope(self.caller, "read", name)
        return found

    async def versions(self, name: str, period: Period) -> list[RasterEntry]:
        """The versions in a period, oldest first; the same errors, but an empty period is no error."""
        async with self._reading() as connection:
            known = await versions_of(connection, name)
        if not known:
            raise no_such_raster(name)
        require_scope(self.caller, "read", name)
        return [entry for entry in reversed(known) if period.first <= entry.date <= period.last]

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        if self.caller.role is Role.PUBLIC:
            async with self.database.public_connection() as connection:
                yield connection
        else:
            async with self.database.unit_of_work(self.caller) as work:
                yield work.raw


CurrentFinder = Annotated[Finder, Depends(Finder)]
