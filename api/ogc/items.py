"""Features of a collection as GeoJSON: a page keyed by id, or one by its id."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.ogc.access import hidden_rows, layer_for
from api.ogc.filters import ItemsQuestion, parse_items_question
from api.ogc.links import link
from api.ogc.reading import read_one
from api.parameters import parse_feature_id
from gis_platform.errors import BadParameter, NotFound
from gis_platform.serving.statements import item_statement, items_statement

MEDIA_TYPE = "application/geo+json"


async def items(request: Request) -> Response:
    """A page of features with the exact ``numberMatched`` and a ``next`` link until the last page."""
    caller = request.state.caller
    layer = layer_for(request.app.state.layers, request.path_params["collection"], caller)
    city = request.app.state.city
    question = parse_items_question(request.query_params, layer, caller.role, city)
    statement = items_statement(
        layer,
        caller.role,
        city.working_srid,
        question.equal_names,
        box=question.box is not None,
        at=question.at is not None,
    )
    row = await read_one(request, statement, question.bound(), layer, personal=True)
    matched, returned, last, more, synthetic, features = row if row else (0, 0, None, False, False, b"")
    base = f"{request.app.state.settings.address}/ogc/collections/{layer.name}"
    head = {
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": returned,
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": _links(request, base, question, last if more else None),
        "synthetic": synthetic,
        "hidden": [p.name for p in layer.hidden_from(caller.role)],
        **hidden_rows(layer, caller.role),
    }
    start = json.dumps(head, ensure_ascii=False)[:-1].encode()
    return Response(start + b',"features":[' + features + b"]}", media_type=MEDIA_TYPE)


async def item(request: Request) -> Response:
    """One feature."""
    caller = request.state.caller
    layer = layer_for(request.app.state.layers, request.path_params["collection"], caller)
    text = request.path_params["feature"]
    unknown = set(request.query_params) - {"f"}
    if unknown or request.query_params.get("f", "json") != "json":
        name = sorted(unknown)[0][:40] if unknown else "f"
        raise BadParameter(f"A feature takes only f=json, not {name!r}.", parameter=name)
    missing = NotFound(f"{layer.name} has no feature {text[:40]!r}.", parameter="feature")
    try:
        feature_id = parse_feature_id(text, "feature")
    except BadParameter:
        raise missing from None
    statement = item_statement(layer, caller.role, at=False)
    row = await read_one(request, statement, {"id": feature_id}, layer, personal=True)
    if row is None:
        raise missing
    base = f"{request.app.state.settings.address}/ogc/collections/{layer.name}"
    links = [
        link(f"{base}/items/{feature_id}", "self", layer.title.en, MEDIA_TYPE),
        link(base, "collection", layer.title.en),
    ]
    told = json.dumps({"synthetic": row[1], "links": links}, ensure_ascii=False)[1:].encode()
    return Response(row[0][:-1] + b"," + told, media_type=MEDIA_TYPE)


def _links(request: Request, base: str, question: ItemsQuestion, last: int | None) -> list[Any]:
    asked = dict(request.query_params)
    links = [
        link(f"{base}/items" + (f"?{urlencode(asked)}" if asked else ""), "self", "This page", MEDIA_TYPE),
        link(base, "collection", "Collection"),
    ]
    if last is not None:
        following = urlencode({**asked, "limit": question.limit, "after": last})
        links.append(link(f"{base}/items?{following}", "next", "Next page", MEDIA_TYPE))
    return links
