"""A line for each request, in the form of all others: written straight, for there are thousands a second."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

import structlog

Write = Callable[[str, str, int, float, str], None]
"""Method, path without query, status, milliseconds, request id."""

_write: Write | None = None


def write_access_lines_to(out: TextIO, *, as_json: bool) -> None:
    """From now on lines go there; until then they go the way of all events."""
    global _write
    _write = _json_lines(out) if as_json else _console_lines(out)


def access_line(method: str, path: str, status: int, ms: float, request_id: str) -> None:
    """Write one, where the level asked for has them."""
    if not logging.getLogger().isEnabledFor(logging.INFO):
        return
    if _write is not None:
        _write(method, path, status, ms, request_id)
    else:
        structlog.get_logger("api").info(
            "request", method=method, path=path, status=status, ms=ms, request_id=request_id
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _json_lines(out: TextIO) -> Write:
    def write(method: str, path: str, status: int, ms: float, request_id: str) -> None:
        # The path is the caller's: written as JSON it can end neither the text nor the line.
        shown = json.dumps(path, ensure_ascii=False)
        out.write(
            f'{{"method": {json.dumps(method)}, "path": {shown}, "status": {status}, "ms": {ms}, '
            f'"event": "request", "request_id": "{request_id}", "level": "info", "timestamp": "{_now()}"}}\n'
        )

    return write


def _console_lines(out: TextIO) -> Write:
    def write(method: str, path: str, status: int, ms: float, request_id: str) -> None:
        shown = path if path.isprintable() and " " not in path else repr(path)
        out.write(
            f"{_now()} [info     ] request                        method={method} ms={ms} path={shown} "
            f"request_id={request_id} status={status}\n"
        )

    return write
