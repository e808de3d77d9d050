"""Reviewing a street: what numbering it anew would change, then doing it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field

from api.dependencies import CurrentCity, Work
from api.house_numbers.officers import Officer
from api.parameters import Lang
from api.said import Said, Words
from layers.numbering.reviewing import apply_review, plan_review
from layers.numbering.reviewing.applying import Agreed
from layers.numbering.reviewing.concerned import concerned_by
from layers.numbering.written import read_number

router = APIRouter(prefix="/api/house-numbers", tags=["house numbers"])


class Applied(Said):
    """A review that was looked at and is to be done."""

    model_config = ConfigDict(str_strip_whitespace=True)

    street: int = Field(ge=1, le=2**63 - 1, description="Id of the street.")
    alley: Words | None = Field(None, max_length=60, description="An alley of it, 12 or 12/5.")
    plan: Words = Field(min_length=32, max_length=32, description="As the review told it.")
    reason: Words = Field(min_length=5, max_length=1000, description="Why the street is numbered anew.")
    document: Words | None = Field(None, min_length=1, max_length=200, description="The decision.")


@router.get("/review", summary="What numbering a street anew would change")
async def reviewed(
    work: Work,
    _: Officer,
    street: Annotated[int, Query(ge=1, le=2**63 - 1, description="Id of the street.")],
    alley: Annotated[str | None, Query(max_length=60, description="An alley of it, 12 or 12/5.")] = None,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Every house that would change, every vacant lot a number would be kept for, every alley called anew,
    what is irregular today, and whom it `concerns`: kept answers, certificates. Nothing is stored; `plan`
    names it.
    """
    path = () if alley is None else read_number(alley, "alley", lang)
    review = await plan_review(work, street, path, lang)
    houses = [one.house for one in review.changes if one.house is not None]
    parcels = sorted({one.parcel for one in review.changes if one.parcel is not None})
    return {**review.told(lang), "concerns": await concerned_by(work, houses, parcels, lang)}


@router.post(
    "/review",
    summary="Number a whole street anew",
    responses={409: {"description": "It is not what was looked at any more."}},
)
async def applied(
    work: Work, city: CurrentCity, _: Officer, body: Applied, lang: Lang = "vi"
) -> dict[str, Any]:
    """Do all of a review that was looked at, in one transaction: where anything of it has changed since,
    nothing is done. Former numbers are found for ever. Audited.
    """
    path = () if body.alley is None else read_number(body.alley, "alley", lang)
    agreed = Agreed(body.street, path, body.plan, body.reason, body.document)
    return await apply_review(work, agreed, city.today(), lang)
