"""Locks between commands: one at a time may start or stop a cluster, and its users are counted.

They are the kernel's (flock): a kill -9 releases them.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gis_platform.cluster.problem import ClusterProblem
from gis_platform.progress import step

_PATIENCE_SECONDS = 600.0


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Hold the right to start or stop the cluster; waits, visibly, for another command to finish."""
    handle = _open(data_dir / "postgres.lock")
    try:
        if not _try(handle, fcntl.LOCK_EX):
            _wait(handle, data_dir)
        yield
    finally:
        os.close(handle)


@contextmanager
def in_use(data_dir: Path) -> Iterator[None]:
    """Count as a user of the cluster while the block runs."""
    handle = _open(data_dir / "postgres.users")
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def unused(data_dir: Path) -> bool:
    """Whether no command counts as a user. Ask while holding ``alone``: users come in through it."""
    handle = _open(data_dir / "postgres.users")
    try:
        return _try(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def _wait(handle: int, data_dir: Path) -> None:
    with step(f"Another command is starting or stopping the database in {data_dir}; waiting for it"):
        until = time.monotonic() + _PATIENCE_SECONDS
        while not _try(handle, fcntl.LOCK_EX):
            if time.monotonic() > until:
                raise ClusterProblem(
                    f"Another command has held the database in {data_dir} for ten minutes. "
                    f"See which: fuser -v {data_dir / 'postgres.lock'}"
                )
            time.sleep(0.1)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ClusterProblem(
            f"Cannot write in {path.parent} ({error.strerror}). Run the command as the user who owns that "
            "folder, or choose another with GIS_DATA_DIR."
        ) from error


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
