"""``python3 -m gis_platform.bootstrap run|test [-- COMMAND ...]``: set up, then become the command."""

import os
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  (nothing has checked it yet)
    sys.exit(
        f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}. "
        "Name a newer one: make PYTHON=python3.12 run"
    )

from gis_platform.bootstrap.setup import set_up
from gis_platform.bootstrap.stop import CannotGoOn

_USAGE = "usage: python3 -m gis_platform.bootstrap run|test [-- COMMAND ...]"


def main(words: list[str]) -> int:
    """Set the folder up; exit code 0, or 1 after a paragraph that says what is in the way."""
    goal, *rest = words or [""]
    if goal not in ("run", "test") or rest[:1] not in ([], ["--"]):
        sys.stderr.write(_USAGE + "\n")
        return 2
    folder = Path(__file__).resolve().parents[2]
    try:
        environment = set_up(folder, tests=goal == "test")
    except CannotGoOn as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The next run goes on from here.\n")
        return 130
    command = rest[1:]
    if command:
        os.chdir(folder)
        os.execve(command[0], command, {**os.environ, **environment})  # noqa: S606  (the Makefile's own words)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
