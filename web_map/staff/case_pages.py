"""The console's pages of cases: the lists, the counter's form, one case."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from web_map.caller import AskedLanguage, MapCaller
from web_map.staff.answering import answer_page
from web_map.staff.grids import corner_grids_told
from web_map.staff.page import Console
from web_map.staff.parts import CASES

Code = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z -]+$")]


def add_case_pages(router: APIRouter, console: Console) -> None:
    """Fixed names before codes."""

    @router.get("/staff/cases", include_in_schema=False)
    def cases(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(console, request, caller, language, "cases", CASES, unit=caller.unit_code)

    @router.get("/staff/cases/new", include_in_schema=False)
    def new_case(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(console, request, caller, language, "case_new", CASES, unit=caller.unit_code)

    @router.get("/staff/cases/{code}", include_in_schema=False)
    def case(request: Request, caller: MapCaller, language: AskedLanguage, code: Code) -> Response:
        return answer_page(
            console,
            request,
            caller,
            language,
            "case",
            CASES,
            code=code,
            unit=caller.unit_code,
            grid=console.city.working_srid,
            grids=corner_grids_told(console.city, language),
        )
