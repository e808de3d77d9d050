"""A street as it is numbered, for whoever draws or reviews it."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from api.dependencies import Work
from api.parameters import Lang
from layers.numbering.street import street_numbered

router = APIRouter(prefix="/api/house-numbers", tags=["house numbers"])


@router.get(
    "/streets/{street}",
    summary="How a street is numbered",
    responses={404: {"description": "There is none."}},
)
async def street(
    work: Work,
    street: Annotated[int, Path(ge=1, le=2**63 - 1, description="Id of the street.")],
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Its direction and that of its alleys (`axes`, each drawn from the end where numbers begin), its houses,
    and the `lines` beside it that have no direction yet.
    """
    return await street_numbered(work, street, lang)
