"""The planning answer on paper: an A4 extract as PDF/A."""

from threading import BoundedSemaphore
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase, CurrentSettings
from api.planning.lookup import AskedByName, answer_to
from gis_platform.city import City
from gis_platform.errors import Unavailable
from gis_platform.layer.text import Language
from web_map.extract import Surroundings, extract_pdf, read_surroundings

router = APIRouter(prefix="/api/planning", tags=["planning"])

AT_ONCE = 2
"""Extracts set at the same time in one process: each takes a core for some tenths of a second."""
MOST_WAITING = 8
_turns = BoundedSemaphore(AT_ONCE)
_HEADERS = {
    "Content-Disposition": 'inline; filename="trich-luc-quy-hoach.pdf"',
    "Cache-Control": "no-store",
}
_places = BoundedSemaphore(AT_ONCE + MOST_WAITING)


class PdfResponse(Response):
    """Shown in the browser, and saved under a name of its own."""

    media_type = "application/pdf"


@router.get("/extract.pdf", response_class=PdfResponse)
async def extract(
    request: Request,
    database: CurrentDatabase,
    caller: CurrentCaller,
    city: CurrentCity,
    settings: CurrentSettings,
    asked: AskedByName,
) -> PdfResponse:
    """The answer of the look-up as an A4 extract with a map, PDF/A-2b; asked in the same ways."""
    async with database.question(caller) as work:
        document = await answer_to(request, work, city, settings, asked)
        around = await read_surroundings(work, document, city)
    return await printed(document, asked.question.language, city, around)


async def printed(
    document: dict[str, Any], language: Language, city: City, around: Surroundings
) -> PdfResponse:
    """An answer with its receipt as a PDF; ``around`` is what lies around its parcels.

    Raises:
        Unavailable: so many wait that this one would wait too long.
    """
    if not _places.acquire(blocking=False):
        raise Unavailable(
            "Other extracts are being made now; try again in a few seconds.",
            retry_after=5,
            detail_vi="Hệ thống đang tạo các bản in khác. Hãy thử lại sau vài giây.",
        )
    try:
        pdf = await run_in_threadpool(_in_turn, document, language, city, around)
    finally:
        _places.release()
    return PdfResponse(pdf, headers=_HEADERS)


def _in_turn(document: dict[str, Any], language: Language, city: City, around: Surroundings) -> bytes:
    with _turns:
        return extract_pdf(
            document,
            language=language,
            city=city,
            address_of_receipt=document["receipt"]["url"],
            map_layers=around,
        )
