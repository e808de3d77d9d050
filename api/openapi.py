"""The OpenAPI document: FastAPI's own routes and, beside them, the hot paths."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

_PROBLEM = {
    "description": "What is wrong and what to do, as problem+json (RFC 9457).",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string"},
                    "parameter": {"type": "string"},
                },
            }
        }
    },
}


def _parameter(name: str, where: str, description: str, kind: str = "string") -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": description,
        "schema": {"type": kind},
    }


_TIMES = (
    _parameter("as_of", "query", "Day on which it held, for layers with history."),
    _parameter("known_at", "query", "Moment as of whose knowledge, for layers with history."),
)
_COLLECTION = _parameter("collection", "path", "Name of a layer, e.g. parcels.")


def _operation(summary: str, media_type: str, parameters: list[dict[str, Any]], *more: str) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": summary, "content": {media_type: {"schema": {}}}}}
    answers |= {status: {"description": "Empty."} for status in more}
    answers |= dict.fromkeys(("400", "401", "403", "404", "503"), _PROBLEM)
    return {"get": {"tags": ["OGC API"], "summary": summary, "parameters": parameters, "responses": answers}}


HOT_PATHS: dict[str, dict[str, Any]] = {
    "/ogc/collections/{collection}/items": _operation(
        "Features of a collection",
        "application/geo+json",
        [
            _COLLECTION,
            _parameter("limit", "query", "Features a page, 1 to 10000; 100 if not given.", "integer"),
            _parameter("after", "query", "Id after which the page starts.", "integer"),
            _parameter("bbox", "query", "west,south,east,north in WGS 84 degrees."),
            *_TIMES,
            _parameter("f", "query", "json"),
        ],
    ),
    "/ogc/collections/{collection}/items/{feature}": _operation(
        "One feature",
        "application/geo+json",
        [_COLLECTION, _parameter("feature", "path", "Id of the feature.", "integer")],
    ),
    "/ogc/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}": _operation(
        "A Mapbox vector tile",
        "application/vnd.mapbox-vector-tile",
        [
            _COLLECTION,
            _parameter("z", "path", "Tile matrix (zoom).", "integer"),
            _parameter("y", "path", "Tile row.", "integer"),
            _parameter("x", "path", "Tile column.", "integer"),
            *_TIMES,
        ],
        "204",
        "304",
    ),
}


def describe(app: FastAPI) -> None:
    """Give the application its document."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes
            )
            for path, operations in HOT_PATHS.items():
                schema["paths"].setdefault(path, {}).update(operations)
            for operations in schema["paths"].values():
                for operation in operations.values():
                    operation["responses"].pop("422", None)
                    operation["responses"].setdefault("400", _PROBLEM)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]
