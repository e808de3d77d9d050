"""Big files over a line that breaks: begun, gone on with from where they stand, removed (tus 1.0)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect

from api.deliveries.access import Uploader
from api.deliveries.tus import (
    EXTENSIONS,
    VERSION,
    OtherMediaType,
    TusRoute,
    checksum_of,
    file_name,
    state_headers,
)
from api.dependencies import CurrentSettings
from etl.delivery.intake import uploads
from etl.delivery.intake.uploads import Upload
from etl.delivery.intake.writing import ALGORITHMS, MoreThanAnnounced, Piece, next_piece
from gis_platform.access.caller import Caller
from gis_platform.errors import Forbidden, Problem

router = APIRouter(prefix="/api/deliveries/uploads", tags=["deliveries"], route_class=TusRoute)

MEDIA_TYPE = "application/offset+octet-stream"
#: A line on which nothing comes for so long is given up; what came stays.
PATIENCE_S = 60.0
_BLOCK = 2**20
_MOST = 2**53

UploadId = Annotated[str, Path(max_length=64, description="What the answer to the beginning named.")]
_NONE: dict[int | str, dict[str, Any]] = {
    404: {"description": "No such upload."},
    412: {"description": "Another version of tus."},
}
_BEGUN: dict[int | str, dict[str, Any]] = {
    412: {"description": "Another version of tus."},
    507: {"description": "The disk is full."},
}
_GONE_ON: dict[int | str, dict[str, Any]] = _NONE | {
    status: {"description": "See the list of refusals."} for status in (408, 409, 415, 423, 460, 507)
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class LineBroke(Problem):
    """The rest of a piece did not come; what came is kept, unless it was to be checked."""

    status = HTTPStatus.REQUEST_TIMEOUT
    code = "line-broke"


class UploadState(BaseModel):
    """How far a file has come."""

    id: str
    name: str
    length: int = Field(description="Bytes of the whole file.")
    offset: int = Field(description="Bytes that are here.")
    done: bool = Field(description="All of it is here: it can be delivered.")
    expires_at: datetime = Field(description="When it is removed, unless more of it comes.")


@router.options("", status_code=204)
async def offers(settings: CurrentSettings, response: Response) -> None:
    """What of the protocol is spoken, and how large a file may be, in headers."""
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Extension"] = EXTENSIONS
    response.headers["Tus-Max-Size"] = str(_most_bytes(settings.upload_max_mb))
    response.headers["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)


@router.post("", status_code=201, responses=_BEGUN)
async def begin(
    caller: Uploader,
    settings: CurrentSettings,
    response: Response,
    length: Annotated[
        int, Header(alias="Upload-Length", ge=0, le=_MOST, description="Bytes of the whole file.")
    ],
    metadata: Annotated[
        str,
        Header(
            alias="Upload-Metadata",
            max_length=4_000,
            description="filename, a space, and the file's name in base64.",
        ),
    ],
) -> UploadState:
    """Announce a file; ``Location`` is where its bytes go. At most five of one person are here at a time."""
    most = _most_bytes(settings.upload_max_mb)
    upload = await asyncio.to_thread(
        uploads.begin, settings.data_dir, _account(caller), file_name(metadata), length, most, metadata
    )
    response.headers.update(state_headers(upload))
    response.headers["Location"] = f"{settings.address}/api/deliveries/uploads/{upload.id}"
    return _state(upload)


@router.get("")
async def mine(caller: Uploader, settings: CurrentSettings, response: Response) -> list[UploadState]:
    """The caller's files that are here, whole or in part."""
    response.headers["Cache-Control"] = "no-store"
    return [
        _state(u) for u in await asyncio.to_thread(uploads.uploads_of, settings.data_dir, _account(caller))
    ]


@router.get("/{upload_id}", responses=_NONE)
async def stand(
    upload_id: UploadId, caller: Uploader, settings: CurrentSettings, response: Response
) -> UploadState:
    """How far it is; HEAD tells the same in headers alone."""
    upload = await asyncio.to_thread(uploads.find, settings.data_dir, upload_id, _account(caller))
    response.headers.update(state_headers(upload))
    return _state(upload)


@router.patch("/{upload_id}", status_code=204, responses=_GONE_ON, openapi_extra=_BODY)
async def go_on(
    request: Request,
    upload_id: UploadId,
    caller: Uploader,
    settings: CurrentSettings,
    response: Response,
    offset: Annotated[
        int, Header(alias="Upload-Offset", ge=0, le=_MOST, description="Where these bytes begin.")
    ],
    checksum: Annotated[
        str | None,
        Header(
            alias="Upload-Checksum", max_length=200, description="sha1 or sha256, a space, the sum in base64."
        ),
    ] = None,
) -> None:
    """The next bytes, as many as the line carries; what has come is kept when it breaks.

    With a checksum the piece is kept whole or not at all.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise OtherMediaType(f"The bytes of a file come as {MEDIA_TYPE}.")
    find = partial(uploads.find, settings.data_dir, upload_id, _account(caller))
    upload = await asyncio.to_thread(find)
    said = request.headers.get("content-length", "0")
    if said.isdecimal() and offset + int(said[:20]) > upload.length:
        raise MoreThanAnnounced(f"The file was announced with {upload.length} bytes; these are more.")
    writing = next_piece(upload.path, offset, upload.length, checksum_of(checksum))
    piece = await asyncio.to_thread(writing.__enter__)
    try:
        await _take(request, piece)
    except BaseException as fault:
        # Not in a thread: the server may be going down, and the lock must not outlive the request.
        writing.__exit__(type(fault), fault, fault.__traceback__)
        raise
    await asyncio.to_thread(writing.__exit__, None, None, None)
    response.headers.update(state_headers(await asyncio.to_thread(find)))


@router.delete("/{upload_id}", status_code=204, responses=_NONE)
async def take_back(upload_id: UploadId, caller: Uploader, settings: CurrentSettings) -> None:
    """Remove it, whole or in part."""
    await asyncio.to_thread(uploads.remove, settings.data_dir, upload_id, _account(caller))


async def _take(request: Request, piece: Piece) -> None:
    """Straight to the disk, a block at a time."""
    held: list[bytes] = []
    waiting = 0
    try:
        async for chunk in _patient(request):
            held.append(chunk)
            waiting += len(chunk)
            if waiting >= _BLOCK:
                await asyncio.to_thread(piece.write, b"".join(held))
                held, waiting = [], 0
    except (ClientDisconnect, TimeoutError) as fault:
        await asyncio.to_thread(piece.write, b"".join(held))
        raise LineBroke("The line broke off. Ask where the upload stands, and go on from there.") from fault
    await asyncio.to_thread(piece.write, b"".join(held))


async def _patient(request: Request) -> AsyncIterator[bytes]:
    chunks = request.stream().__aiter__()
    while True:
        async with asyncio.timeout(PATIENCE_S):
            try:
                chunk = await chunks.__anext__()
            except StopAsyncIteration:
                return
        yield chunk


def _account(caller: Caller) -> int:
    if caller.account_id is None:
        raise Forbidden("Files are uploaded by accounts.")
    return caller.account_id


def _most_bytes(mb: int) -> int:
    return mb * 2**20


def _state(upload: Upload) -> UploadState:
    return UploadState(**uploads.as_told(upload))
