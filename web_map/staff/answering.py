"""One page of the console as an answer: for who may open it; others sign in first, or are told why not."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gis_platform.access.caller import Caller
from gis_platform.layer.text import Language
from web_map.caller import LANGUAGE_COOKIE
from web_map.security import page_headers
from web_map.staff.page import Console
from web_map.staff.parts import Part

_YEAR_S = 365 * 24 * 3600
_HEADERS = {"Cache-Control": "private, no-store", "Vary": "Cookie"}


def answer_page(
    console: Console,
    request: Request,
    caller: Caller,
    language: Language,
    template: str,
    part: Part,
    **more: object,
) -> Response:
    """The page of a part, with ``more`` for its script."""
    status = 200
    if not caller.signed_in:
        template, status, more = "sign_in", 401, {}
    elif caller.role not in part.audience:
        template, status, more = "refused", 403, {}
    page = HTMLResponse(
        console.render(template, part, caller, language, **more),
        status,
        headers=page_headers() | _HEADERS,
    )
    if "lang" in request.query_params:
        page.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR_S, samesite="lax", httponly=True)
    return page
