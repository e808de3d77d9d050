"""What a hot path answers: status, headers and bytes, without the work of a response object."""

from typing import NamedTuple

RawHeaders = list[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """An answer that is whole already."""

    status: int
    headers: RawHeaders
    body: bytes = b""


def unchanged(request_headers: RawHeaders, etag: bytes) -> bool:
    """Whether the client says that it holds what has this tag."""
    for name, value in request_headers:
        if name == b"if-none-match":
            return etag in value or value == b"*"
    return False
