"""A kept answer as a map that is one file."""

from threading import BoundedSemaphore

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from api.answers.opening import MISSING, AnswerId
from api.answers.told import answer_told
from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase, CurrentSettings
from api.parameters import Lang
from gis_platform.errors import Unavailable
from layers.planning.kept import open_kept
from web_map.extract import read_surroundings
from web_map.saved_answer import BEYOND
from web_map.security import page_headers
from web_map.snapshot.inline import content_policy

router = APIRouter(prefix="/answers", tags=["planning"])

AT_ONCE = 2
"""Maps drawn at the same time in one process: each takes a core for some tenths of a second."""
_places = BoundedSemaphore(AT_ONCE)


@router.get("/{answer_id}.html", response_class=HTMLResponse, responses=MISSING)
async def html(
    database: CurrentDatabase,
    caller: CurrentCaller,
    city: CurrentCity,
    settings: CurrentSettings,
    answer_id: AnswerId,
    lang: Lang = "vi",
) -> HTMLResponse:
    """A kept answer as one file with a map, in its own language: it opens from a disk without any network.

    What lies around the parcels is drawn as of the answer's day; ``lang`` is that of a refusal.
    """
    # Here and not above: folium takes three quarters of a second to import, and each start would pay.
    from web_map.saved_answer.document import saved_answer

    async with database.unit_of_work(caller) as work:
        kept = await open_kept(work, answer_id, lang)
        document = answer_told(kept, settings.address)
        around = await read_surroundings(work, document, city, outside=BEYOND)
    if not _places.acquire(blocking=False):
        raise Unavailable(
            "Other maps are being saved now; try again in a few seconds.",
            retry_after=5,
            detail_vi="Hệ thống đang lưu các bản đồ khác. Hãy thử lại sau vài giây.",
        )
    try:
        page = await run_in_threadpool(saved_answer, document, around, city, kept.language)
    finally:
        _places.release()
    headers = page_headers(content_policy(page) + "; frame-ancestors 'none'")
    name = f'inline; filename="tra-cuu-quy-hoach-{kept.id}.html"'
    return HTMLResponse(page, headers=headers | {"Cache-Control": "no-store", "Content-Disposition": name})
