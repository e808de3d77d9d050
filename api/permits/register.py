"""The register of permits for everybody, as data, table and page; precedents; the day building began."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.encoders import jsonable_encoder
from pydantic import Field
from starlette.responses import JSONResponse, Response, StreamingResponse

from api.cases.asking import Today
from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase, Work
from api.house_numbers.proposing import ParcelAsked, PointAsked
from api.ogc.representations import html_page
from api.parameters import Lang, parse_date, parse_feature_id, parse_point
from api.permits.officers import Officer
from api.said import Said, Words
from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.database.pools import Database
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language, Text
from gis_platform.spreadsheet import BOM, csv_lines
from layers.permits.listing import Wanted, csv_rows, page_of, precedents
from layers.permits.starting import note_start
from layers.planning.asking.refusing import refusal

router = APIRouter()

_CSV = "text/csv; charset=utf-8; header=present"
_PIECE = 200
_DAY = "Day of issue, YYYY-MM-DD."
_ONE_PLACE = Text(
    "Hãy cho biết đúng một trong hai: parcel (mã thửa đất) hoặc point (kinh độ, vĩ độ).",
    "Give one of the two: parcel (its id), or point (longitude,latitude).",
)
_BACKWARDS = Text("Ngày đầu phải trước hoặc bằng ngày cuối.", "from lies after to.")
_OUTSIDE = Text("Điểm nằm ngoài thành phố.", "The point lies outside the city.")


def wanted_of(
    unit: Annotated[str | None, Query(max_length=20, description="Code of a ward.")] = None,
    first: Annotated[str | None, Query(alias="from", max_length=10, description=_DAY)] = None,
    last: Annotated[str | None, Query(alias="to", max_length=10, description=_DAY)] = None,
    state: Annotated[
        Literal["valid", "adjusted", "expired", "revoked", ""] | None,
        Query(description="As it is today; an issued permit that was not begun in time is `expired`."),
    ] = None,
    q: Annotated[
        str | None, Query(max_length=100, description="Number or address; accents may be left out.")
    ] = None,
    lang: Lang = "vi",
) -> Wanted:
    """The permits that a query asks for. What a form left empty asks for nothing."""
    days = [parse_date(text, name) if text else None for text, name in ((first, "from"), (last, "to"))]
    if days[0] and days[1] and days[0] > days[1]:
        raise refusal(BadParameter, _BACKWARDS, lang, parameter="from")
    return Wanted(unit_code=unit or None, first=days[0], last=days[1], state=state or None, text=q or None)


Filtered = Annotated[Wanted, Depends(wanted_of)]
After = Annotated[str | None, Query(max_length=40, description="The `next` of the page before.")]


class Begun(Said):
    """The day on which building began."""

    started_on: Words = Field(max_length=10, description="YYYY-MM-DD, as the builder notified it.")


@router.get("/api/permits", tags=["permits"], summary="The register of permits")
async def listed(
    work: Work,
    database: CurrentDatabase,
    caller: CurrentCaller,
    city: CurrentCity,
    today: Today,
    wanted: Filtered,
    after: After = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    f: Annotated[Literal["json", "csv"], Query(description="json, or csv for every row.")] = "json",
    lang: Lang = "vi",
) -> Any:
    """Permits by the day of issue, the newest first, page by page (`next`); as CSV all of them. No person is
    named.
    """
    permits, mark = await page_of(work, wanted, today, lang, after=after, limit=limit)
    if f == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{city.name}-permits-{today}.csv"'}
        pieces = _pieces(database, caller, wanted, today, lang)
        return StreamingResponse(pieces, media_type=_CSV, headers=headers)
    return {"permits": permits, "next": mark}


@router.get("/api/permits/precedents", tags=["permits"], summary="Permits issued near by")
async def near(
    work: Work,
    city: CurrentCity,
    today: Today,
    parcel: ParcelAsked = None,
    point: PointAsked = None,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Permits in force within 300 m where the most detailed plan means the same function, nearest first."""
    if (parcel is None) == (point is None):
        raise refusal(BadParameter, _ONE_PLACE, lang, parameter="parcel" if parcel is None else "point")
    if parcel is not None:
        return await precedents(work, today, lang, parcel=parse_feature_id(parcel, "parcel"))
    return await precedents(work, today, lang, point=_inside(city, point or "", lang))


@router.post(
    "/api/permits/{permit}/start",
    tags=["permits"],
    summary="Note that building has begun",
    responses={404: {"description": "There is no such permit."}, 409: {"description": "It had lapsed."}},
)
async def begun(
    work: Work,
    _: Officer,
    today: Today,
    permit: Annotated[int, Path(ge=1, le=2**63 - 1, description="Id of the permit.")],
    body: Begun,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """Note the day on which building began: a permit that was begun in time does not expire. Audited."""
    return await note_start(work, permit, parse_date(body.started_on, "started_on"), today, lang)


@router.get("/giay-phep", tags=["permits"], summary="The register of permits, for people")
async def page(
    request: Request,
    work: Work,
    today: Today,
    wanted: Filtered,
    after: After = None,
    f: Annotated[Literal["html", "json"], Query(description="html (if not given) or json.")] = "html",
    lang: Lang = "vi",
) -> Response:
    """Search and list of permits as a page; a permit that has a paper leads to it."""
    permits, mark = await page_of(work, wanted, today, lang, after=after, limit=25)
    told = {"permits": permits, "next": mark}
    if f == "json":
        return JSONResponse(jsonable_encoder(told), headers={"Content-Language": lang})
    left_out = ("after", "f", "lang")
    kept = [(name, value) for name, value in request.query_params.items() if name not in left_out]
    return html_page(request, "permits", lang, document=told, kept=kept)


async def _pieces(
    database: Database, caller: Caller, wanted: Wanted, today: date, lang: Language
) -> AsyncIterator[bytes]:
    """The whole list, a page a transaction: nobody waits for who reads slowly."""
    yield BOM.encode() + csv_lines(csv_rows([], lang, head=True))
    mark: str | None = None
    while True:
        async with database.unit_of_work(caller) as work:
            permits, mark = await page_of(work, wanted, today, lang, after=mark, limit=_PIECE)
        yield csv_lines(csv_rows(permits, lang, head=False))
        if mark is None:
            return


def _inside(city: City, point: str, lang: Language) -> tuple[float, float]:
    lon, lat = parse_point(point)
    if not city.envelope.contains(lon, lat, 0.1):
        raise refusal(BadParameter, _OUTSIDE, lang, parameter="point")
    return lon, lat
