"""The map's JavaScript, styles and fonts, by npm, at the versions of package-lock.json."""

import os
from pathlib import Path

from gis_platform.bootstrap.command import run
from gis_platform.bootstrap.stamp import Stamp
from gis_platform.progress import step


def ready(folder: Path) -> bool:
    """Whether the packages installed are those the lock file names."""
    return _stamp(folder).valid


def install(folder: Path) -> None:
    """Fetch the packages with the Node that came into ``.venv``: no other Node is needed or used."""
    programs = folder / ".venv/bin"
    with step("Front-end packages") as shown:
        run(
            [programs / "npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"],
            shown,
            folder=folder,
            environment={"PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '/usr/bin:/bin')}"},
            remedy="Is the network up? Running the command again tries anew.",
        )
    _stamp(folder).leave()


def _stamp(folder: Path) -> Stamp:
    inputs = tuple(folder / name for name in ("package.json", "package-lock.json", ".npmrc"))
    return Stamp(folder / "node_modules/.gis-platform-stamp", inputs)
