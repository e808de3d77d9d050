"""The hot paths: tile, page of features, feature, what is here. Bare ASGI ahead of FastAPI's routes.

PostgreSQL makes the bytes; what is left here is to see who asks for what, and to say no in the same words as
everywhere else.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from api.here import here
from api.ogc import item, items, tiles
from api.ogc.answers import Answer
from gis_platform.errors import MethodRefused
from gis_platform.layer.declaration import CATALOGUE

Endpoint = Callable[[Request], Awaitable[Answer | Response]]

_COLLECTION = "/ogc/collections/{collection}"
ITEMS = f"{_COLLECTION}/items"
ITEM = f"{_COLLECTION}/items/{{feature}}"
TILE = f"{_COLLECTION}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"
HERE = "/api/here"
_READ_ALONE = (TILE, HERE)


def find_hot(scope: Scope) -> Endpoint | None:
    """Who answers a hot path, which is noted on the request; None for everything else."""
    found = _find(scope)
    if found is None:
        return None
    if scope["method"] != "GET":
        # Features have routes for other verbs, which refuse what they do not take; the rest has none.
        if found[0] not in _READ_ALONE:
            return None
        found = (found[0], _refused, found[2])
    scope["hot_path"], endpoint, scope["path_params"] = found
    return endpoint


async def _refused(request: Request) -> Answer:
    raise MethodRefused(
        f"{request.url.path[:200]} can only be read; {request.method[:20]} is not for it.", allow="GET, HEAD"
    )


def _find(scope: Scope) -> tuple[str, Endpoint, dict[str, str]] | None:
    path: str = scope["path"]
    if path == HERE:
        return HERE, here, {}
    if not path.startswith("/ogc/collections/"):
        return None
    parts = path.split("/")[3:]
    if parts[0] == CATALOGUE:
        return None
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
