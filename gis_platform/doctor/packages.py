"""Python and front-end packages against the two lock files."""

import json
import re
import shutil
import sys
from importlib import metadata
from pathlib import Path

from gis_platform.doctor.finding import Finding

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
_AGAIN = "Run `make run` once more: it installs what the lock file names."


def python_findings(folder: Path) -> list[Finding]:
    """The interpreter, and the installed packages where they differ from requirements.lock."""
    version = sys.version.split()[0]
    enough = sys.version_info >= (3, 11)
    found = [Finding("Python", enough, version, "Install Python 3.11 or newer; Debian 12 carries it.")]
    pinned = dict(_PINNED.findall((folder / "requirements.lock").read_text(encoding="utf-8")))
    other = [f"{name} {version}" for name, version in pinned.items() if _installed(name) != version]
    detail = f"differ from requirements.lock: {_some(other)}" if other else f"{len(pinned)} as in the lock"
    return [*found, Finding("Python packages", not other, detail, _AGAIN)]


def web_findings(folder: Path) -> list[Finding]:
    """The installed front-end packages where they differ from package-lock.json."""
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    wanted = {place: facts["version"] for place, facts in lock["packages"].items() if place}
    other = [place for place, version in wanted.items() if _web_version(folder / place) != version]
    detail = f"differ from package-lock.json: {_some(other)}" if other else f"{len(wanted)} as in the lock"
    return [Finding("Front-end packages", not other, detail, _AGAIN)]


def browser_findings() -> list[Finding]:
    """The browser that tests drive; people bring their own."""
    browser = shutil.which("chromium")
    return [
        Finding(
            "Chromium, for tests",
            browser is not None,
            browser or "not installed",
            "`make test` installs it when it may; else: apt-get install --no-install-recommends chromium",
            required=False,
        )
    ]


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _web_version(folder: Path) -> str | None:
    try:
        return str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
