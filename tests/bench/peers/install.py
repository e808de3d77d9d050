"""``make bench-peers``: a virtual environment of the peers' own."""

import subprocess
import sys
import venv
from pathlib import Path

from tests.bench.options import ROOT

FOLDER = ROOT / ".venv-peers"


def missing(program: str) -> str | None:
    """Why a program of the environment is not there; None where it is."""
    return None if (FOLDER / "bin" / program).exists() else "not installed (make bench-peers)"


def version(package: str) -> str:
    """The version of a package there."""
    words = [
        str(FOLDER / "bin/python"),
        "-c",
        f"import importlib.metadata as m; print(m.version({package!r}))",
    ]
    told = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603
    return told.stdout.strip()


def install() -> None:
    """Make it, or bring it to what requirements.txt says."""
    venv.create(FOLDER, with_pip=True)
    wanted = Path(__file__).with_name("requirements.txt")
    subprocess.run([FOLDER / "bin/pip", "install", "-q", "-r", wanted], check=True)  # noqa: S603
    sys.stdout.write(f"Peers are installed in {FOLDER.relative_to(ROOT)}.\n")


if __name__ == "__main__":
    install()
