"""Addresses that open the same view for everybody: a parcel under ``/thua``, a kept answer under ``/d``.

The page is that of the map, and its script asks what the address says. What is not there is said in words on
a page with status 404, and to a program as a problem.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import psycopg
from fastapi import APIRouter, Path
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.errors import BadParameter, NotFound, Problem
from gis_platform.layer.text import Language
from layers.planning import Question, find
from layers.planning.kept import open_kept
from web_map.caller import AskedLanguage, MapCaller

Page = Callable[[Request, Caller, Language], Response]
_MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such thing."}}


AnswerId = Annotated[str, Path(min_length=1, max_length=40, description="As the answer tells it.")]
Identifier = Annotated[str, Path(min_length=1, max_length=40, description="12-character parcel identifier.")]
Unit = Annotated[
    str,
    Path(
        min_length=1,
        max_length=80,
        description="A ward or commune of any day: a code, or a name such as phuong-5.",
    ),
]
Number = Annotated[str, Path(min_length=1, max_length=40, description="As written on the certificate.")]


def add_deep_links(router: APIRouter, city: City, page: Page) -> None:
    """Add the routes; they look into the database of the application."""

    async def answered(
        request: Request, caller: Caller, language: Language, looked_for: Question | str
    ) -> Response:
        fault = await _look(request, caller, city, looked_for, language)
        if fault is not None and "text/html" not in request.headers.get("accept", ""):
            raise fault
        answer = page(request, caller, language)
        answer.headers.add_vary_header("Accept")
        if fault is not None:
            answer.status_code = 404
        return answer

    @router.get(
        "/d/{answer_id}", response_class=HTMLResponse, summary="A kept answer on the map", responses=_MISSING
    )
    async def kept(
        request: Request, caller: MapCaller, language: AskedLanguage, answer_id: AnswerId
    ) -> Response:
        return await answered(request, caller, language, answer_id)

    @router.get(
        "/thua/{identifier}", response_class=HTMLResponse, summary="A parcel on the map", responses=_MISSING
    )
    async def identified(
        request: Request, caller: MapCaller, language: AskedLanguage, identifier: Identifier
    ) -> Response:
        return await answered(request, caller, language, Question(identifier=identifier))

    @router.get(
        "/thua/{unit}/{sheet}/{parcel}",
        response_class=HTMLResponse,
        summary="A parcel on the map, by a number of any day",
        responses=_MISSING,
    )
    async def numbered(
        request: Request,
        caller: MapCaller,
        language: AskedLanguage,
        unit: Unit,
        sheet: Number,
        parcel: Number,
    ) -> Response:
        return await answered(request, caller, language, Question(unit=unit, sheet=sheet, parcel=parcel))


async def _look(
    request: Request, caller: Caller, city: City, looked_for: Question | str, language: Language
) -> Problem | None:
    """Why there is no such thing; None where there is, and while the database is away: then nobody knows, and
    the page tells what its script meets.
    """
    database = getattr(request.app.state, "database", None)
    if database is None:
        return None
    try:
        async with database.unit_of_work(caller) as work:
            if isinstance(looked_for, str):
                await open_kept(work, looked_for, language)
            else:
                await find(work, replace(looked_for, language=language), city)
    except (NotFound, BadParameter) as fault:
        return fault
    except (psycopg.Error, DBAPIError):
        return None
    return None
