"""Where the files are had: one address for each shelf, with the version of its contents in it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from web_map.assets.files import MapFiles


def add_file_routes(router: APIRouter, files: MapFiles) -> None:
    """Add the routes; files are no part of the API's description."""

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
