"""The hot paths: tile, page of features, feature, what is here. Bare ASGI ahead of FastAPI's routes.

PostgreSQL makes the bytes; what is left here is to see who asks for what, and to say no in the same words as
everywhere else.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import unquote

import psycopg
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.here import here
from api.ogc import item, items, tiles
from api.ogc.answers import Answer
from api.problems import database_response, problem_response
from gis_platform.errors import Problem

Endpoint = Callable[[Request], Awaitable[Answer | Response]]

_COLLECTION = "/ogc/collections/{collection}"
ITEMS = f"{_COLLECTION}/items"
ITEM = f"{_COLLECTION}/items/{{feature}}"
TILE = f"{_COLLECTION}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"
HERE = "/api/here"


class HotPaths:
    """Answers GET of the hot paths, and hands everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _find(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        scope["hot_path"], endpoint, scope["path_params"] = found
        request = Request(scope, receive)
        try:
            answer = await endpoint(request)
        except Problem as problem:
            answer = problem_response(request, problem)
        except psycopg.Error as fault:
            answer = database_response(request, fault)
        if isinstance(answer, Answer):
            await answer.send(send)
        else:
            await answer(scope, receive, send)


def _find(scope: Scope) -> tuple[str, Endpoint, dict[str, str]] | None:
    path: str = scope["path"]
    if path == HERE:
        return HERE, here, {}
    if not path.startswith("/ogc/collections/"):
        return None
    parts = path.split("/")[3:]
    # A slash that was sent encoded is part of a name: such a path is not one of these.
    if b"%2f" in scope.get("raw_path", b"").lower():
        return None
    match parts:
        case [collection, "items"]:
            return ITEMS, items.items, {"collection": collection}
        case [collection, "items", feature] if feature:
            return ITEM, item.item, {"collection": collection, "feature": unquote(feature)}
        case [collection, "tiles", "WebMercatorQuad", z, y, x]:
            return TILE, tiles.tile, {"collection": collection, "z": z, "y": y, "x": x}
    return None
