"""Rules of a day are read once, and again when a row was added or closed."""

from datetime import date

import pytest

from gis_platform.rules import Books, NotLoaded

DAY = date(2026, 12, 31)
CODES = ("building.density.house",)


def test_a_book_is_read_once_for_a_version_of_the_table() -> None:
    books = Books()
    assert books.held(CODES, DAY, "infinity") is None
    first = books.read(CODES, DAY, "infinity", None, "7.5.0", {})
    held = books.held(CODES, DAY, "infinity")
    assert held is not None
    assert books.read(CODES, DAY, "infinity", held, "7.5.0", None) is first
    assert isinstance(first.look_up(CODES[0]), NotLoaded)
    assert first.look_up(CODES[0]) is first.look_up(CODES[0])


def test_another_version_is_another_book() -> None:
    books = Books()
    first = books.read(CODES, DAY, "infinity", None, "7.5.0", {})
    held = books.held(CODES, DAY, "infinity")
    second = books.read(CODES, DAY, "infinity", held, "7.6.1", {})
    assert second is not first
    # Who asked with the older one meanwhile and is told of its version still has it.
    assert books.read(CODES, DAY, "infinity", held, "7.5.0", None) is first


def test_another_day_or_moment_is_another_book() -> None:
    books = Books()
    books.read(CODES, DAY, "infinity", None, "7.5.0", {})
    assert books.held(CODES, date(2027, 1, 1), "infinity") is None
    assert books.held(CODES, DAY, "2026-01-01T00:00:00+00:00") is None


def test_rules_that_were_not_told_are_no_empty_book() -> None:
    with pytest.raises(RuntimeError, match="were not told"):
        Books().read(CODES, DAY, "infinity", None, "7.5.0", None)


def test_only_so_many_are_held() -> None:
    books = Books(most=2)
    for year in (2024, 2025, 2026):
        books.read(CODES, date(year, 1, 1), "infinity", None, "7.5.0", {})
    assert books.held(CODES, date(2024, 1, 1), "infinity") is None
    assert books.held(CODES, date(2026, 1, 1), "infinity") is not None
