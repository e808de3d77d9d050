"""Sending a file as a tus client does."""

import base64
from typing import Any

from tests.support.staff import Headers

UPLOADS = "/api/deliveries/uploads"
PIECE = {"Content-Type": "application/offset+octet-stream"}


def metadata(name: str) -> str:
    """``Upload-Metadata`` for a file of this name."""
    return f"filename {base64.b64encode(name.encode()).decode()}"


def begin(client: Any, headers: Headers, length: int, name: str = "thửa đất.gpkg") -> Any:
    """Announce a file; the answer."""
    told = {"Upload-Length": str(length), "Upload-Metadata": metadata(name), "Tus-Resumable": "1.0.0"}
    return client.post(UPLOADS, headers=headers | told)


def send(client: Any, headers: Headers, place: str, offset: int, content: Any, **more: str) -> Any:
    """The next bytes; the answer."""
    told = {"Upload-Offset": str(offset), **PIECE, **{k.replace("_", "-"): v for k, v in more.items()}}
    return client.patch(place, headers=headers | told, content=content)
