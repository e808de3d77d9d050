"""The published schema of the answer, and the link that leads from an answer to it."""

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from api.dependencies import CurrentSettings
from layers.planning.schema import ADDRESS, MEDIA_TYPE, answer_schema

router = APIRouter(tags=["planning"])


@router.get(
    ADDRESS,
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}},
    summary="JSON Schema of the planning answer",
)
async def schema(settings: CurrentSettings) -> Response:
    """JSON Schema, draft 2020-12: every member of an answer, its unit and its grid."""
    return JSONResponse(
        answer_schema(settings.address), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-cache"}
    )


def schema_link(root: str) -> str:
    """The schema as a link beside an answer (RFC 8288, ``describedby``)."""
    return f'<{root}{ADDRESS}>; rel="describedby"; type="{MEDIA_TYPE}"'


def _linked(response: Response, settings: CurrentSettings) -> None:
    response.headers.append("Link", schema_link(settings.address))


#: Of a route that gives an answer.
DESCRIBED: list[Any] = [Depends(_linked)]
