"""The route of the page. Pages are for people: they stand in no list of the API's routes."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gis_platform.city import City
from web_map.assets.files import MapFiles
from web_map.assets.packing import packed
from web_map.caller import LANGUAGE_COOKIE, TEXT_COOKIE, AskedLanguage
from web_map.filing.page import render_page
from web_map.security import page_headers

_YEAR_S = 365 * 24 * 3600
# No copy is left on a shared phone, though the page itself holds nothing of anybody.
_HEADERS = {"Cache-Control": "private, no-store", "Vary": "Cookie, Accept-Encoding"}


def add_filing_routes(router: APIRouter, city: City, files: MapFiles) -> None:
    """Add the page."""

    @router.get("/nop-ho-so", include_in_schema=False)
    def filing(request: Request, language: AskedLanguage) -> Response:
        large = request.cookies.get(TEXT_COOKIE) == "large"
        page = render_page(city, language, files, large_text=large)
        body, packing = packed(page.encode(), request.headers.get("accept-encoding", ""))
        answer = HTMLResponse(body, headers=page_headers() | _HEADERS | packing)
        if "lang" in request.query_params:
            answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR_S, samesite="lax", httponly=True)
        return answer
