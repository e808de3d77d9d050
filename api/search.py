"""The one search box."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import CurrentLayers, Work
from api.parameters import Lang
from gis_platform.layer.search import search_layers
from layers.references.address import read_address
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
    of any day to the parcels of today. The number of a house on a street is told as ``house``, whether or not
    there is one: the look-up by address says which numbers the street has.
    """
    results = await search_layers(work, layers, q, limit, lang)
    question = _question(q)
    return {"query": q, "question": question, "house": None if question else _house(q), "results": results}


def _house(text: str) -> dict[str, str] | None:
    first = next(iter(read_address(text)), None)
    return {"number": first.number, "street": first.street} if first and first.path else None


def _question(text: str) -> dict[str, str] | None:
    reference = parse_parcel_reference(text)
    if reference is None:
        return None
    number = {"sheet": reference.sheet_no, "parcel": reference.parcel_no}
    return number | {"unit": reference.unit} if reference.unit else number
