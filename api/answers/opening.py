"""Opening kept answers: as they were given, with what has changed since."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import JSONResponse, RedirectResponse

from api.answers.told import answer_told
from api.dependencies import CurrentCity, CurrentSettings, Work
from api.parameters import Lang
from api.planning.schema import DESCRIBED
from api.problem_page import wants_page
from layers.planning.kept import open_kept, since_kept, withheld_told

router = APIRouter(prefix="/answers", tags=["planning"])

AnswerId = Annotated[str, Path(min_length=1, max_length=40, description="As the answer tells it.")]
MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "No answer of this id."}}


_TO_THE_PAGE: dict[int | str, dict[str, Any]] = {
    303: {"description": "To the page of the answer, `/d/{answer_id}`, for a browser (Accept: text/html)."}
}


@router.get(
    "/{answer_id}", responses=MISSING | _TO_THE_PAGE, dependencies=DESCRIBED, response_model=dict[str, Any]
)
async def opened(
    request: Request,
    response: Response,
    work: Work,
    city: CurrentCity,
    settings: CurrentSettings,
    answer_id: AnswerId,
    lang: Lang = "vi",
) -> Any:
    """A kept answer as it was given, its ``receipt``, and in ``since`` what is known otherwise by now of its
    day, and, apart, what is otherwise today.

    ``lang`` is the language of ``since``; the answer itself is in the language it was given in. A browser is
    sent to the page that shows it.
    """
    response.headers["Vary"] = "Accept"
    if wants_page(request):
        chosen = f"?lang={lang}" if "lang" in request.query_params else ""
        page = f"/d/{quote(answer_id, safe='')}{chosen}"
        return RedirectResponse(page, status_code=303, headers={"Vary": "Accept"})
    kept = await open_kept(work, answer_id, lang)
    since = await since_kept(work, kept, city, city.today(), lang)
    return {**answer_told(kept, settings.address), "since": since.told()}


@router.get(
    "/{answer_id}/document",
    response_class=Response,
    responses=MISSING | {200: {"content": {"application/json": {}}, "description": "The kept text."}},
)
async def document(work: Work, answer_id: AnswerId, lang: Lang = "vi") -> Response:
    """The very bytes that the receipt's ``sha256`` is of, for whoever wants to check a copy.

    Where something of it was taken from view, the rest, with ``withheld``, which says so: other bytes.
    """
    kept = await open_kept(work, answer_id, lang)
    if kept.withheld:
        return JSONResponse({**kept.document, **withheld_told(kept)}, headers={"Cache-Control": "no-cache"})
    headers = {"ETag": f'"{kept.sha256}"', "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(kept.text.encode(), media_type="application/json", headers=headers)
