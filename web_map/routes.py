"""The map's routes: the page, its style and legend, its files, and the map to save."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from gis_platform.access.roles import Role
from gis_platform.city import City
from gis_platform.layer import Layer
from web_map.assets.files import MapFiles
from web_map.assets.vendor import NODE_MODULES
from web_map.caller import LANGUAGE_COOKIE, AskedLanguage, MapCaller
from web_map.page import render_page
from web_map.security import file_headers, page_headers
from web_map.snapshot.routes import add_snapshot_route
from web_map.style.document import map_style
from web_map.style.legend import legend

_YEAR_S = 365 * 24 * 3600
# What is shown depends on who asks and in which language, both told by cookies.
_PERSONAL = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}


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

    @router.get("/", response_class=HTMLResponse, summary="The map")
    def page(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        answer = HTMLResponse(render_page(city, language, caller, files), headers=page_headers() | _PERSONAL)
        if "lang" in request.query_params:
            answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR_S, samesite="lax", httponly=True)
        return answer

    @router.get("/map/style.json", summary="MapLibre style of the layers the caller may see")
    def style(caller: MapCaller, language: AskedLanguage) -> JSONResponse:
        document = map_style(visible(caller.role), city, language, files.font_faces)
        return JSONResponse(document, headers=file_headers() | _PERSONAL)

    @router.get("/map/legend.json", summary="Legend of the layers the caller may see")
    def legend_for_caller(caller: MapCaller, language: AskedLanguage) -> JSONResponse:
        entries = legend(visible(caller.role), caller.role, language, files.pictures)
        return JSONResponse({"layers": entries}, headers=file_headers() | _PERSONAL)

    @router.get("/static/{version}/{name:path}", include_in_schema=False)
    def own_file(request: Request, version: str, name: str) -> Response:
        return files.own.response(request, version, name)

    @router.get("/vendor/{version}/{name:path}", include_in_schema=False)
    def vendor_file(request: Request, version: str, name: str) -> Response:
        return files.vendor.response(request, version, name)

    @router.get("/map/files/{version}/{name:path}", include_in_schema=False)
    def made_file(request: Request, version: str, name: str) -> Response:
        return files.made.response(request, version, name)

    @router.get("/map/sprites/{version}/{name:path}", include_in_schema=False)
    def sprite_file(request: Request, version: str, name: str) -> Response:
        return files.sprites.response(request, version, name)

    add_snapshot_route(router, city, layers, node_modules)
    return router
