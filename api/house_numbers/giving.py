"""Reserving, giving and retiring numbers, and stating from which end a street is numbered."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import ConfigDict, Field

from api.dependencies import CurrentCity, Work
from api.house_numbers.officers import Officer
from api.house_numbers.proposing import subject_asked
from api.parameters import Lang, parse_point
from api.said import Said, Words
from layers.numbering.axes import Stated, state_direction
from layers.numbering.issuing import Wanted, give, move
from layers.numbering.written import read_number

router = APIRouter(prefix="/api/house-numbers", tags=["house numbers"])

_ID = Path(ge=1, le=2**63 - 1, description="Id of the house number.")
_MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "There is none."}}
_REASON = Field(None, min_length=5, max_length=1000, description="Why, where it is not the number proposed.")
_DOCUMENT = Field(None, min_length=1, max_length=200, description="Number of the paper it rests on.")


class NewNumber(Said):
    """A number for a lot or a gate: the one proposed, unless another is named with a reason."""

    model_config = ConfigDict(str_strip_whitespace=True)

    parcel: int | None = Field(None, ge=1, le=2**63 - 1, description="Id of the parcel.")
    point: Words | None = Field(None, max_length=80, description="The gate: lon,lat in WGS 84 degrees.")
    state: Literal["reserved", "issued"] = "issued"
    number: Words | None = Field(
        None, max_length=60, description="As painted, 12/5/3B; else the proposed one."
    )
    street: int | None = Field(None, ge=1, le=2**63 - 1, description="Street of the address, if another.")
    document: Words | None = _DOCUMENT
    reason: Words | None = _REASON


class NextState(Said):
    """What becomes of a number."""

    model_config = ConfigDict(str_strip_whitespace=True)

    state: Literal["reserved", "issued", "retired"]
    document: Words | None = _DOCUMENT
    reason: Words | None = _REASON


class Direction(Said):
    """From which end a street or an alley is numbered."""

    model_config = ConfigDict(str_strip_whitespace=True)

    line: int = Field(ge=1, le=2**63 - 1, description="Feature of layer streets.")
    start: Words | None = Field(
        None, max_length=80, description="lon,lat near the end where numbers begin; else by the rule."
    )
    street: int | None = Field(None, ge=1, le=2**63 - 1, description="Of an alley: the named street.")
    alley: Words | None = Field(None, max_length=60, description="Of an alley: its number, 12 or 12/5.")
    document: Words | None = _DOCUMENT


@router.post(
    "",
    status_code=201,
    summary="Reserve or give a house number",
    responses=_MISSING | {409: {"description": "Another house has the number."}},
)
async def given(
    work: Work, city: CurrentCity, _: Officer, body: NewNumber, lang: Lang = "vi"
) -> dict[str, Any]:
    """Give a number in one transaction; numbers of one street are given one after the other, so that no two
    houses get the same. A number other than the one proposed needs a `reason`. Audited.
    """
    parcel = None if body.parcel is None else str(body.parcel)
    subject = await subject_asked(work, city, parcel, body.point, lang)
    path = None if body.number is None else read_number(body.number, "number", lang)
    wanted = Wanted(body.state, path, body.street, body.document, body.reason)
    return await give(work, subject, wanted, city.today(), lang)


@router.post(
    "/{number}/state",
    summary="Issue or retire a house number",
    responses=_MISSING | {409: {"description": "Not from the state it is in."}},
)
async def moved(
    work: Work,
    city: CurrentCity,
    _: Officer,
    number: Annotated[int, _ID],
    body: NextState,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Take a number from planned to reserved, issued, retired; retiring needs a `reason`. Nothing is deleted:
    a retired number is found for ever. Audited.
    """
    return await move(
        work, number, body.state, city.today(), lang, document=body.document, reason=body.reason
    )


@router.post(
    "/directions",
    summary="State from which end a street is numbered",
    responses=_MISSING | {409: {"description": "Another alley has the number."}},
)
async def directed(work: Work, _: Officer, body: Direction, lang: Lang = "vi") -> dict[str, Any]:
    """State the start of a street, or street, number and mouth of an alley; again to change it. Audited."""
    start = None if body.start is None else parse_point(body.start, "start")
    path = () if body.alley is None else read_number(body.alley, "alley", lang)
    return await state_direction(work, Stated(body.line, start, body.street, path, body.document), lang)
