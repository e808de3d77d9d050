"""``.venv`` from requirements.lock: every package at the version and hash written there."""

import re
import subprocess
import sys
from pathlib import Path

from gis_platform.bootstrap.command import run
from gis_platform.bootstrap.stamp import Stamp
from gis_platform.bootstrap.stop import CannotGoOn
from gis_platform.progress import Step, step

_REMEDY = "Is the network up, and is there room on the disk? Running the command again goes on from here."


def ready(folder: Path) -> bool:
    """Whether the last good run had this lock and project file, in this place, and its Python still exists.

    Any Python that is new enough will do: calling ``make`` with another one does not begin anew.
    """
    venv = folder / ".venv"
    return _stamp(folder).valid and _interpreter(venv) == (venv / "bin/python").resolve()


def install(folder: Path) -> None:
    """Make or mend ``.venv`` and install the packages and the project itself in it."""
    venv = folder / ".venv"
    if venv.is_symlink():
        raise CannotGoOn(f"{venv} leads elsewhere, and is not made anew there: remove the link.")
    python = venv / "bin/python"
    with step("Python environment") as shown:
        if not _sound(venv):
            run([sys.executable, "-m", "venv", "--clear", venv], shown, folder=folder, remedy=_REMEDY)
    lock = folder / "requirements.lock"
    pip: list[str | Path] = [
        python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar", "off",
    ]  # fmt: skip
    total = len(re.findall(r"^[A-Za-z0-9][^=\n]*==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    with step(f"Python packages ({total})") as shown:
        reader = _Reader(total)
        run([*pip, "--require-hashes", "-r", lock], shown, folder=folder, reader=reader, remedy=_REMEDY)
    with step("The platform's own commands"):
        # The lock holds the build backend, so nothing is fetched outside the lock.
        run([*pip, "--no-deps", "--no-build-isolation", "--editable", folder], shown, folder=folder)
    if not (venv / "bin/gis-platform").exists():
        raise CannotGoOn(f"{venv}/bin/gis-platform was not made; see .bootstrap.log.")
    _stamp(folder).leave()


class _Reader:
    """Reads pip's lines: collecting takes nine tenths of the bar, installing the rest."""

    def __init__(self, total: int) -> None:
        self.total = max(total, 1)
        self.seen = 0

    def __call__(self, line: str, shown: Step) -> None:
        words = line.split()
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            self.seen += 1
            shown.share(0.9 * self.seen / self.total)
            shown.say(words[1] if words[0] == "Collecting" else words[3])
        elif line.startswith("Installing collected packages"):
            shown.share(0.9)
            shown.say("installing")


def _stamp(folder: Path) -> Stamp:
    inputs = (folder / "requirements.lock", folder / "pyproject.toml")
    return Stamp(folder / ".venv/.gis-platform-stamp", inputs, facts=(str(folder),))


def _interpreter(venv: Path) -> Path | None:
    """The Python the environment was made from; gone after an upgrade of the system, say."""
    try:
        found = re.search(
            r"^executable = (.+)$", (venv / "pyvenv.cfg").read_text(encoding="utf-8"), re.MULTILINE
        )
    except OSError:
        return None
    return Path(found[1]).resolve() if found and Path(found[1]).exists() else None


def _sound(venv: Path) -> bool:
    """Whether the environment works, is new enough, and lies where it was made."""
    if _interpreter(venv) is None:
        return False
    asked = "import sys, pip; print(sys.version_info >= (3, 11), sys.prefix)"
    try:
        told = subprocess.run(  # noqa: S603  (our own interpreter)
            [venv / "bin/python", "-c", asked], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    script = venv / "bin/pip"
    in_place = script.is_file() and str(venv) in script.read_text(encoding="utf-8").partition("\n")[0]
    return in_place and told == f"True {venv}\n"
