"""What the tus protocol 1.0 (tus.io) asks of every answer, and how it writes what it says in headers."""

import base64
import binascii
from collections.abc import Callable, Coroutine
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.problems import MEDIA_TYPE, problem_response
from etl.delivery.intake.uploads import Upload
from etl.delivery.intake.writing import ALGORITHMS, Checksum, ChecksumDiffers
from gis_platform.errors import BadParameter, Problem

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,expiration,termination"
CHECKSUM_MISMATCH = 460
_MOST_METADATA = 4_000


class OtherVersion(Problem):
    """A version of the protocol that is not spoken here."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "other-version"


class OtherMediaType(Problem):
    """A piece of a file comes as what it is not."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "other-media-type"


class TusRoute(APIRoute):
    """A route whose answers and refusals name the version; one in another version is refused."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of FastAPI, within what the protocol asks."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                spoken = request.headers.get("tus-resumable", VERSION)
                if spoken != VERSION and request.method != "OPTIONS":
                    raise OtherVersion(f"tus {spoken[:20]} is not spoken here, but {VERSION}.")
                answer = await handle(request)
            except Problem as problem:
                answer = problem_response(request, problem)
            except ChecksumDiffers:
                answer = _mismatch(request)
            if answer.status_code == OtherVersion.status:
                answer.headers["Tus-Version"] = VERSION
            answer.headers["Tus-Resumable"] = VERSION
            return answer

        return handled


def state_headers(upload: Upload) -> dict[str, str]:
    """How far an upload is."""
    said = {"Upload-Metadata": upload.metadata} if upload.metadata else {}
    return said | {
        "Upload-Offset": str(upload.offset),
        "Upload-Length": str(upload.length),
        "Upload-Expires": format_datetime(upload.expires_at, usegmt=True),
        "Cache-Control": "no-store",
    }


def file_name(metadata: str) -> str:
    """The name in ``Upload-Metadata``: pairs of a word and base64, with commas between.

    Raises:
        BadParameter: it is not of that form, or names no ``filename``.
    """
    pairs = dict(pair.strip().partition(" ")[::2] for pair in metadata[:_MOST_METADATA].split(","))
    told = pairs.get("filename", "")
    try:
        name = base64.b64decode(told, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as fault:
        raise BadParameter(
            "filename must be base64 of UTF-8.",
            parameter="Upload-Metadata",
            detail_vi="Tên tệp (filename) phải viết ở dạng base64 của UTF-8.",
        ) from fault
    if not name:
        raise BadParameter(
            "Upload-Metadata must hold the name of the file: filename, a space, the name in base64.",
            parameter="Upload-Metadata",
            detail_vi="Upload-Metadata phải có tên tệp: chữ filename, một dấu cách, rồi tên tệp ở dạng "
            "base64.",
        )
    return name


def checksum_of(told: str | None) -> Checksum | None:
    """What ``Upload-Checksum`` says. Raises `BadParameter` where it is of no form that is known."""
    if told is None:
        return None
    algorithm, _, digest = told.strip().partition(" ")
    if algorithm not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        raise BadParameter(
            f"The checksum must be one of {known}.",
            parameter="Upload-Checksum",
            detail_vi=f"Mã kiểm tra phải thuộc một trong các loại: {known}.",
        )
    try:
        return Checksum(algorithm, base64.b64decode(digest, validate=True))
    except binascii.Error as fault:
        raise BadParameter(
            "The checksum must be base64.",
            parameter="Upload-Checksum",
            detail_vi="Mã kiểm tra phải viết ở dạng base64.",
        ) from fault


def _mismatch(request: Request) -> Response:
    told = {
        "type": "urn:gis-platform:problem:checksum-mismatch",
        "title": "Checksum Mismatch",
        "status": CHECKSUM_MISMATCH,
        "detail": "The bytes that came are not those that were sent: none of them was kept. Send them again.",
        "instance": request.url.path,
    }
    return JSONResponse(told, CHECKSUM_MISMATCH, media_type=MEDIA_TYPE)
