"""The first and the last day of any record are told in one place of each language."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "layers", "etl", "gis_platform", "web_map")
_TOLD = re.compile(r"date\((1800|2999)\b|[\"'](1800-01-01|2999-12-31)[\"']")


def test_the_bounds_of_a_day_are_told_once() -> None:
    """Three modules had each their own: what one took another refused."""
    files = [file for room in ROOMS for ending in ("py", "js") for file in (ROOT / room).rglob(f"*.{ending}")]
    told = [str(file.relative_to(ROOT)) for file in files if _TOLD.search(file.read_text(encoding="utf-8"))]
    assert sorted(told) == ["gis_platform/clock/bounds.py", "web_map/static/js/day.js"]
