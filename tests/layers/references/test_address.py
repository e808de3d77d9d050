"""Addresses are read as paths on streets, however they are written."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.references.address import (
    Address,
    format_path,
    read_address,
    read_path,
    street_key,
    street_spellings,
)

NUMBERS = st.tuples(st.integers(1, 9_999), st.sampled_from(["", *"abcdk", "bis"]))
PATHS = st.lists(NUMBERS, min_size=1, max_size=6).map(tuple)
STREETS = st.sampled_from(
    ["Ấp Bắc", "Hùng Vương", "Lê Lợi", "30/4", "3/2", "Đinh Bộ Lĩnh", "Nam Kỳ Khởi Nghĩa", "Lý Thường Kiệt"]
)


@pytest.mark.parametrize(
    ("text", "number", "street", "unit"),
    [
        ("12/5/3 Ấp Bắc, P.5", "12/5/3", "Ấp Bắc", "phường 5"),
        ("12 / 5 Ap Bac", "12/5", "Ap Bac", ""),
        ("12∕5 Ấp Bắc", "12/5", "Ấp Bắc", ""),
        ("số 73B đ. Hùng Vương", "73B", "Hùng Vương", ""),
        ("Số nhà 12 bis, đường Trần Hưng Đạo, phường 4, TP. Mỹ Tho", "12bis", "Trần Hưng Đạo", "phường 4"),
        ("3 hẻm 12 Lê Lợi", "12/3", "Lê Lợi", ""),
        ("hẻm 12/5 số 3 Ấp Bắc", "12/5/3", "Ấp Bắc", ""),
        ("12, Lê Lợi, P.5", "12", "Lê Lợi", "phường 5"),
        ("15 30/4", "15", "30/4", ""),
        ("12/5 30/4, F5", "12/5", "30/4", "phường 5"),
        ("30/4", "", "30/4", ""),
        ("3/2, P.1", "", "3/2", "phường 1"),
        ("30 tháng 4", "", "30 tháng 4", ""),
        ("5 đường 3 tháng 2", "5", "3 tháng 2", ""),
        ("đường Ấp Bắc", "", "Ấp Bắc", ""),
    ],
)
def test_it_is_read(text: str, number: str, street: str, unit: str) -> None:
    first = read_address(text)[0]
    assert (first.number, first.street, first.unit) == (number, street, unit)


@pytest.mark.parametrize("text", ["", "  ", "///", "...", ","])
def test_what_is_no_address_has_no_reading(text: str) -> None:
    assert read_address(text) == ()


@given(PATHS)
def test_a_path_is_read_as_it_is_written(path: tuple[tuple[int, str], ...]) -> None:
    assert read_path(format_path(path)) == path


@given(
    PATHS, STREETS, st.sampled_from(["", "đường ", "đ. ", "Đường "]), st.sampled_from(["", "số ", "số nhà "])
)
def test_an_address_is_read_as_it_is_written(
    path: tuple[tuple[int, str], ...], street: str, kind: str, before: str
) -> None:
    assert read_address(f"{before}{format_path(path)} {kind}{street}")[0] == Address(path, street)


@given(st.text(max_size=80))
def test_any_text_is_read_without_falling_over(text: str) -> None:
    for reading in read_address(text):
        assert reading.street


@given(st.text(alphabet=string.digits + "/-, abcPđ.", max_size=40))
def test_numbers_and_signs_in_any_order_are_read(text: str) -> None:
    for reading in read_address(text):
        assert read_path(reading.number) == reading.path if reading.path else reading.number == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lê Quí Đôn", "le quy don"),
        ("30/4", "30 tháng 4"),
        ("đường 30 tháng 4", "30/4"),
        ("QL1", "Quốc lộ 1"),
        ("Đường tỉnh 862", "ĐT 862"),
        ("Nguyễn Thị Quí", "Nguyễn Thị Quý"),
    ],
)
def test_ways_to_write_a_street_share_a_key_and_a_spelling(one: str, other: str) -> None:
    assert street_key(one) == street_key(other)
    assert set(street_spellings(one)) & set(street_spellings(other))


def test_other_streets_have_other_keys() -> None:
    assert len({street_key(name) for name in ("Mỹ Tho", "Ấp Bắc", "Lê Lợi", "30/4", "3/2", "Lê Lợi 2")}) == 6
