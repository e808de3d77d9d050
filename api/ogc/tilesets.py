"""Tilesets of a collection (OGC API Tiles, part 1): what tiles there are and what is in them."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from api.dependencies import CurrentCaller, CurrentCity, CurrentSettings
from api.ogc.asked_layer import AskedLayer
from api.ogc.links import alternates, link
from api.ogc.representations import Asked, Representation, page_language, prefers_html
from api.ogc.tile_extent import data_extent, tile_limits
from api.ogc.tile_matrix_sets import TILING_SCHEME, WEB_MERCATOR_QUAD, definition
from api.ogc.tile_properties import tile_properties
from api.ogc.tilejson import MEDIA_TYPE as TILEJSON
from api.ogc.tilejson import tilejson
from api.parameters import Lang
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer import Layer, Text
from gis_platform.layer.text import Language

router = APIRouter(prefix="/ogc/collections/{collection}/tiles", tags=["OGC API"])

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GEODATA = "http://www.opengis.net/def/rel/ogc/1.0/geodata"
MVT = "application/vnd.mapbox-vector-tile"
_TILES = Text("Mảnh bản đồ véc-tơ", "Vector tiles")
_HEADING = Text("Các bộ mảnh bản đồ: {}", "Tilesets: {}")
_FORMS: dict[int | str, dict[str, Any]] = {200: {"content": {TILEJSON: {"schema": {"type": "object"}}}}}


@router.get("")
async def tilesets(layer: AskedLayer, settings: CurrentSettings, asked: Asked) -> Response:
    """The tilesets of a collection: vector tiles in WebMercatorQuad."""
    one = _head(layer, asked.language) | {"links": _links(layer, settings.address, asked.language)}
    heading = _HEADING.in_language(asked.language).format(layer.title.in_language(asked.language))
    here = f"{settings.address}/ogc/collections/{layer.name}/tiles"
    document = {"tilesets": [one], "links": alternates(here)}
    return asked.answer("listing", document, members="tilesets", heading=heading)


@router.get(f"/{WEB_MERCATOR_QUAD}", responses=_FORMS, response_class=Response)
async def tileset(
    request: Request,
    layer: AskedLayer,
    caller: CurrentCaller,
    city: CurrentCity,
    settings: CurrentSettings,
    f: Annotated[
        Literal["json", "html", "tilejson"] | None,
        Query(description="json, html or tilejson; otherwise as Accept says."),
    ] = None,
    lang: Annotated[
        Language | None, Query(description="Language of the texts: vi (if not given) or en.")
    ] = None,
) -> Response:
    """One tileset: its limits, what is in its tiles for the caller's role, and where they are."""
    accept = request.headers.get("accept", "")
    if f == "tilejson" or (f is None and TILEJSON in accept):
        document = tilejson(layer, caller.role, city, settings.address, lang or "vi")
        return JSONResponse(document, media_type=TILEJSON, headers={"Vary": "Accept"})
    html = prefers_html(accept) if f is None else f == "html"
    language = page_language(request) if html else lang or "vi"
    document = describe(layer, caller.role, city, settings.address, language)
    return Representation(request, html, language).answer("document", document, heading=document["title"])


@router.get(f"/{WEB_MERCATOR_QUAD}/tilejson", responses=_FORMS, response_class=Response)
async def tilejson_of(
    layer: AskedLayer,
    caller: CurrentCaller,
    city: CurrentCity,
    settings: CurrentSettings,
    lang: Lang = "vi",
) -> Response:
    """The same tileset as TileJSON 3.0, as most map programs take it."""
    return JSONResponse(tilejson(layer, caller.role, city, settings.address, lang), media_type=TILEJSON)


def describe(layer: Layer, role: Role, city: City, base: str, language: Language) -> dict[str, Any]:
    """Tileset metadata (OGC 17-083r4) of a layer for a role."""
    west, south, east, north = data_extent(city.envelope)
    box = {"lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS84}
    least, most = (str(zoom) for zoom in layer.zooms)
    return {
        **_head(layer, language),
        "description": layer.description.in_language(language),
        "tileMatrixSetLimits": tile_limits(layer, city.envelope),
        "layers": [
            {
                "id": layer.name,
                "title": layer.title.in_language(language),
                "description": layer.description.in_language(language),
                "dataType": "vector",
                "geometryDimension": layer.geometry.dimension,
                "minTileMatrix": least,
                "maxTileMatrix": most,
                "boundingBox": box,
                "propertiesSchema": {
                    "type": "object",
                    "properties": tile_properties(layer, role, language),
                },
            }
        ],
        "boundingBox": box,
        "centerPoint": {
            "coordinates": list(city.centre),
            "crs": CRS84,
            "tileMatrix": str(min(layer.zooms[1], max(layer.zooms[0], round(city.zoom)))),
        },
        "links": _links(layer, base, language),
    }


def _head(layer: Layer, language: Language) -> dict[str, Any]:
    grid = definition()
    return {
        "title": layer.title.in_language(language),
        "dataType": "vector",
        "crs": grid["crs"],
        "tileMatrixSetURI": grid["uri"],
    }


def _address(layer: Layer, base: str) -> str:
    return f"{base}/ogc/collections/{layer.name}/tiles/{WEB_MERCATOR_QUAD}"


def _links(layer: Layer, base: str, language: Language) -> list[dict[str, Any]]:
    """The tileset itself in its forms, its grid, its tiles, and the collection it is of."""
    here = _address(layer, base)
    template = f"{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"
    return [
        *alternates(here),
        link(f"{here}/tilejson", "alternate", "TileJSON 3.0", TILEJSON),
        link(f"{base}/ogc/tileMatrixSets/{WEB_MERCATOR_QUAD}", TILING_SCHEME, WEB_MERCATOR_QUAD),
        link(template, "item", _TILES.in_language(language), MVT, templated=True),
        link(f"{base}/ogc/collections/{layer.name}", GEODATA, layer.title.in_language(language)),
    ]
