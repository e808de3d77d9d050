"""A fixed set of files served from memory, under an address that changes when one of them does."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import Response

from gis_platform.errors import NotFound, Unavailable
from web_map.assets.packing import packed_once, packing_for
from web_map.security import file_headers

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".json": "application/json",
}
_PACKED = {".js", ".mjs", ".css", ".svg", ".json"}


Content = Path | bytes | Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    packed: dict[str, bytes] | None

    def in_packing(self, packing: str) -> bytes:
        if self.packed is None:
            return self.body
        if packing not in self.packed:
            self.packed[packing] = packed_once(packing, self.body)
        return self.packed[packing]


@dataclass
class Shelf:
    """Files by name; only these can be had, whatever the address says.

    Attributes:
        root: first part of the address, e.g. ``/static``.
        contents: each file by name: its bytes, where it lies, or what makes it. Read at first use: what is
            missing is told then, by name.
    """

    root: str
    contents: Mapping[str, Content]
    _read: dict[str, _File] = field(default_factory=dict)
    _version: str | None = None

    @property
    def version(self) -> str:
        """Names the contents of all files together: the second part of every address."""
        if self._version is None:
            digest = hashlib.sha256()
            for name in sorted(self.contents):
                digest.update(name.encode() + b"\0" + self.read(name))
            self._version = digest.hexdigest()[:16]
        return self._version

    def address(self, name: str) -> str:
        """Where the page finds a file; KeyError for one that is not on the shelf."""
        if name not in self.contents:
            raise KeyError(name)
        return f"{self.root}/{self.version}/{name}"

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        return self._file(name).body

    def response(self, request: Request, version: str, name: str) -> Response:
        """The file, packed when the browser takes that; kept for a year under its own version only.

        Raises:
            NotFound: the name is not on the shelf.
        """
        if name not in self.contents:
            raise NotFound(
                f"There is no file {self.root}/{version}/{name}.",
                detail_vi=f"Không có tệp {self.root}/{version}/{name}. Hãy tải lại trang.",
            )
        file = self._file(name)
        headers = file_headers() | {"Vary": "Accept-Encoding"}
        current = version == self.version
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
        body = file.body
        packing = packing_for(request.headers.get("accept-encoding", ""))
        if file.packed is not None and packing is not None:
            body = file.in_packing(packing)
            headers["Content-Encoding"] = packing
        return Response(body, media_type=_TYPES[PurePosixPath(name).suffix], headers=headers)

    def pack(self, name: str, packing: str) -> None:
        """Have a file packed before anybody asks for it."""
        self._file(name).in_packing(packing)

    def _file(self, name: str) -> _File:
        if name not in self._read:
            content = self.contents[name]
            if isinstance(content, Path) and not content.is_file():
                raise Unavailable(f"The file {content.name} is not installed; `make run` installs it.")
            body = _bytes_of(content)
            self._read[name] = _File(body, {} if PurePosixPath(name).suffix in _PACKED else None)
        return self._read[name]


def _bytes_of(content: Content) -> bytes:
    if isinstance(content, Path):
        return content.read_bytes()
    return content() if callable(content) else content
