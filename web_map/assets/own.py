"""Our own scripts and style sheets."""

from pathlib import Path

from web_map.assets.shelf import Shelf

_FOLDER = Path(__file__).parents[1] / "static"


def own_files() -> Shelf:
    """Everything under ``web_map/static``: scripts import each other by relative address."""
    found = sorted(path for path in _FOLDER.rglob("*") if path.suffix in {".js", ".css", ".svg"})
    return Shelf("/static", {path.relative_to(_FOLDER).as_posix(): path for path in found})
