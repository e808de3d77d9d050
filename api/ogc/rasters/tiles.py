"""Map tiles of a raster in WebMercatorQuad, and what describes them."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from api.dependencies import CurrentCity, CurrentSettings
from api.ogc.links import alternates, link
from api.ogc.rasters.answering import PICTURES, picture_answer
from api.ogc.rasters.asked import MEDIA_TYPES, Format, RasterName, When, parse_media, parse_period
from api.ogc.rasters.finding import CurrentFinder
from api.ogc.representations import Asked
from api.ogc.tile_matrix_sets import TILING_SCHEME, WEB_MERCATOR_QUAD, definition
from api.problem_words import not_usable
from gis_platform.errors import BadParameter, NotFound
from gis_platform.geometry.crs import WEB_MERCATOR
from gis_platform.geometry.envelope import Bounds
from gis_platform.geometry.output_crs import CRS84_URI
from gis_platform.layer.text import Language, Text
from gis_platform.raster.drawing import Picture
from gis_platform.raster.entry import RasterEntry

router = APIRouter(prefix="/ogc/collections/{collection}/map/tiles", tags=["OGC API"])

_DEEPEST = 24
_HALF = 20_037_508.342789244
_NAME = re.compile(r"([0-9]{1,10})(@2x)?(?:\.(png|webp))?")
_TILES = Text("Mảnh ảnh", "Map tiles")
_HEADING = Text("Các bộ mảnh ảnh: {}", "Map tilesets: {}")
Whole = Annotated[str, Path(max_length=12, description="A whole number.")]
Column = Annotated[
    str,
    Path(max_length=24, description="Column; with @2x for 512 pixels, with .png or .webp: 52136@2x.webp."),
]


@router.get("", summary="Map tilesets of a raster")
async def tilesets(
    collection: RasterName, finder: CurrentFinder, city: CurrentCity, settings: CurrentSettings, asked: Asked
) -> Response:
    """The tilesets of a raster: pictures in WebMercatorQuad."""
    entry = await finder.version(collection, parse_period(None, city))
    title = entry.title.in_language(asked.language)
    document = {
        "tilesets": [
            _head(entry, asked.language) | {"links": _links(entry, settings.address, asked.language)}
        ],
        "links": alternates(f"{settings.address}/ogc/collections/{entry.name}/map/tiles"),
    }
    heading = _HEADING.in_language(asked.language).format(title)
    return asked.answer("listing", document, members="tilesets", heading=heading)


@router.get(f"/{WEB_MERCATOR_QUAD}", summary="Map tileset of a raster")
async def tileset(
    collection: RasterName, finder: CurrentFinder, city: CurrentCity, settings: CurrentSettings, asked: Asked
) -> Response:
    """One tileset: where its tiles lie, of which days they are, and how to ask for them."""
    entry = await finder.version(collection, parse_period(None, city))
    west, south, east, north = entry.bounds
    document = {
        **_head(entry, asked.language),
        "boundingBox": {"lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS84_URI},
        "links": _links(entry, settings.address, asked.language),
    }
    return asked.answer("document", document, heading=document["title"])


@router.get(
    f"/{WEB_MERCATOR_QUAD}/{{z}}/{{y}}/{{x}}",
    summary="A map tile of a raster",
    responses=PICTURES,
    response_class=Response,
)
async def tile(
    request: Request,
    collection: RasterName,
    z: Whole,
    y: Whole,
    x: Column,
    finder: CurrentFinder,
    city: CurrentCity,
    when: When = None,
    f: Format = None,
) -> Response:
    """One tile of 256 pixels (512 with @2x), transparent where the raster has nothing; 304 if unchanged."""
    name = _NAME.fullmatch(x)
    if name is None:
        raise BadParameter(f"x must be like 52136, 52136@2x or 52136.webp, not {x[:24]!r}.", parameter="x")
    media = parse_media(request, f or name[3])
    size = 512 if name[2] else 256
    bounds = tile_bounds(_whole(z, "z"), int(name[1]), _whole(y, "y"))
    entry = await finder.version(collection, parse_period(when, city))
    return await picture_answer(request, entry, Picture(bounds, WEB_MERCATOR, size, size, media))


def tile_bounds(z: int, x: int, y: int) -> Bounds:
    """The tile's box in metres of EPSG:3857; NotFound where the grid has no such tile."""
    if z > _DEEPEST or x >= 2**z or y >= 2**z:
        raise NotFound(
            f"There is no tile {z}/{y}/{x} (zoom 0..{_DEEPEST}, row and column below 2^zoom).",
            detail_vi=f"Không có mảnh {z}/{y}/{x}: mức phóng từ 0 đến {_DEEPEST}, hàng và cột nhỏ hơn "
            "2^mức phóng.",
        )
    side = 2 * _HALF / 2**z
    return (x * side - _HALF, _HALF - (y + 1) * side, (x + 1) * side - _HALF, _HALF - y * side)


def _whole(text: str, name: str) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", text):
        raise BadParameter(
            f"{name} must be a whole number, not {text[:40]!r}.",
            parameter=name,
            detail_vi=not_usable(name, text, "Cần một số nguyên không âm."),
        )
    return int(text)


def _head(entry: RasterEntry, language: Language) -> dict[str, Any]:
    grid = definition()
    return {
        "title": entry.title.in_language(language),
        "dataType": "map",
        "crs": grid["crs"],
        "tileMatrixSetURI": grid["uri"],
        "mediaTypes": list(MEDIA_TYPES.values()),
    }


def _links(entry: RasterEntry, base: str, language: Language) -> list[dict[str, Any]]:
    here = f"{base}/ogc/collections/{entry.name}/map/tiles/{WEB_MERCATOR_QUAD}"
    template = f"{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"
    return [
        *alternates(here),
        link(f"{base}/ogc/tileMatrixSets/{WEB_MERCATOR_QUAD}", TILING_SCHEME, WEB_MERCATOR_QUAD),
        *(
            link(
                f"{template}?f={media}",
                "item",
                f"{_TILES.in_language(language)}, {media}",
                kind,
                templated=True,
            )
            for media, kind in MEDIA_TYPES.items()
        ),
        link(
            f"{base}/ogc/collections/{entry.name}",
            "http://www.opengis.net/def/rel/ogc/1.0/geodata",
            entry.title.in_language(language),
        ),
    ]
