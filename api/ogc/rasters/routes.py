"""Every route of rasters."""

from fastapi import APIRouter

from api.ogc.rasters import maps, tiles, values

router = APIRouter()
for _part in (maps, tiles, values):
    router.include_router(_part.router)
