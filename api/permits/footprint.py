"""The ground of a building out of a file, for the check: read once, and nothing of it kept."""

from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from api.dependencies import CurrentCaller, CurrentSettings
from api.parameters import Lang
from api.planning.reading import read_crs, read_text
from etl.footprints import AT_ONCE, read_footprint
from gis_platform.access.caller import Caller
from gis_platform.access.place_meter import PlaceMeter
from gis_platform.errors import TooManyRequests, Unavailable
from gis_platform.layer.text import Language, Text
from layers.planning.asking.refusing import refusal

router = APIRouter(prefix="/api/permits", tags=["permits"])

FILES_PER_MINUTE = 20
"""From one network address without a sign-in; twice as often for a short while."""
MOST_WAITING = 6
_turns = BoundedSemaphore(AT_ONCE)
_places = BoundedSemaphore(AT_ONCE + MOST_WAITING)
_LONGEST_LAYER = 255

_OFTEN = Text(
    "Từ địa chỉ mạng này đã gửi quá nhiều tệp trong ít phút. Hãy thử lại sau ít phút, hoặc vẽ công trình "
    "trên "
    "bản đồ.",
    "Too many files came from this network address within minutes. Try again in a few minutes, or draw the "
    "building on the map.",
)
_BUSY = Text(
    "Hệ thống đang đọc các tệp khác. Hãy thử lại sau vài giây.",
    "Other files are being read now; try again in a few seconds.",
)
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The bytes of a GeoJSON or an ASCII DXF file; the content decides which.",
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "application/geo+json": {"schema": {"type": "object"}},
            "image/vnd.dxf": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    413: {"description": "The file is too large; the detail says how large it may be."},
    429: {"description": "Too many files from one network address."},
    503: {"description": "Other files are being read."},
}


@router.post("/footprint", responses=_ANSWERS, openapi_extra=_BODY)
async def footprint(
    request: Request,
    caller: CurrentCaller,
    settings: CurrentSettings,
    crs: Annotated[
        str | None,
        Query(
            max_length=20,
            description="EPSG code of the file's grid. Else what a GeoJSON says (WGS 84 where it says "
            "nothing), and the city's grid for a DXF.",
        ),
    ] = None,
    layer: Annotated[
        str | None, Query(max_length=_LONGEST_LAYER, description="Layer of a DXF that holds the building.")
    ] = None,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """The one closed outline of a GeoJSON or DXF file as a ``footprint`` for the check.

    ``footprint`` is a GeoJSON Polygon in WGS 84, ``area_m2`` its size in the city's working grid, ``crs`` the
    grid the file was read in, ``notices`` what was done to it. Nothing is kept.
    """
    srid = None if crs is None else read_crs(crs, lang)
    named = None if layer is None else read_text(layer, "layer", lang, _LONGEST_LAYER)
    _bound(request, caller, lang)
    if not _places.acquire(blocking=False):
        raise refusal(Unavailable, _BUSY, lang, retry_after=5)
    try:
        return await run_in_threadpool(_in_turn, await request.body(), settings.city, srid, named, lang)
    finally:
        _places.release()


def _in_turn(
    content: bytes, city: str, crs: int | None, layer: str | None, language: Language
) -> dict[str, Any]:
    with _turns:
        return read_footprint(content, city, crs, layer, language)


def _bound(request: Request, caller: Caller, language: Language) -> None:
    """Count one file; raises TooManyRequests over the bound."""
    meter: PlaceMeter = request.app.state.footprints_read
    wait = 0 if caller.signed_in else meter.wait(request.client.host if request.client else "")
    if wait:
        raise refusal(TooManyRequests, _OFTEN, language, retry_after=wait)
