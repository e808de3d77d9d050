"""One case: taken in, read, moved on, noted upon, given to an officer."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field, StrictInt

from api.cases.asking import (
    CHANGED,
    NO_CASE,
    AssignmentSaid,
    CaseCode,
    CaseSaid,
    EachCase,
    MoveSaid,
    NoteSaid,
    Now,
    Staff,
    Today,
    Ways,
)
from api.dependencies import CurrentCity, CurrentDatabase, Work
from api.parameters import Lang
from api.said import Words
from gis_platform.access.caller import Caller
from gis_platform.casework.assigning import Officer, assign, officers
from gis_platform.casework.bulk import MOST_AT_ONCE, move_each
from gis_platform.casework.case import find_case, require_handles
from gis_platform.casework.listing import known_workflow
from gis_platform.casework.moving import AskedMove, make_move
from gis_platform.casework.notes import write_note
from gis_platform.casework.opening import Applicant, NewCase, open_case, require_opens
from gis_platform.casework.people import applicant_of
from gis_platform.casework.reading import whole_case, workflow_of
from gis_platform.database.pools import Database
from gis_platform.errors import BadParameter
from layers.filing import require_its_ward

router = APIRouter(prefix="/api/cases", tags=["cases"])


class MovesSaid(MoveSaid):
    """One move on many cases, each of the version that was seen."""

    version: StrictInt = Field(1, ge=1, le=1, description="Each case says its own.")
    cases: list[EachCase] = Field(min_length=1, max_length=MOST_AT_ONCE)


@router.post("", status_code=201, responses=NO_CASE)
async def opened(
    work: Work,
    _: Staff,
    city: CurrentCity,
    now: Now,
    today: Today,
    ways: Ways,
    body: CaseSaid,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Take a case in for a unit of one's own; its clocks start by the rules of the day it is received."""
    workflow = known_workflow(body.workflow)
    if workflow is None:
        raise BadParameter(
            "Say which kind of case.",
            parameter="workflow",
            detail_vi="Chưa chọn loại hồ sơ. Hãy chọn một loại (workflow).",
        )
    new = NewCase(
        unit_code=body.unit_code,
        place=body.place,
        applicant=Applicant(**body.applicant.model_dump()),
        channel="online" if body.channel == "online" else "counter",
        feature=body.feature,
        details=body.details,
        synthetic=city.demo,
    )
    require_opens(work, workflow, new.unit_code)
    await require_its_ward(work, workflow, new.unit_code, new.feature, lang)
    case = await open_case(work, workflow, new, now, ways)
    return await whole_case(work, case.code, today, lang)


@router.post("/moves")
async def moved_many(work: Work, _: Staff, now: Now, ways: Ways, body: MovesSaid) -> dict[str, Any]:
    """Make one move on up to 100 cases; each tells its own outcome, and a refusal undoes its own case
    alone.
    """
    asked = AskedMove(**body.model_dump(exclude={"cases"}))
    outcomes = await move_each(work, {one.code: one.version for one in body.cases}, asked, now, ways)
    return {"done": sum(one["outcome"] == "done" for one in outcomes), "outcomes": outcomes}


@router.get("/{code}", responses=NO_CASE)
async def one(work: Work, _: Staff, today: Today, code: CaseCode, lang: Lang = "vi") -> dict[str, Any]:
    """A case on one screen: what is next, clocks with their working, subject, documents, notes, journal."""
    return await whole_case(work, code, today, lang)


@router.post("/{code}/moves", responses=CHANGED)
async def moved(
    work: Work,
    _: Staff,
    now: Now,
    today: Today,
    ways: Ways,
    code: CaseCode,
    body: MoveSaid,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Move a case on. Of two who do so at once one wins; the other is told who did, and when."""
    workflow = workflow_of(await find_case(work, code))
    case = await make_move(work, workflow, code, AskedMove(**body.model_dump()), now, ways, language=lang)
    return await whole_case(work, case.code, today, lang)


@router.post("/{code}/notes", status_code=201, responses=NO_CASE)
async def noted(work: Work, _: Staff, code: CaseCode, body: NoteSaid) -> dict[str, Any]:
    """Write a note for colleagues of the unit."""
    case = await find_case(work, code)
    require_handles(work, workflow_of(case).handlers, case)
    return {"note": await write_note(work, case, body.words)}


@router.get("/{code}/officers", responses=NO_CASE)
async def who_may(database: CurrentDatabase, caller: Staff, code: CaseCode) -> dict[str, Any]:
    """The officers that the case may be given to."""
    found = await _officers(database, caller, code)
    return {"officers": [{"username": each.username, "name": each.display_name} for each in found]}


@router.post("/{code}/assignment", responses=CHANGED)
async def assigned(
    database: CurrentDatabase,
    caller: Staff,
    today: Today,
    code: CaseCode,
    body: AssignmentSaid,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Give a case to an officer of its unit, or to nobody."""
    among = await _officers(database, caller, code)
    async with database.unit_of_work(caller) as work:
        workflow = workflow_of(await find_case(work, code))
        given = await assign(work, workflow, code, body.version, body.to, among)
        return await whole_case(work, given.code, today, lang)


async def _officers(database: Database, caller: Caller, code: str) -> Sequence[Officer]:
    """Those of the case's unit. One connection after the other: who holds one and waits for another blocks
    all.
    """
    async with database.unit_of_work(caller) as work:
        case = await find_case(work, code)
    async with database.app_connection() as connection:
        return await officers(connection, workflow_of(case), case.unit_code)


@router.get("/{code}/applicant", responses=NO_CASE)
async def applicant(
    work: Work,
    _: Staff,
    code: CaseCode,
    reason: Annotated[Words, Query(min_length=5, max_length=200, description="What it is needed for.")],
) -> dict[str, Any]:
    """Who applied: personal data, for officers of the case's unit; each look leaves an audit entry."""
    case = await find_case(work, code)
    return {"code": case.shown, "applicant": await applicant_of(work, workflow_of(case), case, reason)}
