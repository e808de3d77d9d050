"""A kept answer as a file, by the published schema."""

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from starlette.responses import JSONResponse, Response

from api.answers.opening import MISSING, AnswerId
from api.answers.told import answer_told
from api.dependencies import CurrentSettings, Work
from api.parameters import Lang
from api.planning.schema import schema_link
from layers.planning.kept import open_kept
from layers.planning.schema import ADDRESS

router = APIRouter(prefix="/answers", tags=["planning"])


@router.get(
    "/{answer_id}.json",
    response_class=Response,
    responses=MISSING | {200: {"content": {"application/json": {}}, "description": "The kept answer."}},
)
async def kept_file(
    work: Work, settings: CurrentSettings, answer_id: AnswerId, lang: Lang = "vi"
) -> Response:
    """The answer as it was given, with its receipt; ``$schema`` names what it is held against.

    ``lang`` is that of a refusal.
    """
    kept = await open_kept(work, answer_id, lang)
    told = {
        "$schema": f"{settings.address}{ADDRESS}",
        **answer_told(kept, settings.address),
    }
    # Signed later, its receipt says so: asked for again each time.
    headers = {"Cache-Control": "no-cache", "Link": schema_link(settings.address)}
    return JSONResponse(jsonable_encoder(told), headers=headers)
