"""What a hot path answers: status, headers and bytes, without the work of a response object."""

from typing import NamedTuple

from starlette.types import Send

RawHeaders = list[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """An answer that is whole already."""

    status: int
    headers: RawHeaders
    body: bytes = b""

    async def send(self, send: Send) -> None:
        """Hand it to the server."""
        headers = self.headers
        if self.status not in (204, 304):
            headers = [*headers, (b"content-length", str(len(self.body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def unchanged(request_headers: RawHeaders, etag: bytes) -> bool:
    """Whether the client says that it holds what has this tag."""
    for name, value in request_headers:
        if name == b"if-none-match":
            return etag in value or value == b"*"
    return False
