"""A list of cases as a file: CSV sent as it is read, XLSX written to the disk first."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.responses import Response, StreamingResponse

from api.cases.asking import Staff, Today
from api.cases.lists import wanted_of
from api.dependencies import CurrentCity, CurrentDatabase
from api.parameters import Lang
from gis_platform.access.caller import Caller
from gis_platform.casework.case import Case
from gis_platform.casework.export import as_csv, as_xlsx
from gis_platform.casework.listing import Wanted, every_row, page_of
from gis_platform.database.pools import Database

router = APIRouter(prefix="/api/cases", tags=["cases"])

CSV = "text/csv; charset=utf-8; header=present"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Filtered = Annotated[Wanted, Depends(wanted_of)]


@asynccontextmanager
async def _rows(
    database: Database, caller: Caller, wanted: Wanted, today: date
) -> AsyncIterator[AsyncIterator[Case]]:
    """The cases in a transaction of their own, which lasts as long as the file is written."""
    async with database.unit_of_work(caller) as work, every_row(work, wanted, today) as cases:
        yield cases


def _named(ending: str, city: str, today: date) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{city}-cases-{today}.{ending}"'}


def _file(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type.partition(";")[0]: {}}, "description": "The file."}}


@router.get("/list.csv", response_class=StreamingResponse, responses=_file(CSV))
async def csv_file(
    database: CurrentDatabase,
    caller: Staff,
    city: CurrentCity,
    today: Today,
    wanted: Filtered,
    lang: Lang = "vi",
) -> StreamingResponse:
    """Every case of a list as CSV, sent while it is read; what would be a formula is text. It holds no
    applicant.
    """
    async with database.unit_of_work(caller) as work:
        # What is wrong with the question is said before the file begins.
        await page_of(work, wanted, today, after=None, limit=1)
    zone = ZoneInfo(city.timezone)

    async def pieces() -> AsyncIterator[bytes]:
        async with _rows(database, caller, wanted, today) as cases:
            async for piece in as_csv(cases, today, zone, lang):
                yield piece

    return StreamingResponse(pieces(), media_type=CSV, headers=_named("csv", city.name, today))


@router.get("/list.xlsx", response_class=Response, responses=_file(XLSX))
async def xlsx_file(
    database: CurrentDatabase,
    caller: Staff,
    city: CurrentCity,
    today: Today,
    wanted: Filtered,
    lang: Lang = "vi",
) -> Response:
    """Every case of a list as a workbook, with days as days. It holds no applicant."""
    with TemporaryDirectory(prefix="gis-cases-") as folder:
        file = Path(folder) / "cases.xlsx"
        async with _rows(database, caller, wanted, today) as cases:
            await as_xlsx(cases, today, ZoneInfo(city.timezone), lang, file)
        content = file.read_bytes()
    return Response(content, media_type=XLSX, headers=_named("xlsx", city.name, today))
