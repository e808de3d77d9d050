"""Following a case by its code, without a sign-in: for programs, and as a page for who holds the receipt."""

from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.encoders import jsonable_encoder
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from api.cases.asking import CaseCode, Today
from api.dependencies import CurrentCity, Work
from api.guessing import not_guessed
from api.ogc.representations import html_page, page_language
from api.parameters import Lang
from api.problem_page import wants_page
from gis_platform.casework.codes import read_code, shown_code
from gis_platform.casework.tracking import tracked
from gis_platform.errors import BadParameter, NotFound, Problem, TooManyRequests
from gis_platform.layer.text import Language
from layers.unit_names import unit_called

router = APIRouter(tags=["cases"])

_MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "No case has this code."}}
PageLang = Annotated[Language | None, Query(description="vi or en; else what was chosen before, or vi.")]
Form = Annotated[Literal["html", "json"], Query(description="html (if not given) or json.")]


@router.get("/api/track/{code}", responses=_MISSING)
async def track(
    request: Request, work: Work, today: Today, code: CaseCode, lang: Lang = "vi"
) -> dict[str, Any]:
    """Where a case is and when it is due: no name, no place, no officer."""
    return await not_guessed(request, lambda: tracked(work, code, today, lang))


@router.get("/ho-so", summary="Ask for a case by its code, for people", response_class=HTMLResponse)
async def asked(
    request: Request,
    code: Annotated[str | None, Query(max_length=200, description="As it was typed.")] = None,
    lang: PageLang = None,
) -> Response:
    """A form for the code on the receipt; one that was mistyped is told in words, a whole one leads on."""
    del lang  # html_page reads it itself, the cookie of an earlier visit too
    if not (code or "").strip():
        return _form(request, "", nothing=code is not None)
    try:
        stored = read_code(code or "")
    except BadParameter as fault:
        if not wants_page(request):
            raise
        return _form(request, code or "", fault)
    # Only a code that was read goes into the address.
    language = page_language(request)
    return RedirectResponse(f"/ho-so/{shown_code(stored)}?lang={language}", status_code=303)


@router.get(
    "/ho-so/{code}",
    summary="A case, for people",
    response_class=HTMLResponse,
    responses=_MISSING | {200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
async def page(
    request: Request,
    work: Work,
    city: CurrentCity,
    today: Today,
    code: CaseCode,
    lang: PageLang = None,
    f: Form = "html",
) -> Response:
    """The same as a page, where the receipt's QR code and letters lead."""
    language = page_language(request) if f == "html" else lang or "vi"
    try:
        told = await not_guessed(request, lambda: tracked(work, code, today, language))
    except (BadParameter, NotFound, TooManyRequests) as fault:
        # Programs get a refusal as from everywhere else.
        if not wants_page(request):
            raise
        return _form(request, code, fault)
    if f == "json":
        return JSONResponse(jsonable_encoder(told), headers={"Content-Language": language})
    zone = ZoneInfo(city.timezone)
    closed_at = told["closed_at"]
    told["unit"] = await unit_called(work, told["unit_code"])
    told["closed_on"] = f"{closed_at.astimezone(zone):%d/%m/%Y}" if closed_at else None
    for step in told["steps"]:
        step["on"] = datetime.fromisoformat(step["at"]).astimezone(zone).date()
    return html_page(request, "tracking", language, document=told)


def _form(request: Request, typed: str, fault: Problem | None = None, *, nothing: bool = False) -> Response:
    """The form, with what is wrong with the code that was typed; ``nothing``: it was sent empty."""
    language = page_language(request)
    words = None
    if fault is not None:
        words = (fault.detail_vi if language == "vi" else None) or fault.detail
    document = {"typed": typed[:40], "fault": words, "nothing": nothing}
    answer = html_page(request, "tracking_ask", language, document=document)
    if fault is not None:
        answer.status_code = int(fault.status)
    if isinstance(fault, TooManyRequests):
        answer.headers["Retry-After"] = str(fault.extra["retry_after"])
    return answer
