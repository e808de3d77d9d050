"""One feature by its id."""

import json

from starlette.requests import Request
from starlette.responses import Response

from api.ogc.answers import Answer, unchanged
from api.ogc.asked_layer import find_layer
from api.ogc.formats import item_as, wanted_of_item
from api.ogc.links import link
from api.ogc.reading import read_one
from api.ogc.systems import crs_member
from api.ogc.times import parse_times, require_plain
from api.parameters import parse_feature_id
from api.problem_words import no_such_parameter
from gis_platform.access.roles import Role
from gis_platform.errors import BadParameter, NotFound
from gis_platform.geometry.output_crs import CRS84, crs_by_uri
from gis_platform.layer.declaration import Layer
from gis_platform.serving.etags import feature_etag
from gis_platform.serving.feature import item_statement

MEDIA_TYPE = "application/geo+json"
_TYPE = (b"content-type", MEDIA_TYPE.encode())
_TAKES = ("crs", "as_of", "known_at", "datetime", "f", "lang")
_VARY = (b"vary", b"Authorization, Cookie, X-API-Key, Accept")


async def item(request: Request) -> Answer | Response:
    """One feature, with the ETag that a change of it has to name; 304 where the client holds it."""
    caller = request.state.caller
    state = request.app.state
    layer = await find_layer(request, request.path_params["collection"])
    feature_id, values = _asked(request, layer)
    asked = request.query_params
    page = wanted_of_item(request) == "html"
    # The page has a map, and maps take CRS84.
    out = crs_by_uri(asked["crs"], state.city.working_srid) if "crs" in asked and not page else CRS84
    statement = item_statement(layer, caller.role, state.city.working_srid, out, at="as_of" in values)
    row = await read_one(request, statement, values, layer, personal=True)
    if row is None:
        raise NotFound(f"{layer.name} has no feature {feature_id}.", parameter="feature")
    content, synthetic = bytes(row[0]), row[1]
    if page:
        return await item_as(request, layer, content, synthetic)
    etag = feature_etag(content, out.srid).encode()
    private = b"public, no-cache" if caller.role is Role.PUBLIC else b"private, no-cache"
    headers = [(b"etag", etag), (b"cache-control", private), _VARY]
    if unchanged(request.scope["headers"], etag):
        return Answer(304, headers)
    base = f"{state.settings.address}/ogc/collections/{layer.name}"
    links = [
        link(f"{base}/items/{feature_id}", "self", layer.title.en, MEDIA_TYPE),
        link(f"{base}/items/{feature_id}?f=html", "alternate", "HTML", "text/html"),
        link(base, "collection", layer.title.en),
    ]
    more = {"synthetic": synthetic, "links": links, **crs_member(out)}
    told = json.dumps(more, ensure_ascii=False)[1:].encode()
    crs = (b"content-crs", f"<{out.uri}>".encode())
    return Answer(200, [_TYPE, crs, *headers], content[:-1] + b"," + told)


def _asked(request: Request, layer: Layer) -> tuple[int, dict[str, object]]:
    asked = request.query_params
    text = request.path_params["feature"]
    if asked:
        require_plain(asked)
        for name in asked:
            if name not in _TAKES:
                takes = ", ".join(_TAKES)
                raise BadParameter(
                    f"A feature takes no parameter {name[:40]!r}. It takes: {takes}.",
                    parameter=name[:40],
                    detail_vi=no_such_parameter(name[:40], _TAKES),
                )
    try:
        feature_id = parse_feature_id(text, "feature")
    except BadParameter:
        raise NotFound(f"{layer.name} has no feature {text[:40]!r}.", parameter="feature") from None
    values: dict[str, object] = {"id": feature_id}
    times = parse_times(asked, layer, request.app.state.city) if asked else None
    if times is not None:
        if times.since is not None:
            raise BadParameter("A feature is of one day: datetime must be an instant.", parameter="datetime")
        values["as_of"], values["known_at"] = times.at
    return feature_id, values
