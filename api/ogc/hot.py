"""The hot paths: tile, items, item. Bare ASGI beside FastAPI; PostgreSQL makes the bytes."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from api.ogc import items, tiles

Answer = Callable[[Request], Awaitable[Response]]


class HotPath:
    """An ASGI endpoint without FastAPI's per-request work; errors rise to the application's handlers."""

    def __init__(self, path: str, answer: Answer) -> None:
        self.path = path
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["hot_path"] = self.path
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)


def hot_routes() -> list[BaseRoute]:
    """The routes, to stand beside FastAPI's own."""
    base = "/ogc/collections/{collection}"
    paths: dict[str, Answer] = {
        f"{base}/items": items.items,
        f"{base}/items/{{feature}}": items.item,
        f"{base}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}": tiles.tile,
    }
    return [Route(path, HotPath(path, answer), methods=["GET"]) for path, answer in paths.items()]
