"""Planning look-up: which plans touch a parcel, and how old the data is."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic_core import to_json
from starlette.responses import Response

from api.answers.told import receipt
from api.dependencies import Asking, CurrentCity, CurrentSettings
from api.parameters import Lang
from api.planning.asked import read_question, read_times
from api.planning.body import BODY, read_body
from api.planning.bounds import bound_answers, room_for_answer
from api.planning.reading import LONGEST
from api.planning.schema import schema_link
from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from gis_platform.settings import Settings
from layers.planning import Question, Times, answer_for, find
from layers.planning.kept import Kept, asked_as_kept, keep, kept_already

router = APIRouter(prefix="/api/planning", tags=["planning"])


def _named(name: str, description: str) -> Any:
    """A text whose length is told here and held to in the caller's language."""
    return Query(description=description, json_schema_extra={"maxLength": LONGEST[name]})


_AS_WRITTEN = "As written on the certificate, today's or an old one."


@dataclass(frozen=True, slots=True)
class Named:
    """A question by the parameters of an address: what was given, and what it means."""

    given: dict[str, Any]
    times: Times
    question: Question


async def named(
    point: Annotated[str | None, _named("point", "lon,lat in WGS 84 degrees.")] = None,
    sheet: Annotated[str | None, _named("sheet", _AS_WRITTEN)] = None,
    parcel: Annotated[str | None, _named("parcel", _AS_WRITTEN)] = None,
    unit: Annotated[str | None, _named("unit", "Code or name of a ward, old or new.")] = None,
    issued: Annotated[
        str | None, _named("issued", "Day of the paper on which the number stands; else any day.")
    ] = None,
    identifier: Annotated[str | None, _named("identifier", "12-character parcel identifier.")] = None,
    address: Annotated[
        str | None, _named("address", "House number and street, with or without ward.")
    ] = None,
    as_of: Annotated[str | None, _named("as_of", "The day asked about; else today.")] = None,
    known_at: Annotated[str | None, _named("known_at", "As it was known at this moment; else now.")] = None,
    lang: Lang = "vi",
) -> Named:
    """The question, or a refusal in the language that is asked for."""
    given = {
        "point": point,
        "sheet": sheet,
        "parcel": parcel,
        "unit": unit,
        "issued": issued,
        "identifier": identifier,
        "address": address,
    }
    return Named(given, read_times({"as_of": as_of, "known_at": known_at}, lang), read_question(given, lang))


AskedByName = Annotated[Named, Depends(named)]


@router.get("/lookup", response_model=dict[str, Any])
async def lookup(
    request: Request, work: Asking, city: CurrentCity, settings: CurrentSettings, asked: AskedByName
) -> Response:
    """Parcels, the zones that share ground with them, and the date and age of every source.

    A number is followed from the paper to the parcels of the day asked about: ``path`` tells how. It may name
    several: all are answered and ``ambiguous`` is true. Nothing found is a 404 that says what to try. The
    answer is kept: ``receipt`` names it, and ``/answers/{id}`` opens it again.
    """
    return _told(await answer_to(request, work, city, settings, asked), settings)


@router.post("/lookup", openapi_extra=BODY, response_model=dict[str, Any])
async def lookup_of_body(
    request: Request, work: Asking, city: CurrentCity, settings: CurrentSettings
) -> Response:
    """The same for what fits no address: a drawn ``area``, a table of ``corners``, several ``parcels`` as one
    site; and all that the address takes.
    """
    held, language = read_body(await request.body())
    times = read_times(held, language)
    given = {name: value for name, value in held.items() if name not in ("as_of", "known_at", "lang")}
    asked = Named(given, times, read_question(given, language, in_body=True))
    return _told(await answer_to(request, work, city, settings, asked), settings)


def _told(answer: dict[str, Any], settings: Settings) -> Response:
    """Straight to bytes: FastAPI would look at each value in turn first, and has nothing to find."""
    headers = {"Link": schema_link(settings.address)}
    return Response(to_json(answer), media_type="application/json", headers=headers)


async def answer_to(
    request: Request, work: UnitOfWork, city: City, settings: Settings, asked: Named
) -> dict[str, Any]:
    """The answer, kept, with its receipt."""
    question, times = asked.question, asked.times
    language: Language = question.language
    found = await find(work, question, city, times)
    today = city.today()
    answer = await answer_for(work, found.ids, today, language, times=times, ground=found.ground)
    document = {
        "query": asked_as_kept(asked.given, found),
        "language": language,
        "ambiguous": found.ambiguous,
        "notices": [notice.in_language(language) for notice in found.notices],
        "path": [step.document(language) for step in found.path],
        **answer,
    }
    kept = await _kept(request, work, document, language)
    return {"id": kept.id, **document, "receipt": receipt(kept, settings.address)}


async def _kept(request: Request, work: UnitOfWork, document: dict[str, Any], language: Language) -> Kept:
    """Whoever has no room for a new answer is given one that is kept already, and else refused."""
    room = room_for_answer(request, work.caller)
    kept = await (keep if room else kept_already)(work, document, language)
    if kept is None or kept.new:
        bound_answers(request, work.caller, language)
    return kept or await keep(work, document, language)
