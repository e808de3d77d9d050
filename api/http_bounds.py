"""The head of a request has an end, and what is no HTTP is told so in our one shape.

uvicorn keeps the lines of a head for as long as they come. Behind a proxy that bounds them this is never met.
"""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from api.body import MOST_ADDRESS_BYTES
from api.head_with_body import HeadWithBody

MOST_HEAD_BYTES = 256 * 1024


class BoundedHttp(HttpToolsProtocol):
    """uvicorn's own protocol, which counts the bytes of a head that has not ended."""

    url = b""
    _in_head = False
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection begins."""
        super().connection_made(transport)
        self._answers = HeadWithBody(transport, self.loop)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answers.begin()
        cycle.transport = self._answers  # type: ignore[assignment]
        super()._start_asgi_task(cycle, app)

    def data_received(self, data: bytes) -> None:
        """Parse; what was received in one piece is already in memory, so count afterwards."""
        super().data_received(data)
        if self._in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES:
                told = f"The head of a request may have at most {MOST_HEAD_BYTES // 1024} KiB."
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, told)

    def on_message_begin(self) -> None:
        """A head begins."""
        self._in_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """It has ended."""
        self._in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """What the parser cannot read."""
        self._refuse(HTTPStatus.BAD_REQUEST, msg)

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        if len(self.url) > MOST_ADDRESS_BYTES:
            status = HTTPStatus.REQUEST_URI_TOO_LONG
            detail = f"An address may have at most {MOST_ADDRESS_BYTES // 1024} KiB."
        told = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
        body = json.dumps(told).encode()
        lines = (
            "content-type: application/problem+json",
            f"content-length: {len(body)}",
            "connection: close",
        )
        head = "".join(f"{line}\r\n" for line in (*lines, ""))
        self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self.transport.close()
