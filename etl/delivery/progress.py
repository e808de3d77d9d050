"""Telling a person how far a delivery is: a bar on a terminal, plain lines elsewhere, nothing in tests."""

import sys
import time
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

_PLAIN_SECONDS = 10.0
ANOTHER = "another delivery"


def waiting_for(what: str) -> str:
    """The step of a delivery that waits its turn."""
    return f"waiting for {what} of this layer to finish"


class Progress(Protocol):
    """What a delivery reports to."""

    def step(self, text: str) -> None:
        """What is done now."""

    def rows(self, done: int, total: int | None) -> None:
        """Rows read so far, of how many where that is known."""


class Silent:
    """Reports to nobody."""

    def step(self, text: str) -> None:
        """Nothing."""

    def rows(self, done: int, total: int | None) -> None:
        """Nothing."""


class PlainLines:
    """One line a step, and one every ten seconds while rows are read: for logs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._began = self._told = time.monotonic()

    def step(self, text: str) -> None:
        """Write the step."""
        self._began = self._told = time.monotonic()
        self._stream.write(f"  {text}\n")
        self._stream.flush()

    def rows(self, done: int, total: int | None) -> None:
        """Write the rows done, their rate and the time left, when it is time again."""
        now = time.monotonic()
        if now - self._told < _PLAIN_SECONDS:
            return
        self._told = now
        rate = done / max(now - self._began, 1e-9)
        left = f" of {total:,}, {(total - done) / rate:.0f} s left" if total else ""
        self._stream.write(f"    {done:,} rows{left}, {rate:,.0f} rows/s\n")
        self._stream.flush()


class Terminal(AbstractContextManager["Terminal"]):
    """A bar that stays in place."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, text: str) -> None:
        """Leave the step before and begin this one."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(text, total=None, rate="")
        self._began = time.monotonic()

    def rows(self, done: int, total: int | None) -> None:
        """Move the bar."""
        if self._task is not None:
            rate = done / max(time.monotonic() - self._began, 1e-9)
            self._bar.update(self._task, completed=done, total=total, rate=f"{done:,} rows, {rate:,.0f}/s")


def for_terminal() -> Terminal | None:
    """A bar on standard error where that is a terminal."""
    console = Console(stderr=True)
    return Terminal(console) if console.is_terminal else None


def plain() -> PlainLines:
    """Lines on standard error."""
    return PlainLines(sys.stderr)
