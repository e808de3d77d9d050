"""Addresses to places and back."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import CurrentCity, Work
from api.parameters import Lang, parse_point
from gis_platform.errors import NotFound
from gis_platform.folding import nfc
from gis_platform.layer.text import Text
from gis_platform.spreadsheet import BOM
from layers.numbering.geocoding import geocode, geocode_table, nearest, suggest
from layers.planning.asking.refusing import refusal

router = APIRouter(prefix="/api", tags=["house numbers"])

_MARGIN = 0.1
_CSV: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string", "maxLength": 65536}}},
    }
}

Asked = Annotated[
    str, Query(min_length=1, max_length=200, description="An address as people write it: 12/5 Ấp Bắc, P.5.")
]
Limit = Annotated[int, Query(ge=1, le=20, description="At most so many.")]


@router.get("/geocode", summary="Find a house by its address")
async def found(work: Work, q: Asked, limit: Limit = 5) -> dict[str, Any]:
    """Houses of an address, the surest first, each with `confidence` 0 to 1 and how it matched: a `current`
    number, an `old_number`, a `retired` one, the `nearest_number` on the street, or the `street` alone.

    Diacritics may be left out, streets and wards be written short; old wards are known. `understood` is every
    way the text was read, the likeliest first.
    """
    return {"query": q, **await geocode(work, nfc(q), limit)}


@router.get("/geocode/suggest", summary="Complete an address that is being typed")
async def suggested(work: Work, q: Asked, limit: Limit = 8) -> dict[str, Any]:
    """Houses and streets that begin as typed."""
    return {"query": q, "suggestions": await suggest(work, nfc(q), limit)}


@router.post(
    "/geocode/batch",
    summary="Find the houses of a table of addresses",
    openapi_extra=_CSV,
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The table."}},
)
async def batch(request: Request, work: Work, lang: Lang = "vi") -> Response:
    """A CSV table in UTF-8 with a column `address` or `dia_chi`, at most 500 rows and 64 KiB; the same rows
    come back with the best find of each: address, confidence, match, longitude and latitude.
    """
    table = await geocode_table(work, await request.body(), lang)
    return Response(BOM.encode() + table, media_type="text/csv; charset=utf-8")


@router.get("/reverse", summary="Find the address of a place")
async def reverse(
    work: Work,
    city: CurrentCity,
    point: Annotated[str, Query(max_length=80, description="lon,lat in WGS 84 degrees.")],
    limit: Limit = 3,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """The number of the lot that `point` lies in (`here`), then the nearest gates within 150 m."""
    lon, lat = parse_point(point)
    if not city.envelope.contains(lon, lat, _MARGIN):
        told = Text(
            f"Điểm {lon}, {lat} nằm ngoài {city.title_vi}.",
            f"The point {lon}, {lat} is outside {city.title_en}.",
        )
        raise refusal(NotFound, told, lang, parameter="point")
    return {"point": [lon, lat], "results": await nearest(work, lon, lat, limit)}
