"""The schema of a layer's features as they are read and written (OGC API Features, part 5)."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.dependencies import CurrentCaller, CurrentSettings
from api.ogc.asked_layer import AskedLayer
from api.ogc.property_schema import GEOMETRY_NAME, MEDIA_TYPE, as_document, feature_properties
from api.ogc.representations import Asked
from gis_platform.filtering.scope import ID_NAME
from gis_platform.layer.text import Text

router = APIRouter(prefix="/ogc/collections/{collection}", tags=["OGC API"])

_HEADING = Text("{}: cấu trúc của đối tượng", "{}: schema of the features")
_ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}}


@router.get("/schema", summary="Schema of the features", responses=_ANSWER, response_class=Response)
async def schema(
    layer: AskedLayer, caller: CurrentCaller, settings: CurrentSettings, asked: Asked
) -> Response:
    """A JSON schema of a feature as the caller is shown it: what is always there, what may be null, and what
    the platform writes itself.
    """
    properties = feature_properties(layer, caller.role, asked.language)
    properties[ID_NAME]["readOnly"] = True
    required = [ID_NAME]
    for one in layer.properties_for(caller.role):
        told = properties[one.name]
        if not layer.column(one.name).nullable:
            required.append(one.name)
            continue
        told["type"] = [told["type"], "null"]
        if "enum" in told:
            told["enum"] = [*told["enum"], None]
    heading = _HEADING.in_language(asked.language).format(layer.title.in_language(asked.language))
    address = f"{settings.address}/ogc/collections/{layer.name}/schema"
    document = as_document(layer, address, heading, asked.language, properties)
    document["required"] = [*required, GEOMETRY_NAME]
    answer = asked.answer("properties", document, media_type=MEDIA_TYPE, heading=heading)
    answer.headers["Vary"] = "Accept, Authorization, Cookie"
    return answer
