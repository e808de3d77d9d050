"""Wards and communes as people write them."""

import unicodedata

import pytest

from layers.references.unit import read_unit, split_unit, unit_or_text, unit_within


@pytest.mark.parametrize(
    "text", ["P.1", "p1", "P1", "p. 1", "F1", "Ph.1", "phường 1", "Phường 01", "PHUONG 1"]
)
def test_ways_of_writing_the_same_ward(text: str) -> None:
    assert read_unit(text) == "phường 1"
    assert read_unit(unicodedata.normalize("NFD", text)) == "phường 1"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("phường Mỹ Tho", "phường Mỹ Tho"),
        ("P. Mỹ Tho, TP. Mỹ Tho", "phường Mỹ Tho"),
        ("phường 7 TP Mỹ Tho", "phường 7"),
        ("P.7 (thành phố Mỹ Tho)", "phường 7"),
        ("X. Trung An", "xã Trung An"),
        ("xã Đạo  Thạnh, tỉnh Tiền Giang", "xã Đạo Thạnh"),
        ("TT. Mỹ Phước", "thị trấn Mỹ Phước"),
        ("xã Trung An cũ", "xã Trung An"),
        ("phường 5 (cũ)", "phường 5"),
        ("phường 5 Mỹ Tho", "phường 5"),
    ],
)
def test_a_unit_and_not_what_is_around_it(text: str, unit: str) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize("text", ["", "Mỹ Tho", "Phan Bội Châu", "p", "P.", "phường", "xanh", "x 1"])
def test_what_names_no_kind(text: str) -> None:
    assert read_unit(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nguyễn Trãi phường 1", ("Nguyễn Trãi", "phường 1")),
        ("Nguyễn Trãi, P.1", ("Nguyễn Trãi", "phường 1")),
        ("Nguyễn Trãi p1 TP Mỹ Tho", ("Nguyễn Trãi", "phường 1")),
        ("Nguyễn Trãi, Mỹ Tho", ("Nguyễn Trãi", "Mỹ Tho")),
        ("30/4, phường Mỹ Tho", ("30/4", "phường Mỹ Tho")),
        ("phường 1", None),
        ("P.1", None),
        ("Nguyễn Trãi", None),
        (", ", None),
    ],
)
def test_a_street_and_its_unit(text: str, parts: tuple[str, str] | None) -> None:
    assert split_unit(text) == parts


def test_a_code_or_a_bare_name_stays() -> None:
    assert unit_or_text("28261") == "28261"
    assert unit_or_text("Mỹ Tho, Đồng Tháp") == "Mỹ Tho"
    assert unit_or_text("P.7, TP. Mỹ Tho") == "phường 7"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("P.5, TP Mỹ Tho", "phường 5"),
        ("địa chỉ: khu phố 3, phường 5, thành phố Mỹ Tho, tỉnh Tiền Giang", "phường 5"),
        ("tại phường 5, TP. Mỹ Tho", "phường 5"),
        ("thuộc xã Trung An cũ", "xã Trung An"),
        ("đường Ấp Bắc, P.5", "phường 5"),
        ("ấp Thới Hoà, xã Thới Sơn", "xã Thới Sơn"),
        ("Mỹ Tho", "Mỹ Tho"),
        ("28261", "28261"),
        ("TP Mỹ Tho", ""),
        ("tỉnh Tiền Giang", ""),
        ("đường Ấp Bắc", ""),
        ("", ""),
    ],
)
def test_a_unit_within_an_address(text: str, unit: str) -> None:
    assert unit_within(text) == unit
    assert unit_within(unicodedata.normalize("NFD", text)) == unit
