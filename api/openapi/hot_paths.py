"""The hot paths in the document: they stand ahead of FastAPI, which cannot tell of them."""

import re
from typing import Any

from api import here
from api.ogc import hot, item, items, tiles
from api.openapi.hot_parameters import IN_PATH, IN_QUERY, MEDIA_TYPES, MORE_ANSWERS

ENDPOINTS: dict[str, hot.Endpoint] = {
    hot.ITEMS: items.items,
    hot.ITEM: item.item,
    hot.TILE: tiles.tile,
    hot.HERE: here.here,
}


def hot_operations() -> dict[str, dict[str, Any]]:
    """The operation of each hot path, by path; all are asked by GET."""
    return {path: _operation(path, endpoint) for path, endpoint in ENDPOINTS.items()}


def _operation(path: str, endpoint: hot.Endpoint) -> dict[str, Any]:
    said = " ".join((endpoint.__doc__ or "").split())
    summary = re.split(r"[.;:,]", said)[0]
    content = {media: {"schema": schema} for media, schema in MEDIA_TYPES[path].items()}
    answers: dict[str, Any] = {"200": {"description": summary, "content": content}}
    answers |= {status: {"description": why} for status, why in MORE_ANSWERS.get(path, {}).items()}
    return {
        "tags": ["OGC API" if path.startswith("/ogc/") else "planning"],
        "summary": summary,
        "description": said,
        "operationId": f"{path.strip('/').split('/')[-1].strip('{}')}_of_hot_path",
        "parameters": [
            *(IN_PATH[name] for name in re.findall(r"{(\w+)}", path)),
            *IN_QUERY[path],
        ],
        "responses": answers,
    }
