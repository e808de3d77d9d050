"""Remarks that something in an answer is wrong: filed by anybody, closed by a steward."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import ConfigDict, Field

from api.answers.opening import MISSING, AnswerId
from api.dependencies import CurrentCaller, Work
from api.parameters import Lang
from api.planning.bounds import bound_remarks
from api.said import Said, Words
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.audit.record import record
from gis_platform.errors import Forbidden, SignInNeeded
from layers.planning.kept import remarks

router = APIRouter(prefix="/api/planning", tags=["planning"])

READERS = frozenset({Role.PLANNER, Role.STEWARD, Role.AUDITOR, Role.ADMIN})
CLOSERS = frozenset({Role.STEWARD, Role.ADMIN})


class NewRemark(Said):
    """What somebody says of a line of an answer. No name is asked for: remarks are anonymous."""

    model_config = ConfigDict(str_strip_whitespace=True)

    place: Words = Field("", max_length=200, description="JSON pointer to the line; empty for all of it.")
    words: Words = Field(min_length=1, max_length=2000, description="What is wrong.")


class Outcome(Said):
    """What came of a remark."""

    model_config = ConfigDict(str_strip_whitespace=True)

    outcome: Words = Field(min_length=1, max_length=2000)


def _one_of(roles: frozenset[Role]) -> Any:
    def allowed(caller: CurrentCaller) -> Caller:
        if not caller.signed_in:
            raise SignInNeeded("Remarks are read by data stewards and planners. Sign in as one.")
        if caller.role not in roles:
            raise Forbidden(f"Remarks are not open to the role {caller.role} in this way.")
        return caller

    return Depends(allowed)


@router.post("/answers/{answer_id}/remarks", status_code=201, responses=MISSING)
async def filed(
    request: Request, work: Work, answer_id: AnswerId, body: NewRemark, lang: Lang = "vi"
) -> dict[str, Any]:
    """Say that a line of an answer is wrong; it reaches the data stewards together with the receipt."""
    bound_remarks(request, work.caller, lang)
    number = await remarks.file_remark(work, answer_id, body.place, body.words, lang)
    return {"remark": number, "answer": answer_id}


@router.get("/remarks")
async def listed(
    work: Work,
    response: Response,
    _: Annotated[Caller, _one_of(READERS)],
    open_only: Annotated[bool, Query(alias="open", description="Only those not closed yet.")] = True,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> dict[str, Any]:
    """The remarks, the longest waiting first."""
    response.headers["Cache-Control"] = "private, no-store"
    found = await remarks.remarks(work, open_only=open_only, limit=limit)
    # People write what they like, names and numbers of telephones too.
    await record(work, "planning.remarks.read", "planning-remarks", {"count": len(found)})
    return {"remarks": found}


@router.post("/remarks/{remark_id}/outcome", status_code=204, responses={404: {"description": "None open."}})
async def closed(
    work: Work,
    _: Annotated[Caller, _one_of(CLOSERS)],
    remark_id: Annotated[int, Path(ge=1, le=2**63 - 1)],
    body: Outcome,
    lang: Lang = "vi",
) -> None:
    """Close a remark with what came of it."""
    await remarks.close_remark(work, remark_id, body.outcome, lang)
