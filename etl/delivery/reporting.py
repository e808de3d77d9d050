"""Telling the register how far a delivery is, on a line of its own: others see it before the commit."""

import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import psycopg

from etl.delivery.progress import Progress
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_EVERY_S = 1.0


class Reported:
    """Passes everything on, and writes steps and, once a second, rows to the register."""

    def __init__(self, conninfo: str, delivery: int, progress: Progress) -> None:
        self._line: psycopg.Connection[Any] = psycopg.connect(conninfo, autocommit=True)
        self._delivery, self._progress, self._told = delivery, progress, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(psycopg.OperationalError):
            self._line.execute(SQL["done"].text, {"id": self._delivery})
        self._line.close()

    def step(self, text: str) -> None:
        """The next step begins."""
        self._line.execute(SQL["step"].text, {"id": self._delivery, "step": text})
        self._told = time.monotonic()
        self._progress.step(text)

    def rows(self, done: int, total: int | None) -> None:
        """Rows done in this step, of how many where that is known."""
        if time.monotonic() - self._told >= _EVERY_S:
            told = {"id": self._delivery, "done": done, "total": total}
            self._line.execute(SQL["rows"].text, told)
            self._told = time.monotonic()
        self._progress.rows(done, total)
