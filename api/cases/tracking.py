"""Following a case by its code, without a sign-in."""

from typing import Any

from fastapi import APIRouter, Request

from api.cases.asking import CaseCode
from api.dependencies import Work
from api.guessing import not_guessed
from api.parameters import Lang
from gis_platform.casework.tracking import tracked

router = APIRouter(prefix="/api", tags=["cases"])


@router.get("/track/{code}", responses={404: {"description": "No case has this code."}})
async def track(request: Request, work: Work, code: CaseCode, lang: Lang = "vi") -> dict[str, Any]:
    """Where a case is and when it is due: no name, no place, no officer."""
    return await not_guessed(request, lambda: tracked(work, code, lang))
