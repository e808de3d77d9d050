"""A raster as one map of a box (OGC API Maps, part 1)."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.dependencies import CurrentCity
from api.ogc.rasters.answering import PICTURES, picture_answer
from api.ogc.rasters.asked import Format, RasterName, When, parse_box, parse_media, parse_output, parse_period
from api.ogc.rasters.finding import CurrentFinder
from gis_platform.errors import BadParameter
from gis_platform.geometry.crs import WGS84
from gis_platform.geometry.envelope import Bounds
from gis_platform.geometry.output_crs import OutputCrs
from gis_platform.raster.bounds import moved_bounds
from gis_platform.raster.drawing import Picture

router = APIRouter(prefix="/ogc/collections/{collection}/map", tags=["OGC API"])

LARGEST, USUAL = 2048, 1024
Pixels = Annotated[int | None, Query(ge=1, le=LARGEST, description=f"Pixels, 1 to {LARGEST}.")]
Uri = Annotated[str | None, Query(max_length=120)]


@router.get("", summary="A map of a raster", responses=PICTURES, response_class=Response)
async def raster_map(
    request: Request,
    collection: RasterName,
    finder: CurrentFinder,
    city: CurrentCity,
    bbox: Annotated[
        str | None,
        Query(max_length=200, description="The box, in the axis order of bbox-crs; else all of it."),
    ] = None,
    bbox_crs: Annotated[str | None, Query(alias="bbox-crs", max_length=120)] = None,
    crs: Annotated[
        str | None, Query(max_length=120, description="CRS84 (if not given), EPSG:4326, EPSG:3857.")
    ] = None,
    width: Pixels = None,
    height: Pixels = None,
    when: When = None,
    f: Format = None,
) -> Response:
    """A picture of a box, transparent where nothing is; `Content-Bbox` and `Content-Crs` tell where."""
    if bbox is None and bbox_crs is not None:
        raise BadParameter("bbox-crs means nothing without bbox.", parameter="bbox-crs")
    media, into = parse_media(request, f), parse_output(crs, city)
    box = None if bbox is None else parse_box(bbox, bbox_crs, into, city)
    entry = await finder.version(collection, parse_period(when, city))
    box = box or moved_bounds(entry.bounds, WGS84, into.srid)
    across, down = _size(box, width, height)
    headers = {"Content-Crs": f"<{into.uri}>", "Content-Bbox": _as_told(box, into)}
    return await picture_answer(request, entry, Picture(box, into.srid, across, down, media), headers)


def _size(box: Bounds, width: int | None, height: int | None) -> tuple[int, int]:
    """The size asked for; what is not is chosen so that the map is not stretched."""
    shape = (box[2] - box[0]) / (box[3] - box[1])
    if width is None and height is None:
        width, height = (USUAL, round(USUAL / shape)) if shape >= 1 else (round(USUAL * shape), USUAL)
    elif width is None:
        width = round((height or USUAL) * shape)
    elif height is None:
        height = round(width / shape)
    return _within(width), _within(height or USUAL)


def _within(pixels: int) -> int:
    return max(1, min(pixels, LARGEST))


def _as_told(box: Bounds, crs: OutputCrs) -> str:
    told = (box[1], box[0], box[3], box[2]) if crs.flip else box
    return ",".join(f"{edge:.9g}" for edge in told)
