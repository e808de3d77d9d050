"""The map's routes: the page, its style and legend, its files, and the map to save."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer import Layer
from gis_platform.layer.text import Language
from web_map.assets.files import MapFiles
from web_map.assets.packing import packed
from web_map.assets.routes import add_file_routes
from web_map.assets.vendor import NODE_MODULES
from web_map.caller import LANGUAGE_COOKIE, TEXT_COOKIE, AskedLanguage, MapCaller
from web_map.deep_links import add_deep_links
from web_map.filing import add_filing_routes
from web_map.page import render_page
from web_map.rasters import SeenRasters
from web_map.security import file_headers, page_headers
from web_map.snapshot.routes import add_snapshot_route
from web_map.staff.routes import add_staff_routes
from web_map.style.document import map_style
from web_map.style.legend import legend
from web_map.style.rasters import raster_entries, with_rasters
from web_map.worker import add_worker_route

_YEAR_S = 365 * 24 * 3600
# What is shown depends on who asks and in which language, both told by cookies.
_PERSONAL = {"Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Encoding"}


def make_router(
    city: City,
    layers: Mapping[str, Layer],
    node_modules: Path = NODE_MODULES,
    files: MapFiles | None = None,
) -> APIRouter:
    """The public map of a city over these layers, in drawing order; ``files`` where made before."""
    router = APIRouter(tags=["map"])
    files = files or MapFiles(layers.values(), node_modules)

    def visible(role: Role) -> list[Layer]:
        return [layer for layer in layers.values() if role in layer.audience]

    def drawn(request: Request, caller: Caller, language: Language) -> Response:
        large = request.cookies.get(TEXT_COOKIE) == "large"
        page = render_page(city, language, caller, files, large_text=large)
        body, packing = packed(page.encode(), request.headers.get("accept-encoding", ""))
        answer = HTMLResponse(body, headers=page_headers() | _PERSONAL | packing)
        if "lang" in request.query_params:
            answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR_S, samesite="lax", httponly=True)
        return answer

    @router.get("/", response_class=HTMLResponse, summary="The map")
    def page(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return drawn(request, caller, language)

    def told(request: Request, document: object) -> Response:
        body, packing = packed(bytes(JSONResponse(document).body), request.headers.get("accept-encoding", ""))
        headers = file_headers() | _PERSONAL | packing
        return Response(body, media_type="application/json", headers=headers)

    @router.get(
        "/map/style.json",
        response_class=JSONResponse,
        summary="MapLibre style of the layers the caller may see",
    )
    def style(request: Request, caller: MapCaller, language: AskedLanguage, rasters: SeenRasters) -> Response:
        document = map_style(visible(caller.role), city, language, files.font_faces)
        return told(request, with_rasters(document, rasters))

    @router.get(
        "/map/legend.json",
        response_class=JSONResponse,
        summary="Legend of the layers the caller may see",
    )
    def legend_for_caller(
        request: Request, caller: MapCaller, language: AskedLanguage, rasters: SeenRasters
    ) -> Response:
        # First, so that the list, which is read from the top of the map down, ends with them.
        entries = raster_entries(rasters, language)
        entries += legend(visible(caller.role), caller.role, language, files.pictures)
        return told(request, {"layers": entries})

    add_file_routes(router, files)
    add_worker_route(router, files)
    add_deep_links(router, city, drawn)
    add_snapshot_route(router, city, layers, node_modules)
    add_staff_routes(router, city, layers, files)
    add_filing_routes(router, city, files)
    return router
