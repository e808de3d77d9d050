"""A line for each request, in the form of all others: written straight, for there are thousands a second."""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TextIO

import structlog

Write = Callable[[str, str, int, float, str], None]
"""Method, path without query, status, milliseconds, request id."""

_write: Write | None = None
_flush: Callable[[], None] | None = None

# Lines wait so long, or until so many are there, and are written together: a write of its own costs a request
# more than its line.
_WAIT_SECONDS = 0.05
_MOST_WAITING = 200


def write_access_lines_to(out: TextIO, *, as_json: bool) -> None:
    """From now on lines go there; until then they go the way of all events."""
    global _write, _flush
    flush_access_lines()
    if as_json:
        together = _Together(out)
        _write, _flush = _json_lines(together), together.flush
    else:
        _write, _flush = _console_lines(out), None


def flush_access_lines() -> None:
    """Write those that wait, before the process ends."""
    if _flush is not None:
        _flush()


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
    seconds, nanoseconds = divmod(time.time_ns(), 10**9)
    return f"{_second(seconds)}.{nanoseconds // 1000:06}Z"


@lru_cache(maxsize=2)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


@lru_cache(maxsize=64)
def _quoted(method: str) -> str:
    return json.dumps(method)


class _Together:
    """Lines on their way."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lines: list[str] = []
        self._flushed: asyncio.TimerHandle | None = None

    def write(self, line: str) -> None:
        """A moment later, where a loop is running to do it; else now."""
        self._lines.append(line)
        if len(self._lines) >= _MOST_WAITING:
            self.flush()
        elif self._flushed is None:
            try:
                self._flushed = asyncio.get_running_loop().call_later(_WAIT_SECONDS, self.flush)
            except RuntimeError:
                self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self._flushed is not None:
            self._flushed.cancel()
            self._flushed = None
        lines, self._lines = self._lines, []
        if lines and not self._out.closed:
            self._out.write("".join(lines))
            self._out.flush()


def _json_lines(together: _Together) -> Write:
    def write(method: str, path: str, status: int, ms: float, request_id: str) -> None:
        # The path is the caller's: written as JSON it can end neither the text nor the line.
        shown = json.dumps(path, ensure_ascii=False)
        together.write(
            f'{{"method": {_quoted(method)}, "path": {shown}, "status": {status}, "ms": {ms}, '
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
