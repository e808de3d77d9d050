"""What a spreadsheet makes of texts, and names and texts that a Shapefile has no room for."""

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.exporting.shapefile import cut_texts, short_names
from gis_platform.spreadsheet import guarded


@pytest.mark.parametrize(
    "text", ["=1+1", "+SUM(A1)", "-2+3", '@cmd|"/c calc"!A0', "\t=1", "\r=1", "\n=1", "＝1+1", "'=1", "''=1"]
)
def test_no_text_is_run(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12", "+84901234567", "-1,5", "-1.25", "Ấp Bắc", "", "12-3", "'quoted"])
def test_numbers_and_ordinary_texts_stay(text: str) -> None:
    assert guarded(text) == text


@given(st.text(alphabet="'=+-@\t\r\n1a,.", max_size=6))
def test_one_apostrophe_less_gives_the_text_back(text: str) -> None:
    """As the documents tell: where a formula's sign follows the apostrophes, the first is ours."""
    told = guarded(text)
    undone = told[1:] if re.match(r"'+[=+\-@\t\r\n]", told) else told
    assert undone == text


def test_short_names_are_short_and_different() -> None:
    names = ["id", *(f"measured_area_{i}" for i in range(120)), "measured_a", "measured_2"]
    short = short_names(names)
    assert len(set(short.values())) == len(names)
    assert max(len(name) for name in short.values()) <= 10


def test_a_long_text_is_cut_between_letters_and_counted() -> None:
    texts = ["ngắn", None, "ộ" * 85, "a" * 254, "ữ" * 84]
    cut, count = cut_texts(pa.array(texts, pa.string()))
    assert cut.to_pylist() == ["ngắn", None, "ộ" * 84, "a" * 254, "ữ" * 84]
    assert count == 1
