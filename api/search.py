"""The one search box."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import CurrentLayers, Work
from api.parameters import Lang
from gis_platform.layer.search import search_layers

router = APIRouter(prefix="/api", tags=["search"])


@router.get("/search")
async def search(
    work: Work,
    layers: CurrentLayers,
    q: Annotated[
        str, Query(min_length=1, max_length=200, description="A parcel number, a street, a ward, a place.")
    ],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """What a text names, best first; diacritics may be left out."""
    return {"query": q, "results": await search_layers(work, layers, q, limit, lang)}
