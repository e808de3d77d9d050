"""The building of a case that was filed on line: handed in by whoever holds its key."""

from typing import Any

from fastapi import APIRouter, Request

from api.cases.asking import CaseCode, Today
from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase
from api.filings.asking import NO_FILING, Key, Unkept
from api.filings.bounds import bound_papers
from api.guessing import not_guessed
from api.permits.check import Meant
from api.permits.submissions import require_of_a_permit
from gis_platform.casework.case import require_open
from gis_platform.casework.filing import ONLINE, hold_filing, open_filing, require_may_add
from gis_platform.errors import Conflict
from gis_platform.layer.text import Text
from layers.permits.check import check_for
from layers.permits.submissions import keep, proposed_for, with_permit
from layers.permits.workflow import WORKFLOW
from layers.planning.asking.refusing import refusal

router = APIRouter(prefix="/api/permits/filings", tags=["filings"])

_MOST = 20
_OFTEN = Text(
    f"Hồ sơ trực tuyến này đã gửi công trình {_MOST} lần. Cần thay đổi nữa, đề nghị nộp tại phường.",
    f"A building was handed in {_MOST} times for this filing. For another please go to the ward.",
)


@router.post(
    "/{code}/building",
    status_code=201,
    dependencies=[Unkept],
    summary="Hand in the building of a filing",
    responses=NO_FILING | {409: {"description": "No building is taken now."}},
)
async def handed(
    request: Request,
    caller: CurrentCaller,
    database: CurrentDatabase,
    city: CurrentCity,
    today: Today,
    code: CaseCode,
    key: Key,
    body: Meant,
) -> dict[str, Any]:
    """Keep a building for a filing with the answer of its check, while papers are taken: officers see it.

    Each time is kept, 20 at most.
    """
    ground = body.ground(city)
    async with database.unit_of_work(caller) as work:
        case = await not_guessed(request, lambda: open_filing(work, code, key))
        require_of_a_permit(case, body.lang)
        require_may_add(WORKFLOW, case)
        proposal = proposed_for(case, ground, body.floors, body.height_m, None, body.lang)
    bound_papers(request, caller, body.lang)
    # The check reads as anybody does: who holds a key sees one filing and no map.
    async with database.unit_of_work(caller) as work:
        proposal = await with_permit(work, case, proposal, today, body.lang)
        answer = await check_for(work, proposal, today, body.lang)
    async with database.unit_of_work(caller) as work:
        held = await hold_filing(work, code, key)
        require_open(held)
        require_may_add(WORKFLOW, held)
        kept = await keep(work, held, proposal, answer, ONLINE)
        if kept["submission"] > _MOST:
            raise refusal(Conflict, _OFTEN, body.lang, parameter="footprint")
    return kept
