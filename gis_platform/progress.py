"""A line that says what a long step is doing and for how long.

On a terminal one line is redrawn in place; elsewhere (a log, CI) plain lines appear after a second, then
every fifteen seconds, and at the end. Standard library only: it runs before anything is installed.
"""

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_REDRAW_SECONDS = 0.12
_PLAIN_SECONDS = 15.0
_FIRST_PLAIN_SECONDS = 1.0
_BAR_CELLS = 20


class Step:
    """One long step. ``say`` and ``share`` may be called from any thread, as often as wished."""

    def __init__(self, title: str, stream: TextIO) -> None:
        self.title = title
        self.note = ""
        self.fraction: float | None = None
        self.started = time.monotonic()
        self._stream = stream
        self._live = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._fancy = (stream.encoding or "").lower().replace("-", "") == "utf8"
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def say(self, note: str) -> None:
        """What is happening now, in a few words."""
        self.note = " ".join(note.split())

    def share(self, fraction: float | None) -> None:
        """How much is done, 0 to 1; None when that cannot be known."""
        self.fraction = None if fraction is None else min(max(fraction, 0.0), 1.0)

    def begin(self) -> None:
        """Show the step; called by ``step``."""
        self._ticker.start()

    def end(self, *, failed: bool) -> None:
        """Leave one plain line behind; called by ``step``."""
        self._ended.set()
        self._ticker.join()
        mark = ("✗" if failed else "✓") if self._fancy else ("FAILED" if failed else "ok")
        if self._live:
            self._stream.write("\r\x1b[K")
        self._line(f"{mark} {self.title}  {self._elapsed():.1f} s")

    def _elapsed(self) -> float:
        return time.monotonic() - self.started

    def _line(self, text: str) -> None:
        self._stream.write(f"  {text}\n")
        self._stream.flush()

    def _tick(self) -> None:
        pause = _REDRAW_SECONDS if self._live else _FIRST_PLAIN_SECONDS
        while not self._ended.wait(pause):
            pause = _REDRAW_SECONDS if self._live else _PLAIN_SECONDS
            text = "  ".join(filter(None, (self.title, self._bar(), f"{self._elapsed():.0f} s", self.note)))
            if self._live:
                room = shutil.get_terminal_size().columns - 3
                self._stream.write(f"\r\x1b[K  {text[:room]}")
                self._stream.flush()
            else:
                self._line(text)

    def _bar(self) -> str:
        if self.fraction is None:
            return ""
        if not self._live:
            return f"{self.fraction:.0%}"
        full, empty = ("█", "░") if self._fancy else ("#", ".")
        cells = round(self.fraction * _BAR_CELLS)
        return f"{full * cells}{empty * (_BAR_CELLS - cells)} {self.fraction:4.0%}"


@contextmanager
def step(title: str, stream: TextIO | None = None) -> Iterator[Step]:
    """Show a step while the block runs; an exception marks it as failed and goes on upwards."""
    shown = Step(title, stream or sys.stderr)
    shown.begin()
    try:
        yield shown
    except BaseException:
        shown.end(failed=True)
        raise
    shown.end(failed=False)
