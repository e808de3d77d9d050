"""No request may fill the memory: address and body are taken whole and small, or not at all."""

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response
from gis_platform.errors import Problem

MOST_BYTES = 64 * 1024
"""The largest body nearly every route has use for is a form with a name and a password."""
MOST_ADDRESS_BYTES = 60 * 1024
"""A polygon of two thousand corners; the parser itself reads no address above 64 KiB."""
MOST_FEATURE_BYTES = 512 * 1024
"""A feature that is written may hold ten thousand positions."""

_FEATURES = re.compile(r"/ogc/collections/[^/]+/items(/[^/]+)?")


class AddressTooLong(Problem):
    """Path and query hold more than any route reads."""

    status = HTTPStatus.REQUEST_URI_TOO_LONG
    code = "address-too-long"


class BodyTooLarge(Problem):
    """The request carries more than any route takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "body-too-large"


class LimitBody:
    """Refuses an address that is too long, and a body above what its address takes, said beforehand or not.

    Plain ASGI, ahead of routes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and len(scope["path"]) + len(scope["query_string"]) > MOST_ADDRESS_BYTES:
            refusal: Problem = AddressTooLong(
                f"An address may have at most {MOST_ADDRESS_BYTES // 1024} KiB."
            )
            told = {**scope, "path": scope["path"][:200]}  # it goes back in the answer
            await problem_response(Request(told), refusal)(scope, receive, send)
            return
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        said = headers.get("content-length", "0")
        if said == "0" and "transfer-encoding" not in headers:
            await self.app(scope, receive, send)
            return
        most = MOST_FEATURE_BYTES if _FEATURES.fullmatch(scope["path"]) else MOST_BYTES
        body = None if said.isdecimal() and int(said[:20]) > most else await _whole(receive, most)
        if body is None:
            refusal = BodyTooLarge(f"A request to this address may carry at most {most // 1024} KiB.")
            await problem_response(Request(scope), refusal)(scope, receive, send)
            return
        waiting: list[Message] = body

        async def received() -> Message:
            return waiting.pop(0) if waiting else await receive()

        await self.app(scope, received, send)


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
