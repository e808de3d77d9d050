"""One request and its answer: what every answer is given on its way out, whoever made it."""

import os
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from api.load import Place
from api.ogc.answers import Answer, RawHeaders
from gis_platform.access.caller import Caller
from gis_platform.access.quota import Allowance

_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
# What everybody may read without signing in, a page of any host may read: maps elsewhere open our styles.
_ANY_PAGE = (b"access-control-allow-origin", b"*")


class Exchange:
    """What is known of a request, and the way its answer takes.

    Attributes:
        request_id: told in the answer and in every line of the log.
        method: as it was asked; the routes see GET for HEAD.
        status: of the answer; 500 until one has begun.
        ended: whether its last bytes were handed on.
        place: what the request holds until its last bytes are handed to the server: a client that is slow to
            take them keeps nobody else out.
        caller: None until found out.
        allowance: what is left to the caller's key.
    """

    __slots__ = ("_send", "allowance", "begun", "caller", "ended", "method", "place", "request_id", "status")

    def __init__(self, method: str, send: Send) -> None:
        self.request_id = os.urandom(16).hex()
        self.method = method
        self.status, self.begun, self.ended = 500, False, False
        self.place: Place | None = None
        self.caller: Caller | None = None
        self.allowance: Allowance | None = None
        self._send = send

    async def answer(self, answer: Answer) -> None:
        """An answer that is whole already."""
        headers = self._dressed(answer.headers)
        if answer.status not in (204, 304):
            headers.append((b"content-length", b"%d" % len(answer.body)))
        self.status, self.begun = answer.status, True
        self.over()
        await self._send({"type": "http.response.start", "status": answer.status, "headers": headers})
        body = b"" if self.method == "HEAD" else answer.body
        await self._send({"type": "http.response.body", "body": body})
        self.ended = True

    async def send(self, message: Message) -> None:
        """An answer as the routes send it, message by message."""
        if message["type"] == "http.response.start":
            self.status, self.begun = message["status"], True
            message["headers"] = self._dressed(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            if not message.get("more_body", False):
                self.ended = True
                self.over()
            if self.method == "HEAD":
                message = {**message, "body": b""}
        await self._send(message)

    def over(self) -> None:
        """Give the place back; once is enough, more does no harm."""
        if self.place is not None:
            self.place.leave()
            self.place = None

    def _dressed(self, given: Iterable[tuple[bytes, bytes]]) -> RawHeaders:
        headers = [*given, (b"x-request-id", self.request_id.encode()), _NO_SNIFFING]
        if self.allowance is not None:
            headers += _told(self.allowance)
        if self.caller is None or self.caller.kind != "anonymous":
            _keep_private(headers)
        elif self.method in ("GET", "HEAD"):
            headers.append(_ANY_PAGE)
        return headers


def _told(allowance: Allowance) -> RawHeaders:
    return [
        (b"ratelimit-limit", b"%d" % allowance.limit),
        (b"ratelimit-remaining", b"%d" % allowance.remaining),
        (b"ratelimit-reset", b"%d" % allowance.resets_in),
    ]


def _keep_private(raw: RawHeaders) -> None:
    """What is answered to one caller is kept for no other, unless the route knows that it is for all."""
    headers = MutableHeaders(raw=raw)
    headers.setdefault("Cache-Control", "private, no-store")
    if "public" not in headers["Cache-Control"]:
        for name in ("Authorization", "Cookie"):
            if name.lower() not in headers.get("Vary", "").lower():
                headers.add_vary_header(name)
