"""Servers as processes: started on a free port of 127.0.0.1, waited for, stopped."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.bench.load import NoFigure

_START_SECONDS = 120.0


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """One server; its words go to a log file."""

    def __init__(
        self,
        words: Sequence[str | Path],
        log: Path,
        environment: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
    ) -> None:
        self.log = log
        with log.open("wb") as told:
            self._child = subprocess.Popen(  # noqa: S603  (the words are ours)
                [str(word) for word in words],
                env={**os.environ, **(environment or {})},
                cwd=log.parent,
                stdin=stdin,
                stdout=told,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, port: int, path: str) -> None:
        """Until it answers a path without an error.

        Raises:
            NoFigure: it ended, or never did; the last words of its log are in the text.
        """
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self._child.poll() is None:
            if _answers(port, path):
                return
            time.sleep(0.1)
        self.stop()
        raise NoFigure(f"did not start: {self.log.read_text(errors='replace').strip()[-300:]}")

    def stop(self) -> None:
        """End it and what it started."""
        for told, seconds in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
            if self._child.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(self._child.pid, told)
                with suppress(subprocess.TimeoutExpired):
                    self._child.wait(seconds)


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


class OneProcess:
    """A server that is one process, from when it is started until ``stop``."""

    base = ""
    _process: Process | None = None

    def stop(self) -> None:
        """End it."""
        if self._process:
            self._process.stop()
