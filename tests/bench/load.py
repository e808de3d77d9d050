"""Load by ``wrk``: a list of addresses, so many connections, so many seconds."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

SCRIPT = Path(__file__).with_name("wrk.lua")
# Longer than any answer that is waited for; wrk's own default of two seconds calls slow answers lost.
PATIENCE_SECONDS = 120


class NoFigure(Exception):
    """Something went wrong: what was counted is no measurement. The text says what."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one measurement gave; latencies in milliseconds."""

    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    requests: int


def missing_wrk() -> str | None:
    """Why there can be no load; None where there can."""
    return None if which("wrk") else "wrk is not installed (Debian: apt-get install wrk)"


def press(base: str, lines: Sequence[str], connections: int, seconds: int) -> Load:
    """Ask ``base`` + each line in turn, over and over.

    A line is a path, with a tab and a tag behind it where If-None-Match is to be sent.

    Raises:
        NoFigure: an answer was an error, or none came.
    """
    with tempfile.NamedTemporaryFile("w", encoding="ascii", suffix=".txt") as listed:
        listed.write("".join(f"{line}\n" for line in lines))
        listed.flush()
        words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={PATIENCE_SECONDS}s"]
        told = subprocess.run(  # noqa: S603  (the words are ours)
            [*words, "-s", str(SCRIPT), base, "--", listed.name], capture_output=True, text=True, check=False
        )
    if told.returncode:
        raise NoFigure(f"wrk failed: {(told.stderr or told.stdout).strip()[-200:]}")
    return read_wrk(told.stdout)


def read_wrk(output: str) -> Load:
    """The figures of wrk.lua's last line.

    Raises:
        NoFigure: there is no such line, or it counts errors.
    """
    lines = [line for line in output.splitlines() if line.startswith("{")]
    if not lines:
        raise NoFigure(f"wrk said nothing to count: {output.strip()[-200:]}")
    told: dict[str, int] = json.loads(lines[-1])
    faults = {name: told[name] for name in ("refused", "connect", "read", "write", "timeout") if told[name]}
    if faults:
        counted = ", ".join(f"{count} {name}" for name, count in faults.items())
        raise NoFigure(f"errors in {told['requests']} requests: {counted}")
    return Load(
        per_second=told["requests"] / (told["microseconds"] / 1e6),
        p50_ms=told["p50"] / 1e3,
        p95_ms=told["p95"] / 1e3,
        p99_ms=told["p99"] / 1e3,
        requests=told["requests"],
    )
