"""Mapbox vector tiles in WebMercatorQuad."""

import re
from datetime import date, datetime
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response

from api.ogc.access import layer_for
from api.ogc.filters import parse_times, require_plain
from api.ogc.reading import read_one
from gis_platform.access.roles import Role
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.declaration import Layer
from gis_platform.serving.statements import tile_statement

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_DEEPEST = 24


async def tile(request: Request) -> Response:
    """One tile; 204 where nothing lies, or at zooms where the layer is not drawn; 304 where unchanged."""
    layer = layer_for(request.app.state.layers, request.path_params["collection"], request.state.caller)
    z, y, x = (_whole(request, name) for name in ("z", "y", "x"))
    if z > _DEEPEST or x >= 2**z or y >= 2**z:
        raise NotFound(f"There is no tile {z}/{y}/{x} (zoom 0..{_DEEPEST}, row and column below 2^zoom).")
    at = _times(request, layer)
    content = b""
    if layer.zooms[0] <= z <= layer.zooms[1]:
        asked: dict[str, object] = {"z": z, "x": x, "y": y}
        if at is not None:
            asked["as_of"], asked["known_at"] = at
        statement = tile_statement(layer, request.state.caller.role, at=at is not None)
        row = await read_one(request, statement, asked, layer)
        content = row[0] if row else b""
    return _answer(request, content)


def _times(request: Request, layer: Layer) -> tuple[date, datetime] | None:
    require_plain(request.query_params)
    for name in request.query_params:
        if name not in ("as_of", "known_at"):
            raise BadParameter(
                f"Tiles take no parameter {name[:40]!r}. They take: as_of, known_at.", parameter=name[:40]
            )
    return parse_times(request.query_params, layer, request.app.state.city)


def _answer(request: Request, content: bytes) -> Response:
    private = request.state.caller.role is not Role.PUBLIC
    etag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    # no-cache: keep it, and ask each time whether it still holds. Tiles change with the data.
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache" if private else "public, no-cache",
        "Vary": "Authorization, Cookie",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if not content:
        return Response(status_code=204, headers=headers)
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _whole(request: Request, name: str) -> int:
    text = request.path_params[name]
    if not re.fullmatch(r"[0-9]+", text):
        raise BadParameter(f"{name} must be a whole number, not {text[:40]!r}.", parameter=name)
    return int(text[:10])
