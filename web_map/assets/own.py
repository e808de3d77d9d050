"""Our own scripts and style sheets."""

from pathlib import Path

from web_map.assets.joined import joined_modules, joined_sheets
from web_map.assets.shelf import Shelf

_FOLDER = Path(__file__).parents[1] / "static"
#: The map's sheets in the order in which they hold.
SHEETS = ("colours", "frame", "search", "answer", "kept", "remark", "layers", "map", "print")
#: What the map's page loads: all its modules, and all its sheets.
PAGE_SCRIPT, PAGE_SHEET = "js/map-page.js", "css/map-page.css"
#: The same of the page on which citizens file.
FILING_SCRIPT, FILING_SHEET = "js/filing-page.js", "filing/filing-page.css"
_FILING_SHEETS = ("css/colours", "ogc/pages", "ogc/parts", "staff/console", "filing/filing")


def own_files() -> Shelf:
    """Everything under ``web_map/static``, where scripts import each other by relative address; and what two
    pages load in one piece each.
    """
    found = sorted(path for path in _FOLDER.rglob("*") if path.suffix in {".js", ".css", ".svg"})
    files: dict[str, Path | bytes] = {path.relative_to(_FOLDER).as_posix(): path for path in found}
    files[PAGE_SCRIPT] = joined_modules(_FOLDER / "js/main.js")
    files[PAGE_SHEET] = joined_sheets(_FOLDER / f"css/{name}.css" for name in SHEETS)
    files[FILING_SCRIPT] = joined_modules(_FOLDER / "js/filing/main.js")
    files[FILING_SHEET] = joined_sheets(_FOLDER / f"{name}.css" for name in _FILING_SHEETS)
    return Shelf("/static", files)
