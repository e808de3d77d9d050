"""What lies along a street's planned line, as a list, a table or a map."""

import json
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse

from api.dependencies import CurrentCity, CurrentLayers, CurrentSettings, Work
from api.parameters import Lang
from api.planning.asked import read_times
from api.planning.reading import read_text
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from layers.planning.strip import Strip, find_street, strip_along
from layers.planning.strip.ground import MOST_M
from layers.planning.strip.parcels import shapes_of
from layers.planning.strip.table import strip_table

router = APIRouter(prefix="/api/planning", tags=["planning"])

_GEOJSON, _CSV = "application/geo+json", "text/csv"
_FORMS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "application/json": {"schema": {"type": "object"}},
            _GEOJSON: {"schema": {"type": "object"}},
            _CSV: {"schema": {"type": "string"}},
        },
        "description": "The strip.",
    },
    404: {"description": "No street of that name or id; `candidates` are names like it."},
}
_MOST_A_PAGE = 1_000
_LONGEST = 200


@router.get(
    "/strip", response_class=Response, responses=_FORMS, summary="What lies along a street's planned line"
)
async def strip(
    work: Work,
    city: CurrentCity,
    layers: CurrentLayers,
    settings: CurrentSettings,
    street: Annotated[
        str, Query(max_length=_LONGEST, description="Id or name of the street, with or without ward.")
    ],
    metres: Annotated[
        float, Query(ge=0, le=MOST_M, description="How far beyond the planned line, on either side.")
    ],
    f: Annotated[Literal["json", "geojson", "csv"], Query(description="json, geojson or csv.")] = "json",
    as_of: Annotated[str | None, Query(max_length=10, description="The day asked about; else today.")] = None,
    limit: Annotated[int, Query(ge=1, le=_MOST_A_PAGE, description="Parcels a page, of JSON alone.")] = 100,
    offset: Annotated[int, Query(ge=0, le=100_000, description="Parcels passed over, of JSON alone.")] = 0,
    lang: Lang = "vi",
) -> Response:
    """Parcels within so many metres of the planned line (chỉ giới đường đỏ), what planned roads take of them,
    and the features of every other layer that the caller sees; the nearest first. Areas in m².
    """
    times = read_times({"as_of": as_of}, lang)
    asked = await find_street(work, read_text(street, "street", lang, _LONGEST), lang)
    found = await strip_along(work, asked, metres, city.working_srid, layers.values(), times, lang)
    if f == "csv":
        return _table(found, lang)
    today = city.today()
    if f == "geojson":
        return await _collection(work, found, found.head(today, lang))
    page = found.parcels[offset : offset + limit]
    shapes = await shapes_of(work, [one.id for one in page], times)
    told = {
        **found.head(today, lang),
        "offset": offset,
        "parcels": [{**one.told(), "geometry": shapes.get(one.id)} for one in page],
        "links": [],
    }
    more = offset + limit
    if more < len(found.parcels):
        again = {"street": asked.id, "metres": metres, "limit": limit, "offset": more, "lang": lang}
        query = urlencode(again | ({"as_of": as_of} if as_of else {}))
        told["links"] = [{"rel": "next", "href": f"{settings.address}/api/planning/strip?{query}"}]
    return JSONResponse(told, headers=_HEADERS)


_HEADERS = {"Cache-Control": "no-cache"}


def _table(found: Strip, language: Language) -> Response:
    name = f"dai-{found.street.id}-{found.ground.metres:g}m.csv"
    headers = _HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    rows = strip_table(found, language)
    return StreamingResponse(rows, media_type=f"{_CSV}; charset=utf-8", headers=headers)


async def _collection(work: UnitOfWork, found: Strip, head: dict[str, Any]) -> Response:
    shapes = await shapes_of(work, [one.id for one in found.parcels], found.times)
    text = await run_in_threadpool(_as_geojson, found, head, shapes)
    return Response(text, media_type=_GEOJSON, headers=_HEADERS)


def _as_geojson(found: Strip, head: dict[str, Any], shapes: dict[int, Any]) -> bytes:
    """Parcels, then features of other layers; each says of which layer it is."""
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "id": f"parcels.{one.id}",
            "geometry": shapes.get(one.id),
            "properties": {"layer": "parcels", **one.told()},
        }
        for one in found.parcels
    ]
    for other in found.others:
        features += [
            {
                "type": "Feature",
                "id": f"{other.layer.name}.{one.id}",
                "geometry": one.shape,
                "properties": {
                    "layer": other.layer.name,
                    "id": one.id,
                    "title": one.title,
                    "distance_m": round(one.distance_m, 2),
                },
            }
            for one in other.features
        ]
    told = {"type": "FeatureCollection", **head, "numberReturned": len(features), "features": features}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
