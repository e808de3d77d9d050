"""Mapbox vector tiles in WebMercatorQuad."""

from datetime import date, datetime

from starlette.requests import Request

from api.ogc.answers import Answer, unchanged
from api.ogc.asked_layer import find_layer
from api.ogc.reading import read_one
from api.ogc.times import parse_times, require_plain
from api.problem_words import no_such_parameter, not_usable
from gis_platform.access.roles import Role
from gis_platform.errors import BadParameter, NotFound
from gis_platform.layer.declaration import Layer
from gis_platform.serving.tile import tile_parameters, tile_statement
from gis_platform.serving.tile_cache import Tile

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_DEEPEST = 24
_NOTHING = Tile.of(b"")

# no-cache: keep it, and ask each time whether it still holds. Tiles change with the data.
_VARY = (b"vary", b"Authorization, Cookie, X-API-Key")
_PUBLIC = (b"cache-control", b"public, no-cache")
_PRIVATE = (b"cache-control", b"private, no-cache")
_TYPE = (b"content-type", MEDIA_TYPE.encode())


async def tile(request: Request) -> Answer:
    """One tile; 204 where nothing lies, or at zooms where the layer is not drawn; 304 where unchanged."""
    caller = request.scope["state"]["caller"]
    names = request.scope["path_params"]
    layer = await find_layer(request, names["collection"])
    z, y, x = (_whole(names, name) for name in ("z", "y", "x"))
    if z > _DEEPEST or x >= 2**z or y >= 2**z:
        raise NotFound(
            f"There is no tile {z}/{y}/{x} (zoom 0..{_DEEPEST}, row and column below 2^zoom).",
            detail_vi=f"Không có mảnh {z}/{y}/{x}: mức phóng từ 0 đến {_DEEPEST}, hàng và cột nhỏ hơn "
            "2^mức phóng.",
        )
    made = await _tile(request, layer, caller.role, z, x, y)
    headers = [(b"etag", made.etag), _PUBLIC if caller.role is Role.PUBLIC else _PRIVATE, _VARY]
    if unchanged(request.scope["headers"], made.etag):
        return Answer(304, headers)
    if not made.content:
        return Answer(204, headers)
    return Answer(200, [_TYPE, *headers], made.content)


async def _tile(request: Request, layer: Layer, role: Role, z: int, x: int, y: int) -> Tile:
    query = request.scope["query_string"]
    at = _times(request, layer) if query else None
    if not layer.zooms[0] <= z <= layer.zooms[1]:
        return _NOTHING

    async def make() -> bytes:
        values = tile_parameters(layer, z, x, y)
        if at is not None:
            values["as_of"], values["known_at"] = at
        statement = tile_statement(layer, role, z, at=at is not None)
        row = await read_one(request, statement, values, layer)
        return row[0] if row else b""

    if role is not Role.PUBLIC or at is not None:
        return Tile.of(await make())
    made: Tile = await request.app.state.tiles.get_or_make((layer.name, z, x, y), make)
    return made


def _times(request: Request, layer: Layer) -> tuple[date, datetime] | None:
    require_plain(request.query_params)
    for name in request.query_params:
        if name not in ("as_of", "known_at", "datetime"):
            raise BadParameter(
                f"Tiles take no parameter {name[:40]!r}. They take: as_of, known_at, datetime.",
                parameter=name[:40],
                detail_vi=no_such_parameter(name[:40], ("as_of", "known_at", "datetime")),
            )
    times = parse_times(request.query_params, layer, request.app.state.city)
    if times is not None and times.since is not None:
        raise BadParameter("A tile shows one day: datetime must be an instant.", parameter="datetime")
    return times.at if times is not None else None


def _whole(names: dict[str, str], name: str) -> int:
    text = names[name]
    if not (text.isascii() and text.isdigit()):
        raise BadParameter(
            f"{name} must be a whole number, not {text[:40]!r}.",
            parameter=name,
            detail_vi=not_usable(name, text, "Cần một số nguyên không âm."),
        )
    # None has as many digits: what is longer lies outside, whatever it is.
    return int(text) if len(text) <= 10 else 10**10
