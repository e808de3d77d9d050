"""The one search box."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import CurrentLayers, Work
from api.parameters import Lang
from gis_platform.layer.search import search_layers
from layers.references.parcel import parse_parcel_reference

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
    """What a text names, best first; diacritics may be left out.

    A parcel number is also told as ``question``: what the planning look-up is asked by, which follows numbers
    of any day to the parcels of today.
    """
    results = await search_layers(work, layers, q, limit, lang)
    return {"query": q, "question": _question(q), "results": results}


def _question(text: str) -> dict[str, str] | None:
    reference = parse_parcel_reference(text)
    if reference is None:
        return None
    number = {"sheet": reference.sheet_no, "parcel": reference.parcel_no}
    return number | {"unit": reference.unit} if reference.unit else number
