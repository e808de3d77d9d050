"""Files one can read in one go: over 250 lines is a question, over 400 a fault."""

from statistics import median

from tests.support.queries import ROOT, files_of_rooms

FILES = [file for kind in ("*.py", "*.sql", "*.js", "*.css", "*.html") for file in files_of_rooms(kind)]


def _lines() -> dict[str, int]:
    return {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}


def test_no_file_is_over_400_lines() -> None:
    assert {name: count for name, count in _lines().items() if count > 400} == {}


def test_half_of_the_files_are_under_100_lines() -> None:
    assert median(_lines().values()) < 100


def test_no_file_is_a_drawer() -> None:
    """A module is named by its subject."""
    drawers = {"utils", "util", "helpers", "helper", "misc", "common_utils"}
    assert [str(file) for file in FILES if file.stem in drawers] == []
