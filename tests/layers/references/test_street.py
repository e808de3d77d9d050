"""Streets and alleys as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_platform.folding import fold
from layers.references.street import read_street


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("đường Hùng Vương", "Hùng Vương", ""),
        ("duong Hung Vuong", "Hung Vuong", ""),
        ("Đ. Hùng Vương", "Hùng Vương", ""),
        ("phố Hùng Vương", "Hùng Vương", ""),
        ("Nguyễn Trãi phường 1", "Nguyễn Trãi", "phường 1"),
        ("đường Nguyễn Trãi, P.1", "Nguyễn Trãi", "phường 1"),
        ("30/4", "30 Tháng 4", ""),
        ("đường 30/4", "30 Tháng 4", ""),
        ("30 tháng 4", "30/4", ""),
        ("12/5 30/4", "30 Tháng 4", ""),
        ("12/5/3 Ấp Bắc", "Ấp Bắc", ""),
        ("số 12A đường Ấp Bắc, P.5", "Ấp Bắc", "phường 5"),
        ("hẻm 12 ấp bắc", "ấp bắc", ""),
        ("H.12 Ấp Bắc", "Hẻm 12 Ấp Bắc", ""),
        ("ngõ số 12 đường Ấp Bắc", "Hẻm 12 Ấp Bắc", ""),
        ("QL1", "Quốc lộ 1", ""),
        ("ĐT 870", "Đường tỉnh 870", ""),
    ],
)
def test_ways_of_writing_a_street(text: str, name: str, unit: str) -> None:
    assert (fold(name), unit) in {(fold(reading.name), reading.unit) for reading in read_street(text)}


def test_the_street_of_a_house_is_less_sure_than_a_street() -> None:
    sure = {fold(reading.name): reading.weight for reading in read_street("đường 12 Ấp Bắc")}
    assert sure["12 ap bac"] > sure["ap bac"]


@pytest.mark.parametrize("text", ["", "Hùng Vương", "phường 1", "P.1", "Phố", "Phong Điền"])
def test_what_has_no_other_reading(text: str) -> None:
    assert read_street(text) == ()


@given(text=st.text(max_size=80))
def test_any_text_gets_readings_worth_asking(text: str) -> None:
    for reading in read_street(text):
        assert fold(reading.name)
        assert not set(fold(reading.name)) & set("%_\\")
        assert 0 < reading.weight <= 1
