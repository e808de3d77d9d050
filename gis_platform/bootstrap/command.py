"""Running a program for a step: its lines feed the progress line, all of them go to a log."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gis_platform.bootstrap.stop import CannotGoOn
from gis_platform.progress import Step

_LINES_SHOWN = 15


def run(
    words: Sequence[str | Path],
    shown: Step,
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    reader: Callable[[str, Step], None] | None = None,
    remedy: str = "",
) -> None:
    """Run a program to its end. When it fails, CannotGoOn carries its last lines and the remedy."""
    log = folder / ".bootstrap.log"
    said: list[str] = []
    with (
        log.open("a", encoding="utf-8") as file,
        subprocess.Popen(  # noqa: S603  (the words are ours)
            [str(word) for word in words],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as running,
    ):
        file.write(f"$ {' '.join(str(word) for word in words)}\n")
        assert running.stdout is not None  # noqa: S101  (we asked for a pipe)
        for line in running.stdout:
            file.write(line)
            said = [*said[1 - _LINES_SHOWN :], line.rstrip()]
            (reader or _say)(line, shown)
    if running.returncode != 0:
        last = "\n".join(f"    {line}" for line in said)
        raise CannotGoOn(
            f"{shown.title} failed. Its last lines (all of them: {log}):\n{last}\n{remedy}".rstrip()
        )


def _say(line: str, shown: Step) -> None:
    if line.strip():
        shown.say(line)
