"""The days on which the map changed: where a person can go on a map of another day."""

import json
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.dependencies import CurrentCaller, CurrentCity, CurrentLayers
from api.ogc.answers import unchanged
from api.ogc.reading import read_one
from api.parameters import Lang
from gis_platform.access.roles import Role
from gis_platform.access.scopes import allows
from gis_platform.layer.declaration import Layer
from gis_platform.serving.days import KeptDays, days_statement
from gis_platform.serving.tile_cache import Tile

router = APIRouter(tags=["layers"])


@router.get("/api/layers/days", summary="The days on which each layer changed")
async def days_of_layers(
    request: Request, caller: CurrentCaller, layers: CurrentLayers, city: CurrentCity, lang: Lang = "vi"
) -> Response:
    """Of each layer with history that the caller may see: since when it is known, and each day on which
    something became otherwise, with the number of features. Days to come are among them; ``today`` is the
    day in the city. Layers that are not listed keep no history: they are known as they are today.
    """
    told = []
    for layer in layers.values():
        if not layer.history or caller.role not in layer.audience:
            continue
        if not allows(caller.scopes, "read", layer.name):
            continue
        days = json.loads(await _days(request, layer, caller.role))
        told.append(
            {
                "id": layer.name,
                "title": layer.title.in_language(lang),
                "begins": days[0]["day"] if days else None,
                "days": days,
            }
        )
    return _answer(request, {"today": city.today(), "layers": told}, caller.role)


async def _days(request: Request, layer: Layer, role: Role) -> bytes:
    async def make() -> bytes:
        row = await read_one(request, days_statement(layer), {}, layer)
        return bytes(row[0]) if row else b"[]"

    if role is not Role.PUBLIC:
        return await make()
    kept: KeptDays = request.app.state.days
    return await kept.get_or_make(layer.name, make)


def _answer(request: Request, document: dict[str, Any], role: Role) -> Response:
    body = json.dumps(document, ensure_ascii=False, default=date.isoformat).encode()
    etag = Tile.of(body).etag
    headers = {
        "ETag": etag.decode(),
        # Keep it, and ask each time whether it still holds, as with tiles.
        "Cache-Control": f"{'public' if role is Role.PUBLIC else 'private'}, no-cache",
        "Vary": "Authorization, Cookie, X-API-Key",
    }
    if unchanged(request.scope["headers"], etag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
