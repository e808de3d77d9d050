"""A file that can be fetched in pieces: what a broken line has brought already need not come again."""

import re
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from api.problems import problem_response
from gis_platform.errors import Problem

_ONE_RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{0,18})|bytes=-([0-9]{1,18})")


class RangeOutside(Problem):
    """A piece is asked for that the file does not have."""

    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    code = "range-outside"


def download(request: Request, path: Path, sha256: str, size: int, media_type: str) -> Response:
    """The file or the piece of it that ``Range`` asks for; 304 where the client has it whole.

    A Range that is not one plain piece is passed over, as RFC 9110 allows; ``If-Range`` is heeded.
    """
    etag = f'"{sha256}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Accept-Ranges": "bytes"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    piece = _ONE_RANGE.fullmatch(request.headers.get("range", "").strip())
    if piece is None:
        _pass_over_range(request)
    elif request.headers.get("if-range", etag) == etag and not _inside(piece, size):
        refused = problem_response(request, RangeOutside(f"The file has {size} bytes.", size=size))
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    return FileResponse(path, headers=headers, media_type=media_type, filename=path.name)


def _inside(piece: re.Match[str], size: int) -> bool:
    if piece[3] is not None:
        return int(piece[3]) > 0 and size > 0
    first, last = int(piece[1]), int(piece[2] or size)
    return first < size and first <= last


def _pass_over_range(request: Request) -> None:
    request.scope["headers"] = [pair for pair in request.scope["headers"] if pair[0] != b"range"]
