"""Remarks that something in an answer is wrong: filed by anybody, closed by a steward."""

from typing import Annotated, Any, Literal

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
from layers.planning.kept.duties import REMARK_CLOSERS, REMARK_READERS

router = APIRouter(prefix="/api/planning", tags=["planning"])

State = Literal["open", "closed", "all"]
RemarkId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class NewRemark(Said):
    """What somebody says of a line of an answer. No name is asked for: remarks are anonymous."""

    model_config = ConfigDict(str_strip_whitespace=True)

    place: Words = Field("", max_length=200, description="JSON pointer to the line; empty for all of it.")
    words: Words = Field(min_length=1, max_length=2000, description="What is wrong.")


class Outcome(Said):
    """What came of a remark."""

    model_config = ConfigDict(str_strip_whitespace=True)

    resolution: remarks.Resolution | None = Field(
        None, description="What was done: `corrected`, `nothing_wrong`, or `passed_on` to whoever can."
    )
    outcome: Words = Field(min_length=1, max_length=2000, description="The same in words.")


def _one_of(roles: frozenset[Role]) -> Any:
    def allowed(caller: CurrentCaller) -> Caller:
        if not caller.signed_in:
            raise SignInNeeded(
                "Remarks are read by data stewards and planners. Sign in as one.",
                detail_vi="Phản ánh do cán bộ dữ liệu và cán bộ quản lý đô thị xem. Hãy đăng nhập.",
            )
        if caller.role not in roles:
            raise Forbidden(
                f"Remarks are not open to the role {caller.role} in this way.",
                detail_vi="Vai trò của bạn không được xem hoặc không được xử lý phản ánh.",
            )
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
    _: Annotated[Caller, _one_of(REMARK_READERS)],
    open_only: Annotated[
        bool, Query(alias="open", description="Only those not closed yet; `state` goes before it.")
    ] = True,
    state: Annotated[
        State | None, Query(description="Those that wait, those that are closed, or all.")
    ] = None,
    unit: Annotated[str | None, Query(min_length=1, max_length=20, description="Code of a ward.")] = None,
    answer: Annotated[str | None, Query(min_length=1, max_length=40, description="Id of an answer.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """The remarks, the longest waiting first, each with its line in words and its parcel; `counts` of
    all, and the `units` that those in this state lie in.
    """
    response.headers["Cache-Control"] = "private, no-store"
    asked = state or ("open" if open_only else "all")
    found = await remarks.remarks(work, state=asked, unit=unit, answer=answer, limit=limit, language=lang)
    counted = await remarks.counted(work, asked)
    # People write what they like, names and numbers of telephones too.
    detail = {"count": len(found), "remarks": [remark["id"] for remark in found]}
    await record(work, "planning.remarks.read", "planning-remarks", detail)
    return {"remarks": found, **counted}


@router.get("/remarks/{remark_id}", responses={404: {"description": "No remark of this number."}})
async def one(
    work: Work,
    response: Response,
    caller: Annotated[Caller, _one_of(REMARK_READERS)],
    remark_id: RemarkId,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """One remark with its line in words and its parcel; `may_close` tells whether the caller does so."""
    response.headers["Cache-Control"] = "private, no-store"
    found = await remarks.one_remark(work, remark_id, lang)
    await record(work, "planning.remark.read", f"planning-remark/{remark_id}", {"answer": found["answer_id"]})
    return {**found, "may_close": found["closed_at"] is None and caller.role in REMARK_CLOSERS}


@router.post("/remarks/{remark_id}/outcome", status_code=204, responses={404: {"description": "None open."}})
async def closed(
    work: Work,
    _: Annotated[Caller, _one_of(REMARK_CLOSERS)],
    remark_id: RemarkId,
    body: Outcome,
    lang: Lang = "vi",
) -> None:
    """Close a remark with what was done and what came of it."""
    await remarks.close_remark(work, remark_id, body.resolution, body.outcome, lang)
