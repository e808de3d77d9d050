"""Putting the document together: FastAPI's routes, the hot paths, and what holds for all of them."""

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response

from api.openapi.answers import complete, shared_responses
from api.openapi.hot_paths import hot_operations
from api.openapi.schemas import SCHEMAS
from api.openapi.version_3_0 import document_3_0
from api.strict import only_known_parameters
from gis_platform.settings import Settings

ADDRESS = "/api/openapi.json"
MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.0"
_ABOUT = (
    "Spatial data over open standards (OGC API Features, Tiles, Styles, Records). Every refusal is "
    "application/problem+json and names the parameter at fault; HEAD answers as GET does. What a caller sees "
    "depends on who it is: without a sign-in, the public."
)
_WAYS_IN = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of POST /api/auth/token, or a key.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "gis_session",
        "description": "Session of the map.",
    },
}
_LONGEST = {"collection": 80, "feature": 40}
"""Names in an address, for routes that answer longer ones with 404 as they do any other."""


def describe(app: FastAPI) -> None:
    """Give the application its document: ``app.openapi()``, and the route that serves it."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = make_document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]

    async def served() -> Response:
        """This document: OpenAPI 3.0, every route with its parameters and answers."""
        return JSONResponse(app.openapi(), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-cache"})

    served.__name__ = "openapi"
    app.add_api_route(
        ADDRESS,
        served,
        tags=["operations"],
        responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}},
        response_class=Response,
        dependencies=[Depends(only_known_parameters)],
    )


def make_document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.0 document of an application with its settings in place."""
    settings: Settings = app.state.settings
    made = document_3_0(
        get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
    )
    for path, operation in hot_operations().items():
        made["paths"].setdefault(path, {})["get"] = operation
    made["paths"] = dict(sorted(made["paths"].items()))
    for path, operations in made["paths"].items():
        for verb, operation in operations.items():
            for parameter in operation.get("parameters", ()):
                _of_text(parameter["name"], parameter["schema"])
            complete(path, verb, operation)
    made["servers"] = [{"url": settings.address}]
    made["security"] = [{}, *({way: []} for way in _WAYS_IN)]
    components = made.setdefault("components", {})
    components["schemas"] = _used(components.get("schemas", {})) | SCHEMAS
    components["responses"] = shared_responses()
    components["securitySchemes"] = components.get("securitySchemes", {}) | _WAYS_IN
    return made


def _of_text(name: str, schema: dict[str, Any]) -> None:
    """A parameter is text in an address, never null: it is left out. Names of ours have an end."""
    schema.pop("nullable", None)
    if None in schema.get("enum", ()):
        schema["enum"] = [one for one in schema["enum"] if one is not None]
    if schema.get("type") == "string" and name in _LONGEST:
        schema.setdefault("maxLength", _LONGEST[name])


def _used(schemas: dict[str, Any]) -> dict[str, Any]:
    """Without FastAPI's own error, which is never answered here."""
    return {name: s for name, s in schemas.items() if name not in ("HTTPValidationError", "ValidationError")}
