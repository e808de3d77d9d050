"""The console's pages of streets: one is found, its direction stated, its numbers reviewed."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from web_map.caller import AskedLanguage, MapCaller
from web_map.staff.answering import answer_page
from web_map.staff.page import Console
from web_map.staff.parts import STREETS

StreetId = Annotated[int, Path(ge=1, le=2**53 - 1)]


def add_street_pages(router: APIRouter, console: Console) -> None:
    """The list first."""

    @router.get("/staff/streets", include_in_schema=False)
    def streets(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(console, request, caller, language, "streets", STREETS)

    @router.get("/staff/streets/{street}", include_in_schema=False)
    def street(request: Request, caller: MapCaller, language: AskedLanguage, street: StreetId) -> Response:
        return answer_page(console, request, caller, language, "street", STREETS, street=street)
