"""What of a cluster is running, read from its pid file and /proc.

PostgreSQL's own guard refuses to start when the number in a stale pid file now belongs to any process of
the same user; after a power cut that can be anything, so a process counts only when it is this cluster's.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gis_platform.cluster.configuration import process_name
from gis_platform.cluster.home import Home

_POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Postmaster:
    """The main server process, as it describes itself in postmaster.pid."""

    pid: int
    port: int
    sockets: Path
    status: str
    """``starting``, ``ready``, ``stopping`` or, for a standby, ``standby``."""


def running(home: Home) -> Postmaster | None:
    """The living server of this cluster, or None."""
    try:
        lines = (home.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
    except (OSError, IndexError, ValueError):
        return None
    if not alive(home, pid):
        return None
    if len(lines) < 8:
        return Postmaster(pid, 0, home.sockets, "starting")
    return Postmaster(pid, int(lines[3]), Path(lines[4]), lines[7].strip())


def alive(home: Home, pid: int) -> bool:
    """Whether this process is a server started on this cluster's data."""
    program, *words = _command(pid)
    if Path(program).name != "postgres" or "-D" not in words[:-1]:
        return False
    data = Path(words[words.index("-D") + 1])
    try:
        return data.samefile(home.data)
    except FileNotFoundError:  # the folder was moved under the running server
        return True
    except PermissionError:  # another user's cluster
        return False


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Poll until the condition holds; False when the time is over first."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def clear_remains(home: Home) -> None:
    """After a kill -9: end the server's children that are still busy, and remove its stale marks.

    Call only when ``running`` is None and the lock is held.
    """
    if not wait_for(lambda: not any(_left(home)), 1.0):
        for pid in _left(home):
            _signal(pid, signal.SIGQUIT)
        if not wait_for(lambda: not any(_left(home)), 5.0):
            for pid in _left(home):
                _signal(pid, signal.SIGKILL)
            wait_for(lambda: not any(_left(home)), 5.0)
    (home.data / "postmaster.pid").unlink(missing_ok=True)
    for mark in home.sockets.glob(".s.PGSQL.*"):
        mark.unlink()


def end(home: Home, found: Postmaster, seconds: float = 60.0) -> None:
    """Stop the server: sessions are cut, their transactions rolled back, a checkpoint is written.

    When that takes longer than ``seconds`` it is cut short; the next start then replays the log.
    """
    gone: Callable[[], bool] = lambda: not alive(home, found.pid)  # noqa: E731
    _signal(found.pid, signal.SIGINT)
    if not wait_for(gone, seconds):
        _signal(found.pid, signal.SIGQUIT)
        wait_for(gone, 10.0)


def _left(home: Home) -> Iterator[int]:
    """Children of a dead server: their titles carry the cluster's name."""
    title = f"postgres: {process_name(home)}: "
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _command(int(entry.name))[0].startswith(title):
            yield int(entry.name)


def _command(pid: int) -> list[str]:
    """Words of a process's command line; one empty word for a zombie or a process that is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return [""]


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
