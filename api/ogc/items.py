"""Features of a collection: a page keyed by id or by the order asked for, GeoJSON unless asked otherwise."""

import json
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from api.ogc.access import hidden_rows
from api.ogc.answers import Answer
from api.ogc.asked_layer import find_layer
from api.ogc.formats import items_as, wanted
from api.ogc.question import parse_items_question
from api.ogc.reading_pages import MEDIA_TYPE, page_links, read_page
from api.ogc.systems import crs_member
from gis_platform.serving.page import exactly

_TYPE = (b"content-type", MEDIA_TYPE.encode())
_VARY = (b"vary", b"Authorization, Cookie, X-API-Key, Accept")


async def items(request: Request) -> Answer | Response:
    """A page of features with the exact ``numberMatched`` and a ``next`` link until the last page.

    Where a condition or a time matches more rows than are worth counting, ``numberMatched`` is left out.
    """
    caller = request.state.caller
    layer = await find_layer(request, request.path_params["collection"])
    question = parse_items_question(request.query_params, layer, caller.role, request.app.state.city)
    media = wanted(request)
    if media != "geojson":
        return await items_as(request, question, media)
    row = await read_page(request, question)
    matched, returned, more, last, synthetic, features = row
    base = f"{request.app.state.settings.address}/ogc/collections/{layer.name}"
    exact = exactly(matched, question.selection)
    head = {
        "type": "FeatureCollection",
        **({} if exact is None else {"numberMatched": exact}),
        "numberReturned": returned,
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": page_links(request, base, question, last if more else None),
        "synthetic": synthetic,
        "hidden": [p.name for p in layer.hidden_from(caller.role)],
        **hidden_rows(layer, caller.role),
        **crs_member(question.selection.out),
    }
    start = json.dumps(head, ensure_ascii=False)[:-1].encode()
    crs = (b"content-crs", f"<{question.selection.out.uri}>".encode())
    return Answer(200, [_TYPE, crs, _VARY], start + b',"features":[' + features + b"]}")
