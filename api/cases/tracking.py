"""Following a case by its code, without a sign-in."""

from typing import Any

from fastapi import APIRouter, Request

from api.cases.asking import CaseCode
from api.dependencies import Work
from api.parameters import Lang
from gis_platform.access.place_meter import PlaceMeter
from gis_platform.casework.tracking import tracked
from gis_platform.errors import NotFound, TooManyRequests

router = APIRouter(prefix="/api", tags=["cases"])

#: Codes that no case has, asked for from one place in a minute: at this pace one of a hundred thousand cases
#: is guessed in some three thousand years.
MISSES_PER_MINUTE = 60


@router.get("/track/{code}", responses={404: {"description": "No case has this code."}})
async def track(request: Request, work: Work, code: CaseCode, lang: Lang = "vi") -> dict[str, Any]:
    """Where a case is and when it is due: no name, no place, no officer."""
    try:
        return await tracked(work, code, lang)
    except NotFound:
        meter: PlaceMeter = request.app.state.cases_missed
        wait = meter.wait(request.client.host if request.client else "")
        if wait:
            raise TooManyRequests(
                "Too many codes that no case has. Compare the code with the receipt.",
                retry_after=wait,
                detail_vi="Đã nhập nhiều mã hồ sơ không có thật. Đề nghị đối chiếu với giấy hẹn rồi thử lại "
                "sau.",
            ) from None
        raise
