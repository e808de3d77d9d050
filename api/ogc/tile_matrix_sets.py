"""Tile matrix sets (OGC 17-083r4): the one grid that all tiles here are cut by."""

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.dependencies import CurrentSettings
from api.ogc.links import alternates, link
from api.ogc.representations import Asked
from gis_platform.errors import NotFound
from gis_platform.layer import Text

WEB_MERCATOR_QUAD = "WebMercatorQuad"
TILING_SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
TILING_SCHEMES = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"

HEADING = Text("Hệ lưới mảnh bản đồ", "Tile matrix sets")

router = APIRouter(prefix="/ogc/tileMatrixSets", tags=["OGC API"])


@cache
def definition() -> dict[str, Any]:
    """WebMercatorQuad as its registry defines it: matrices 0 to 24, coordinates in metres of EPSG:3857."""
    # Here and not above: the import takes a quarter of a second that each start would pay.
    from morecantile import tms

    found: dict[str, Any] = tms.get(WEB_MERCATOR_QUAD).model_dump(mode="json", exclude_none=True)
    return found


@router.get("")
async def tile_matrix_sets(settings: CurrentSettings, asked: Asked) -> Response:
    """The tile matrix sets in use."""
    here = f"{settings.address}/ogc/tileMatrixSets"
    grid = definition()
    listed = {name: grid[name] for name in ("id", "title", "uri", "crs")}
    address = f"{here}/{WEB_MERCATOR_QUAD}"
    document = {
        "tileMatrixSets": [{**listed, "links": [link(address, "self", grid["title"])]}],
        "links": alternates(here),
    }
    heading = HEADING.in_language(asked.language)
    return asked.answer("listing", document, members="tileMatrixSets", heading=heading)


@router.get("/{tileMatrixSet}")
async def tile_matrix_set(
    tile_matrix_set_id: Annotated[
        str, Path(alias="tileMatrixSet", max_length=80, description="WebMercatorQuad.")
    ],
    asked: Asked,
) -> Response:
    """One tile matrix set: its reference system, and size and cells of each matrix."""
    if tile_matrix_set_id != WEB_MERCATOR_QUAD:
        raise NotFound(
            f"There is no tile matrix set {tile_matrix_set_id[:80]!r}. There is: {WEB_MERCATOR_QUAD}.",
            parameter="tileMatrixSet",
        )
    return asked.answer("document", definition(), heading=WEB_MERCATOR_QUAD)
