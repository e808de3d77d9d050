"""Many look-ups from a table of addresses or numbers."""

import time
from collections.abc import AsyncIterator
from threading import BoundedSemaphore
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.dependencies import CurrentCaller, CurrentCity, CurrentDatabase
from api.parameters import Lang
from gis_platform.audit.record import record
from gis_platform.errors import Unavailable
from layers.planning.batch import answered, read_table

router = APIRouter(prefix="/api/planning", tags=["planning"])

ADDRESS = "/api/planning/batch"
MOST_ROWS, MOST_ROWS_OF_THE_PUBLIC = 20_000, 1_000
_CSV = "text/csv"
_place = BoundedSemaphore(1)
"""One table at a time in a process: it takes a core for as long as it lasts."""
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "CSV with a row of heads: address; or sheet, parcel and unit; or identifier.",
        "content": {
            _CSV: {
                "schema": {"type": "string"},
                "example": "Địa chỉ\r\n12/5 Ấp Bắc\r\n73B Hùng Vương, P.7\r\n",
            }
        },
    }
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {_CSV: {"schema": {"type": "string"}}},
        "description": "A row for each row sent, in order.",
    },
    503: {"description": "Another table is being answered."},
}


class Answer(StreamingResponse):
    """Holds the place until its rows are done or its caller is gone."""

    def __init__(self, rows: AsyncIterator[bytes], headers: dict[str, str]) -> None:
        self._holds = True
        super().__init__(self._until_done(rows), media_type=f"{_CSV}; charset=utf-8", headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()

    async def _until_done(self, rows: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for some in rows:
            yield some
        # Before the end is told: who sends the next table at once would find the place taken.
        self._leave()

    def _leave(self) -> None:
        if self._holds:
            self._holds = False
            _place.release()


@router.post("/batch", response_class=Response, responses=_ANSWERS, openapi_extra=_BODY)
async def batch(
    request: Request,
    database: CurrentDatabase,
    caller: CurrentCaller,
    city: CurrentCity,
    lang: Lang = "vi",
) -> Response:
    """A table of addresses or parcel numbers, answered row by row: the parcel, how sure that is, its planned
    function, the verdict, the plan that governs. A row that cannot be read or found says why in its own row.
    Nothing of it is kept, and rows have no receipts.
    """
    most = MOST_ROWS if caller.signed_in else MOST_ROWS_OF_THE_PUBLIC
    table = read_table(await request.body(), most, lang)
    if caller.signed_in:
        async with database.unit_of_work(caller) as work:
            await record(work, "planning.batch", "planning-batch", {"rows": len(table.rows)})
    name = f"tra-cuu-{time.strftime('%Y%m%d-%H%M', time.gmtime())}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    if not _place.acquire(blocking=False):
        raise Unavailable(
            "Another table is being answered now; try again in a minute.",
            retry_after=30,
            detail_vi="Hệ thống đang tra cứu một bảng khác. Hãy thử lại sau một phút.",
        )
    return Answer(answered(database, caller, table, city, lang), headers)
