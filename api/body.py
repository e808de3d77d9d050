"""No request may fill the memory: address and body are taken whole and small, or not at all."""

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from gis_platform.errors import Problem

MOST_BYTES = 64 * 1024
"""The largest body nearly every route has use for is a form with a name and a password."""
MOST_ADDRESS_BYTES = 60 * 1024
"""A polygon of two thousand corners; the parser itself reads no address above 64 KiB."""
MOST_FEATURE_BYTES = 512 * 1024
"""A feature that is written may hold ten thousand positions."""

MOST_DRAWING_BYTES = 256 * 1024
"""Two thousand positions of a drawing, each with both numbers at full precision, blanks and a height."""

MOST_TABLE_BYTES = 4 * 1024 * 1024
"""Twenty thousand addresses, and columns beside them."""

MOST_DRAWN_FILE_BYTES = 4 * 1024 * 1024
"""A drawing of one house with its dimensions and blocks."""

_OF_A_BODY = frozenset({b"content-length", b"transfer-encoding"})
_TO_THE_DISK = {
    "PATCH": re.compile(r"/api/deliveries/uploads/[^/]+"),
    "POST": re.compile(r"/api/(cases|filings)/[^/]+/documents"),
}
"""Their routes let bytes through to a file: bounded by what was announced, or by the kind of document."""
_FEATURES = re.compile(r"/ogc/collections/[^/]+/items(/[^/]+)?")
_BUILDINGS = re.compile(r"/api/permits/(cases|filings)/[^/]+/building")
_MOST = {
    "/api/planning/batch": MOST_TABLE_BYTES,
    "/api/planning/lookup": MOST_DRAWING_BYTES,
    "/api/permits/check": MOST_DRAWING_BYTES,
    "/api/permits/footprint": MOST_DRAWN_FILE_BYTES,
}


class AddressTooLong(Problem):
    """Path and query hold more than any route reads."""

    status = HTTPStatus.REQUEST_URI_TOO_LONG
    code = "address-too-long"


class BodyTooLarge(Problem):
    """The request carries more than any route takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "body-too-large"


async def bounded(scope: Scope, receive: Receive) -> Receive:
    """The way to the body, which is then in memory whole, where there is one.

    Raises:
        AddressTooLong: path and query hold too much.
        BodyTooLarge: more came, or was said to come, than the address takes.
    """
    if len(scope["path"]) + len(scope["query_string"]) > MOST_ADDRESS_BYTES:
        scope["path"] = scope["path"][:200]  # it goes back in the answer
        raise AddressTooLong(f"An address may have at most {MOST_ADDRESS_BYTES // 1024} KiB.")
    if not any(name in _OF_A_BODY for name, _ in scope["headers"]):
        return receive
    to_the_disk = _TO_THE_DISK.get(scope["method"])
    if to_the_disk is not None and to_the_disk.fullmatch(scope["path"]):
        return receive
    headers = Headers(scope=scope)
    said = headers.get("content-length", "0")
    if said == "0" and "transfer-encoding" not in headers:
        return receive
    path = scope["path"]
    most = _most(path)
    body = None if said.isdecimal() and int(said[:20]) > most else await _whole(receive, most)
    if body is None:
        raise BodyTooLarge(
            f"A request to this address may carry at most {most // 1024} KiB.",
            detail_vi=f"Nội dung gửi đến địa chỉ này không được vượt quá {most // 1024} KiB. Hãy gửi ít hơn.",
        )
    waiting: list[Message] = body

    async def received() -> Message:
        return waiting.pop(0) if waiting else await receive()

    return received


def _most(path: str) -> int:
    if _FEATURES.fullmatch(path):
        return MOST_FEATURE_BYTES
    # What the check takes is handed in with a case too.
    return MOST_DRAWING_BYTES if _BUILDINGS.fullmatch(path) else _MOST.get(path, MOST_BYTES)


async def _whole(receive: Receive, most: int) -> list[Message] | None:
    """All messages of the body; None as soon as it is too large."""
    messages: list[Message] = []
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > most:
            return None
        if message["type"] != "http.request" or not message.get("more_body", False):
            return messages
