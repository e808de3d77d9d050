"""The one reading of house numbers: unchanged there and back, and in one order here and in the database."""

import json
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.numbering.geocoding.suggesting import key_range, rank
from layers.references.address import Number, format_path, read_path
from layers.references.house_path import (
    checked_path,
    members_of,
    path_of,
    read_alley_path,
    read_old_numbers,
)

# As they stand on houses and papers of Mỹ Tho, Sài Gòn and Hà Nội.
REAL = (
    "1 12 99 73B 40bis 12/5 12/5/3 12A/5 12/5B/3A 1/2/3/4/5/6 123/45/6/7bis 2026 99999 5A 5Z 7/1 100/100 "
    "30/4 3/2 12bis/4 8C/9D"
).split()

NUMBERS = st.tuples(
    st.integers(1, 99_999),
    st.one_of(st.just(""), st.just("bis"), st.from_regex(r"[a-z]{1,3}", fullmatch=True)),
)
PATHS = st.lists(NUMBERS, min_size=1, max_size=8).map(tuple)


@pytest.mark.parametrize("text", REAL)
def test_real_forms_are_written_back_unchanged(text: str) -> None:
    path = checked_path(text)
    assert format_path(path) == text
    assert path_of(json.loads(json.dumps(members_of(path)))) == path


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12 / 5", "12/5"),
        ("73b", "73B"),
        ("40 BIS", "40bis"),
        ("40Bis", "40bis"),
        ("012", "12"),
        ("12∕5", "12/5"),
    ],
)
def test_other_ways_to_write_come_to_one(text: str, written: str) -> None:
    assert format_path(checked_path(text)) == written


@pytest.mark.parametrize(
    "text", ["", "0", "A", "12/", "/3", "12//3", "100000", "12abcd", "1/2/3/4/5/6/7/8/9", "-1"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # of the standard library, without words
        checked_path(text)


@given(PATHS)
def test_any_path_is_written_and_read_back(path: tuple[Number, ...]) -> None:
    assert read_path(format_path(path)) == path
    assert path_of(json.loads(read_alley_path(format_path(path[:-1]) if path[:-1] else ""))) == path[:-1]
    assert path_of(json.loads(read_old_numbers(format_path(path)))[0]["path"]) == path


def test_numbers_are_in_order_as_tuples_and_not_as_texts() -> None:
    in_order = ["2", "9", "12", "12/1", "12/2", "12/10", "12A", "12A/1", "12B", "12bis", "12C", "13", "100"]
    assert sorted(in_order, key=checked_path) == in_order
    assert sorted(in_order) != in_order


def _asked(connection: psycopg.Connection[Any], function: str, path: tuple[Number, ...]) -> Any:
    row = connection.execute(
        f"SELECT numbering.{function}(CAST(%s AS jsonb), %s, %s)".encode(),
        [json.dumps(members_of(path[:-1])), *path[-1]],
    ).fetchone()
    assert row is not None
    return row[0]


@settings(max_examples=150, deadline=None)
@given(first=PATHS, second=PATHS, shared=st.integers(0, 4))
def test_the_database_has_the_same_order(
    shared_connection: psycopg.Connection[Any], first: Any, second: Any, shared: int
) -> None:
    second = (*first[:shared], *second)[:8]
    keys = [_asked(shared_connection, "sort_key", path) for path in (first, second)]
    assert (keys[0] < keys[1], keys[0] == keys[1]) == (first < second, first == second)
    row = shared_connection.execute("SELECT CAST(%s AS integer[]) < CAST(%s AS integer[])", keys).fetchone()
    assert row == (first < second,)
    assert keys[0] == [part for number, suffix in first for part in (number, rank(suffix))]


@settings(max_examples=100, deadline=None)
@given(PATHS)
def test_the_database_paints_it_alike(shared_connection: psycopg.Connection[Any], path: Any) -> None:
    assert _asked(shared_connection, "painted", path) == format_path(path)


@pytest.fixture(scope="module")
def shared_connection(shared: str) -> Any:
    with psycopg.connect(shared) as opened:
        yield opened


@given(typed=PATHS, more=st.lists(NUMBERS, max_size=3))
def test_what_begins_as_typed_lies_in_its_range(typed: Any, more: list[Number]) -> None:
    low, high = key_range(typed)

    def key(path: Any) -> list[int]:
        return [part for number, suffix in path for part in (number, rank(suffix))]

    assert low <= key((*typed, *more)) < high
    other = ((*typed[:-1], (typed[-1][0] + 1, "")), *more)
    assert not low <= key(other[0]) < high


@pytest.mark.parametrize(
    "path",
    [
        "{}",
        '"12"',
        "[12]",
        '[{"number": 12}]',
        '[{"number": "12", "suffix": ""}]',
        '[{"number": 0, "suffix": ""}]',
        '[{"number": 1.5, "suffix": ""}]',
        '[{"number": 1, "suffix": "A"}]',
        '[{"number": 1, "suffix": "", "more": 1}]',
        json.dumps([{"number": 1, "suffix": ""}] * 8),
    ],
)
def test_the_database_keeps_nothing_else(connection: psycopg.Connection[Any], path: str) -> None:
    row = connection.execute("SELECT numbering.is_path(CAST(%s AS jsonb))", [path]).fetchone()
    assert row == (False,)
