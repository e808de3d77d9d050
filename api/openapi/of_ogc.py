"""The part of the document that is OGC API, its paths as the standards name them, properties as parameters.

GDAL and QGIS look in it for ``/collections/{name}/items``: what a collection takes, how large a page may be.
"""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.dependencies import CurrentCaller, CurrentLayers, CurrentSettings
from api.ogc.access import may_read
from api.ogc.property_schema import kind_of_property
from api.ogc.question import OWN
from api.openapi.document import MEDIA_TYPE
from api.parameters import MAX_LIMIT
from gis_platform.access.roles import Role
from gis_platform.filtering import Kind
from gis_platform.layer.declaration import Layer
from gis_platform.serving.filterable import filterable

router = APIRouter(tags=["OGC API"])

_ROOT = "/ogc"
_ITEMS = "/collections/{collectionId}/items"
_NAMES = {"collection": "collectionId", "feature": "featureId", "record": "recordId"}
"""Names in an address as the standards write them."""
_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
}


@router.get(
    f"{_ROOT}/api",
    summary="API description",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}},
)
async def ogc_description(
    request: Request, caller: CurrentCaller, layers: CurrentLayers, settings: CurrentSettings
) -> Response:
    """The OGC API of this city in OpenAPI 3.0, with the parameters of each collection the caller may see."""
    seen = [layer for layer in layers.values() if may_read(layer, caller)]
    document = ogc_document(request.app.openapi(), f"{settings.address}{_ROOT}", seen, caller.role)
    headers = {"Cache-Control": "no-cache", "Vary": "Authorization, Cookie, X-API-Key"}
    return JSONResponse(document, media_type=MEDIA_TYPE, headers=headers)


def ogc_document(whole: dict[str, Any], address: str, layers: Iterable[Layer], role: Role) -> dict[str, Any]:
    """The paths of ``whole`` under ``/ogc``, from there on, and one for the items of each layer."""
    paths = {
        _named(path.removeprefix(_ROOT)) or "/": {verb: _renamed(told) for verb, told in operations.items()}
        for path, operations in whole["paths"].items()
        if path == _ROOT or path.startswith(f"{_ROOT}/")
    }
    every = paths[_ITEMS]["get"]
    of_layers = {f"/collections/{one.name}/items": {"get": _items(every, one, role)} for one in layers}
    return {**whole, "servers": [{"url": address}], "paths": {**paths, **of_layers}}


def _named(path: str) -> str:
    for ours, theirs in _NAMES.items():
        path = path.replace(f"{{{ours}}}", f"{{{theirs}}}")
    return path


def _renamed(operation: dict[str, Any]) -> dict[str, Any]:
    told = [
        one | {"name": _NAMES.get(one["name"], one["name"])} if one["in"] == "path" else one
        for one in operation.get("parameters", ())
    ]
    return {**operation, "parameters": told} if told else operation


def _items(every: dict[str, Any], layer: Layer, role: Role) -> dict[str, Any]:
    """The items of one layer: what all take, and its properties in place of "any queryable"."""
    common = [_bounded(one) for one in every["parameters"] if one["in"] == "query" and "style" not in one]
    return {
        **every,
        "operationId": f"items_of_{layer.name}",
        "summary": layer.title.en,
        "parameters": common
        + [_property(layer, name) for name in filterable(layer, role) if name not in OWN],
    }


def _bounded(parameter: dict[str, Any]) -> dict[str, Any]:
    """A page holds no more than the most, though more may be asked for: clients take it for the size."""
    if parameter["name"] != "limit":
        return parameter
    return parameter | {"schema": parameter["schema"] | {"maximum": MAX_LIMIT}}


def _property(layer: Layer, name: str) -> dict[str, Any]:
    (title,) = (one.title.en for one in layer.properties if one.name == name)
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": f"{title}: features with that value.",
        "schema": _TYPES[kind_of_property(layer, name)],
    }
