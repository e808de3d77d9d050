"""Features as pages for people, made of the documents programs get."""

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.ogc.access import hidden_rows
from api.ogc.links import link
from api.ogc.question import ItemsQuestion
from api.ogc.reading_pages import page_links, read_page
from api.ogc.representations import html_page
from gis_platform.errors import BadParameter
from gis_platform.layer.declaration import Layer
from gis_platform.serving.page import exactly


async def items_page(request: Request, question: ItemsQuestion) -> Response:
    """A page of features as a table and a small map."""
    _require_degrees(request)
    matched, returned, more, last, synthetic, features = await read_page(request, question)
    selection = question.selection
    layer, role = selection.layer, selection.role
    document: dict[str, Any] = {
        "type": "FeatureCollection",
        "numberReturned": returned,
        "links": page_links(request, _home(request, layer), question, last if more else None),
        "synthetic": synthetic,
        "hidden": [p.name for p in layer.hidden_from(role)],
        **hidden_rows(layer, role),
    }
    exact = exactly(matched, selection)
    if exact is not None:
        document["numberMatched"] = exact

    def drawn() -> Response:
        document["features"] = json.loads(b"[" + features + b"]")
        return html_page(request, "items", document=document, layer=layer, role=role)

    # A thousand rows take a while to write, and others are waiting.
    return await asyncio.to_thread(drawn)


def item_page(request: Request, layer: Layer, content: bytes, synthetic: bool) -> Response:
    """One feature."""
    _require_degrees(request)
    home = _home(request, layer)
    document = json.loads(content)
    document["synthetic"] = synthetic
    document["links"] = [
        link(f"{home}/items/{document['id']}", "self", layer.title.en, "application/geo+json"),
        link(home, "collection", layer.title.en),
    ]
    return html_page(request, "item", document=document, layer=layer, role=request.state.caller.role)


def _require_degrees(request: Request) -> None:
    if "crs" in request.query_params:
        raise BadParameter("A page for people has no crs; leave it out, or ask for f=json.", parameter="crs")


def _home(request: Request, layer: Layer) -> str:
    return f"{request.app.state.settings.address}/ogc/collections/{layer.name}"
