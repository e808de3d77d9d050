"""The console's pages. Who has not signed in gets the form there, and goes on from the same address."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from gis_platform.city import City
from gis_platform.layer import Layer
from layers.planning.drafts.columns import codes_told, columns_told
from web_map.assets.files import MapFiles
from web_map.caller import AskedLanguage, MapCaller
from web_map.staff.answering import answer_page
from web_map.staff.case_pages import add_case_pages
from web_map.staff.grids import grids_told
from web_map.staff.page import Console
from web_map.staff.parts import CALENDAR, DELIVERIES, DRAFTS, HOME, REMARKS
from web_map.staff.street_pages import add_street_pages

DeliveryId = Annotated[int, Path(ge=1, le=2**63 - 1)]
RemarkId = Annotated[int, Path(ge=1, le=2**63 - 1)]
DraftId = Annotated[int, Path(ge=1, le=2**31 - 1)]


def add_staff_routes(router: APIRouter, city: City, layers: Mapping[str, Layer], files: MapFiles) -> None:
    """Pages are for people: they stand in no list of the API's routes."""
    console = Console(city, layers, files)

    @router.get("/staff", include_in_schema=False)
    def home(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(console, request, caller, language, "home", HOME)

    @router.get("/staff/deliveries", include_in_schema=False)
    def inbox(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(console, request, caller, language, "deliveries", DELIVERIES)

    @router.get("/staff/deliveries/new", include_in_schema=False)
    def take_in(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(console, request, caller, language, "take_in", DELIVERIES)

    @router.get("/staff/deliveries/{delivery}", include_in_schema=False)
    def delivery(
        request: Request, caller: MapCaller, language: AskedLanguage, delivery: DeliveryId
    ) -> Response:
        return answer_page(console, request, caller, language, "delivery", DELIVERIES, delivery=delivery)

    @router.get("/staff/drafts", include_in_schema=False)
    def drafts(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(
            console,
            request,
            caller,
            language,
            "drafts",
            DRAFTS,
            grids=grids_told(city, language),
            columns=columns_told(language),
            codes=codes_told(language),
        )

    @router.get("/staff/drafts/{draft}", include_in_schema=False)
    def draft(request: Request, caller: MapCaller, language: AskedLanguage, draft: DraftId) -> Response:
        grids = grids_told(city, language)
        return answer_page(console, request, caller, language, "draft", DRAFTS, draft=draft, grids=grids)

    @router.get("/staff/remarks", include_in_schema=False)
    def remarks(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(console, request, caller, language, "remarks", REMARKS)

    @router.get("/staff/remarks/{remark}", include_in_schema=False)
    def remark(request: Request, caller: MapCaller, language: AskedLanguage, remark: RemarkId) -> Response:
        return answer_page(console, request, caller, language, "remark", REMARKS, remark=remark)

    @router.get("/staff/calendar", include_in_schema=False)
    def calendar(request: Request, caller: MapCaller, language: AskedLanguage) -> Response:
        return answer_page(console, request, caller, language, "calendar", CALENDAR, year=city.today().year)

    add_case_pages(router, console)
    add_street_pages(router, console)
