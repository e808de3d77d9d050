"""Corner tables are read as certificates print them and programs write them."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.references.corner_table import (
    LONGEST_TEXT,
    MOST_ROWS,
    BadTable,
    Corner,
    format_corner_table,
    read_corner_table,
)
from layers.references.figures import read_coordinate

X, Y = 1145161.57, 567218.31
METRES = st.integers(20_000_000, 2_999_999_999).map(lambda millimetres: millimetres / 1000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1145161,57", X),
        ("1145161.57", X),
        ("1.145.161,57", X),
        ("1,145,161.57", X),
        ("1 145 161.57", X),
        ("567.218,31", Y),
        ("567,218.31", Y),
        ("567.218", 567218.0),
        ("567218", 567218.0),
        ("567218,305", 567218.305),
        ("-12,5", -12.5),
    ],
)
def test_a_coordinate_is_read(text: str, value: float) -> None:
    assert read_coordinate(text) == value


@pytest.mark.parametrize(
    "text", ["x", "1.2.3", "1,14,5", "1e6", "nan", "１２", "1.145.161.57", "--1", "1" * 40]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_coordinate(text)


@pytest.mark.parametrize(
    "row",
    [
        "1\t1145161,57\t567218,31",
        "1 1145161.57 567218.31",
        "1; 1145161,57; 567218,31; 12,50",
        "1 | 1.145.161,57 | 567.218,31",
        "1 1 145 161.57 567 218.31",
        "1\t1 145 161,57\t567 218,31\t12,5",
        "1 1\u00a0145\u00a0161,57 567\u00a0218,31",
        "1,1145161.57,567218.31",
        "1, 1145161.57, 567218.31",
        "   1   1145161,57   567218,31   ",
    ],
)
def test_a_row_is_read_however_its_columns_are_parted(row: str) -> None:
    [corner] = read_corner_table(row)
    assert corner == Corner(1, "1", X, Y)


def test_a_row_without_a_number_is_called_by_its_row() -> None:
    assert [c.label for c in read_corner_table("1145161,57 567218,31\n1145162 567219")] == ["1", "2"]
    assert read_corner_table("1145161,57 567218,31 12,5")[0].x == X


def test_heads_empty_rows_and_sides_are_passed_over() -> None:
    head = "Số hiệu điểm\tX (m)\tY (m)\tCạnh (m)\n1\t2\t3\t4\n\n"
    text = f"{head}A1\t1145161,57\t567218,31\n12,50\nA2\t1145150\t567218\n"
    assert [(c.row, c.label) for c in read_corner_table(text)] == [(4, "A1"), (6, "A2")]


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("1 1145161,57 567218,31\n2 1145161,57", 2, "không đọc được"),
        ("1 1145161,57 567218,31\n2 abc 567218", 2, "X là “abc”"),
        ("1 1145161,57 567218,31\n2 1145161 12..5", 2, "Y là “12..5”"),
        ("1,1145161,57,567218,31", 1, "dấu phẩy"),
        ("1 1145161,57 567218,31\nhết", 2, "không đọc được"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(text: str, row: int, words: str) -> None:
    with pytest.raises(BadTable) as fault:
        read_corner_table(text)
    assert fault.value.row == row
    assert fault.value.told.vi.startswith(f"Dòng {row}")
    assert fault.value.told.en.startswith(f"Row {row}")
    assert words in fault.value.told.vi


def test_there_are_bounds() -> None:
    row = "1 1145161,57 567218,31\n"
    assert len(read_corner_table(row * MOST_ROWS)) == MOST_ROWS
    with pytest.raises(BadTable, match="more than"):
        read_corner_table(row * (MOST_ROWS + 1))
    with pytest.raises(BadTable, match="too long"):
        read_corner_table(" " * (LONGEST_TEXT + 1))


@given(st.lists(st.tuples(METRES, METRES), min_size=1, max_size=40))
def test_a_table_is_read_as_it_is_written(points: list[tuple[float, float]]) -> None:
    corners = [Corner(n, f"M{n}", x, y) for n, (x, y) in enumerate(points, start=1)]
    assert read_corner_table(format_corner_table(corners)) == corners


@given(st.text(alphabet="0123456789.,; |\t\n-aXđ", max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadTable):
        assert all(corner.row <= text.count("\n") + 1 for corner in read_corner_table(text))
