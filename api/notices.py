"""The inbox of whoever is signed in, and how the sources of the data do."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from api.dependencies import CurrentCity, CurrentLayers, Work
from api.parameters import Lang
from etl.watch.scorecard import scorecards_async
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.errors import Forbidden, SignInNeeded
from gis_platform.notices.inbox import mark_seen, open_notices

router = APIRouter(prefix="/api", tags=["notices"])

NoticeId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Its number, as /api/notices tells it.")]
_READERS = frozenset({Role.STEWARD, Role.ADMIN, Role.AUDITOR})


@router.get("/notices")
async def notices(work: Work, response: Response, lang: Lang = "vi") -> dict[str, Any]:
    """What the role should know of now: data overdue, deliveries that failed or wait. Unseen first."""
    _signed_in(work.caller)
    found = await open_notices(work, lang)
    response.headers["Cache-Control"] = "private, no-store"
    return {"count": len(found), "unseen": sum(not one["seen"] for one in found), "notices": found}


@router.post("/notices/{notice_id}/seen", status_code=204, responses={404: {"description": "Not there."}})
async def seen(work: Work, notice_id: NoticeId) -> None:
    """Mark a notice as seen by the caller; it stays until what it tells of is over."""
    _signed_in(work.caller)
    await mark_seen(work, notice_id)


@router.get("/scorecards")
async def scorecards(
    work: Work, response: Response, layers: CurrentLayers, city: CurrentCity
) -> dict[str, Any]:
    """How each source keeps to what it owes: deliveries, refused, on time, delay, faults, what is due."""
    if _signed_in(work.caller).role not in _READERS:
        raise Forbidden("Scorecards of sources are for data stewards, auditors and administrators.")
    today = city.today()
    cards = await scorecards_async(work.raw, city, layers, today)
    response.headers["Cache-Control"] = "private, no-store"
    return {"checked_on": today.isoformat(), "sources": [card.as_json() for card in cards]}


def _signed_in(caller: Caller) -> Caller:
    if not caller.signed_in:
        raise SignInNeeded("Sign in to see what is for you.")
    return caller
