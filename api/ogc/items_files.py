"""A page of features as a file: read as the caller, written by GDAL beside the event loop."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import psycopg
from starlette.requests import Request
from starlette.responses import Response

from api.ogc.question import ItemsQuestion
from api.ogc.reading import note_personal
from etl.exporting.fields import batch_of, fields_of, schema_of
from etl.exporting.forms import CSV, Form
from etl.exporting.rows import rows_statement
from etl.exporting.telling import Content, Facts, coordinates_uri
from etl.exporting.write import write_file
from gis_platform.access.roles import Role
from gis_platform.city import City, Licence
from gis_platform.errors import Unavailable
from gis_platform.serving.cursor import write_cursor
from gis_platform.serving.selection import Selection

_AT_ONCE, _MOST_WAITING, _PATIENCE_S = 2, 16, 10.0
_CROWDED = "Too many files are being written; please try again shortly."
_ROWS_A_BREATH = 500


async def items_file(request: Request, question: ItemsQuestion, form: Form) -> Response:
    """The page as a download; a ``Link`` header leads to the next one.

    Raises:
        Unavailable: too many files are being written.
    """
    selection = question.selection
    city: City = request.app.state.city
    async with _Turn(request.app.state):
        rows = await _read(request, question)
        page = rows[: question.limit]
        licence = city.licence_of(selection.layer.name)
        content = await asyncio.to_thread(_written, selection, page, licence, form)
    home = f"{request.app.state.settings.address}/ogc/collections/{selection.layer.name}"
    links = [f'<{home}>; rel="collection"']
    if len(rows) > question.limit:
        mark = write_cursor(page[-1][-1], selection)
        following = {**request.query_params, "f": form.key, "limit": question.limit, "after": mark}
        links.insert(0, f'<{home}/items?{urlencode(following)}>; rel="next"; type="{form.media_type}"')
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(selection, form, city)}"',
        "Content-Crs": f"<{coordinates_uri(selection)}>",
        "Link": ", ".join(links),
        "Vary": "Authorization, Cookie, X-API-Key, Accept",
    }
    return Response(content, headers=headers, media_type=content_type(form))


def content_type(form: Form) -> str:
    """The media type with what belongs to it."""
    return f"{form.media_type}; charset=utf-8; header=present" if form is CSV else form.media_type


def file_name(selection: Selection, form: Form, city: City) -> str:
    """City, layer and day, that of the picture where one was asked for."""
    today = city.today()
    day = min(selection.at[0], today) if selection.at else today
    return f"{city.name}-{selection.layer.name}-{day}{form.suffix}"


class _Turn:
    """Few files are written at once, and not many wait, nor for long: each takes a thread and some memory."""

    def __init__(self, state: Any) -> None:
        if not hasattr(state, "file_turns"):
            state.file_turns, state.file_crowd = asyncio.Semaphore(_AT_ONCE), 0
        self.state = state

    async def __aenter__(self) -> None:
        if self.state.file_crowd >= _AT_ONCE + _MOST_WAITING:
            raise Unavailable(_CROWDED, retry_after=5)
        self.state.file_crowd += 1
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self.state.file_turns.acquire()
        except TimeoutError:
            self.state.file_crowd -= 1
            raise Unavailable(_CROWDED, retry_after=5) from None
        except BaseException:
            self.state.file_crowd -= 1
            raise

    async def __aexit__(self, *_: object) -> None:
        self.state.file_crowd -= 1
        self.state.file_turns.release()


async def _read(request: Request, question: ItemsQuestion) -> list[tuple[Any, ...]]:
    """The rows of the page and, where there is one, the first of the next."""
    statement = rows_statement(question.selection, begun=bool(question.start), limited=True)
    values = {**question.bound(), "limit": question.limit + 1}
    database, caller = request.app.state.database, request.state.caller
    if caller.role is Role.PUBLIC:
        async with database.public_connection() as connection:
            return await _rows(connection, statement, values)
    async with database.unit_of_work(caller) as work:
        rows = await _rows(work.raw, statement, values)
        await note_personal(work, request, question.selection.layer)
        return rows


async def _rows(
    connection: psycopg.AsyncConnection[Any], statement: bytes, values: dict[str, object]
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(statement, values, prepare=False)
        while some := await cursor.fetchmany(_ROWS_A_BREATH):
            rows += some
            # Ten thousand rows take a tenth of a second to read, and others are waiting.
            await asyncio.sleep(0)
    return rows


def _written(
    selection: Selection, rows: Sequence[Sequence[Any]], licence: Licence | None, form: Form
) -> bytes:
    batches = [batch_of(rows, schema_of(fields_of(selection)))]
    with TemporaryDirectory(prefix="gis-page-") as folder:
        path = Path(folder) / f"{selection.layer.name}{form.suffix}"
        write_file(Content(selection, Facts.of(batches), licence), batches, form, path)
        return path.read_bytes()
