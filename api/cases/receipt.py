"""The receipt of a case, printed for who handed it in."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool

from api.cases.asking import NO_CASE, CaseCode, Now, Staff, Tracking
from api.dependencies import CurrentCity, CurrentDatabase
from api.planning_extract import PdfResponse
from gis_platform.casework.case import find_case
from gis_platform.casework.reading import workflow_of
from gis_platform.casework.receipt import receipt_of
from layers.unit_names import unit_called
from web_map.receipt import receipt_pdf

router = APIRouter(prefix="/api/cases", tags=["cases"])


@router.get("/{code}/receipt.pdf", response_class=PdfResponse, responses=NO_CASE)
async def printed(
    database: CurrentDatabase,
    caller: Staff,
    city: CurrentCity,
    now: Now,
    tracking: Tracking,
    code: CaseCode,
) -> PdfResponse:
    """The receipt and appointment as PDF/A-2b, with a QR code that leads to the page of the case. The
    applicant's name stands on it: for officers of the unit, and each look is audited.
    """
    # Over before the paper is set: the audit trail is held while an entry's transaction lasts.
    async with database.unit_of_work(caller) as work:
        case = await find_case(work, code)
        unit = await unit_called(work, case.unit_code)
        told = await receipt_of(work, workflow_of(case), case) | {"unit": unit}
    pdf = await run_in_threadpool(
        receipt_pdf, told, city=city, address=f"{tracking}{case.shown}", printed_at=now
    )
    headers = {
        "Content-Disposition": f'inline; filename="giay-hen-{case.shown}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return PdfResponse(pdf, headers=headers)
