"""What is here: the hot path behind the map's first touch."""

from starlette.requests import Request

from api.ogc.answers import Answer
from api.ogc.reading import read_one
from api.ogc.times import require_plain
from api.parameters import parse_point
from api.problem_words import no_such_parameter
from gis_platform.access.scopes import require_scope
from gis_platform.errors import BadParameter, NotFound
from layers.planning.here import HERE, here_parameters

# Degrees around the city's envelope in which something may still lie.
_MARGIN = 0.1
_HEADERS = [(b"content-type", b"application/json"), (b"cache-control", b"no-cache")]


async def here(request: Request) -> Answer:
    """Parcels and zones at ``point=lon,lat``, shares and ages; empty lists where nothing lies."""
    asked = request.query_params
    require_plain(asked)
    for name in asked:
        if name != "point":
            raise BadParameter(
                f"There is no parameter {name[:40]!r} here. It takes: point.",
                parameter=name[:40],
                detail_vi=no_such_parameter(name[:40], ("point",)),
            )
    if "point" not in asked:
        raise BadParameter(
            "point is missing: point=106.3656,10.3548 (longitude,latitude).", parameter="point"
        )
    lon, lat = parse_point(asked["point"][:80])
    require_scope(request.state.caller, "read", "parcels")
    require_scope(request.state.caller, "read", "zoning")
    city = request.app.state.city
    if not city.envelope.contains(lon, lat, _MARGIN):
        raise NotFound(f"The point {lon}, {lat} lies outside {city.title_en}.", parameter="point")
    today = city.today()
    row = await read_one(request, HERE, here_parameters(lon, lat, city.working_srid, today), None)
    return Answer(200, _HEADERS, row[0] if row else b"{}")
