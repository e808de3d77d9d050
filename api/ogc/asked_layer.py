"""The layer a path names; of a raster, which has no features, where it is to be had instead."""

import re
from typing import Annotated

from fastapi import Depends, Request

from api.ogc.access import layer_for
from api.ogc.rasters.finding import Finder
from api.parameters import CollectionId
from gis_platform.errors import NotFound
from gis_platform.layer.declaration import CATALOGUE, Layer
from gis_platform.raster.catalogue import ALWAYS

_READING = ("GET", "HEAD", "OPTIONS")
_RASTER_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


async def find_layer(request: Request, name: str) -> Layer:
    """The layer, where the caller may see it; refusals are those of ``layer_for``.

    Raises:
        NotFound: there is no such layer; where it is a raster the caller may see, that is said.
    """
    layers = request.app.state.layers
    if name == CATALOGUE:
        raise NotFound(
            f"{name} holds records, not features: ask for /ogc/collections/{name}/items.",
            parameter="collection",
        )
    if name not in layers and _RASTER_NAME.fullmatch(name):
        await _refuse_raster(request, name)
    return layer_for(layers, name, request.state.caller)


async def _refuse_raster(request: Request, name: str) -> None:
    try:
        await Finder(request.state.caller, request.app.state.database).version(name, ALWAYS)
    except NotFound:
        return
    here = f"{request.app.state.settings.address}/ogc/collections/{name}"
    if request.method in _READING:
        raise NotFound(
            f"{name} is a raster: it has no features. Its map is at {here}/map, its map tiles at "
            f"{here}/map/tiles, its values at a point at {here}/position.",
            parameter="collection",
            detail_vi=f"“{name}” là dữ liệu ảnh (raster), không có đối tượng. Bản đồ ở {here}/map, "
            f"mảnh bản đồ ở {here}/map/tiles, giá trị tại một điểm ở {here}/position.",
        )
    raise NotFound(
        f"{name} is a raster: it has no features, and nobody writes it over the API. An operator adds a new "
        "version from a file: gis-platform raster add.",
        parameter="collection",
        detail_vi=f"“{name}” là dữ liệu ảnh (raster): không có đối tượng để thêm, sửa hay xoá qua API. "
        "Phiên bản mới do quản trị viên nạp từ tệp bằng lệnh gis-platform raster add.",
    )


async def _asked(request: Request, collection: CollectionId) -> Layer:
    return await find_layer(request, collection)


AskedLayer = Annotated[Layer, Depends(_asked)]
