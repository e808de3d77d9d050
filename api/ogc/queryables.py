"""What can be asked for in a filter, and by what features can be sorted (OGC API Features, parts 3 and 5)."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.dependencies import CurrentCaller, CurrentSettings
from api.ogc.asked_layer import AskedLayer
from api.ogc.property_schema import (
    GEOMETRY_NAME,
    MEDIA_TYPE,
    as_document,
    feature_properties,
    kind_of_property,
)
from api.ogc.representations import Asked
from gis_platform.filtering import Kind
from gis_platform.filtering.scope import ID_NAME
from gis_platform.layer.text import Text

router = APIRouter(prefix="/ogc/collections/{collection}", tags=["OGC API"])

_QUERYABLES = Text("{}: thuộc tính dùng để lọc", "{}: properties to filter by")
_SORTABLES = Text("{}: thuộc tính dùng để sắp xếp", "{}: properties to sort by")
_ONLY_NULL = Text("Chỉ hỏi được IS NULL hay IS NOT NULL.", "Can only be asked IS NULL or IS NOT NULL.")
_ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}}
_PER_CALLER = "Accept, Authorization, Cookie"


@router.get("/queryables", summary="Properties to filter by", responses=_ANSWER, response_class=Response)
async def queryables(
    layer: AskedLayer, caller: CurrentCaller, settings: CurrentSettings, asked: Asked
) -> Response:
    """A JSON schema of what ``filter`` may speak of: what the caller sees, the id and the geometry."""
    properties = feature_properties(layer, caller.role, asked.language)
    for one in layer.properties_for(caller.role):
        if kind_of_property(layer, one.name) is Kind.STRUCTURE:
            properties[one.name]["description"] = _ONLY_NULL.in_language(asked.language)
    heading = _QUERYABLES.in_language(asked.language).format(layer.title.in_language(asked.language))
    address = f"{settings.address}/ogc/collections/{layer.name}/queryables"
    document = as_document(layer, address, heading, asked.language, properties)
    answer = asked.answer("properties", document, media_type=MEDIA_TYPE, heading=heading)
    answer.headers["Vary"] = _PER_CALLER
    return answer


@router.get("/sortables", summary="Properties to sort by", responses=_ANSWER, response_class=Response)
async def sortables(
    layer: AskedLayer, caller: CurrentCaller, settings: CurrentSettings, asked: Asked
) -> Response:
    """A JSON schema of what ``sortby`` may name: what the caller sees and what has an order."""
    properties = {
        name: schema
        for name, schema in feature_properties(layer, caller.role, asked.language).items()
        if name not in (ID_NAME, GEOMETRY_NAME) and kind_of_property(layer, name) is not Kind.STRUCTURE
    }
    heading = _SORTABLES.in_language(asked.language).format(layer.title.in_language(asked.language))
    address = f"{settings.address}/ogc/collections/{layer.name}/sortables"
    document = as_document(layer, address, heading, asked.language, properties)
    answer = asked.answer("properties", document, media_type=MEDIA_TYPE, heading=heading)
    answer.headers["Vary"] = _PER_CALLER
    return answer
