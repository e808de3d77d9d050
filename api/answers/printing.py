"""A kept answer on paper."""

from fastapi import APIRouter

from api.answers.opening import MISSING, AnswerId
from api.answers.told import answer_told
from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase, CurrentSettings
from api.parameters import Lang
from api.planning_extract import PdfResponse, printed
from layers.planning.kept import open_kept
from web_map.extract import read_surroundings

router = APIRouter(prefix="/answers", tags=["planning"])


@router.get("/{answer_id}.pdf", response_class=PdfResponse, responses=MISSING)
async def pdf(
    database: CurrentDatabase,
    caller: CurrentCaller,
    city: CurrentCity,
    settings: CurrentSettings,
    answer_id: AnswerId,
    lang: Lang = "vi",
) -> PdfResponse:
    """A kept answer as an A4 extract, PDF/A-2b, in its own language; ``lang`` is that of a refusal.

    Signed, it is the statement of planning information. What lies around the parcels is drawn as of the
    answer's day.
    """
    async with database.unit_of_work(caller) as work:
        kept = await open_kept(work, answer_id, lang)
        document = answer_told(kept, settings.address)
        around = await read_surroundings(work, document, city)
    return await printed(document, kept.language, city, around)
