"""Sheet and parcel as people write them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.references.parcel import (
    ParcelReference,
    canonical_number,
    format_parcel_reference,
    parse_parcel_reference,
)

PLAIN = ParcelReference("12", "45")


@pytest.mark.parametrize(
    "text",
    [
        "tờ 12 thửa 45",
        "to 12, thua 45",
        "TỜ 12 THỬA 45",
        "  Tờ 12; thửa 45. ",
        "tờ số 12 thửa số 45",
        "số tờ 12, số thửa 45",
        "số tờ: 12 - số thửa: 45",
        "tờ bản đồ số 12 thửa đất số 45",
        "Thửa đất số 45, tờ bản đồ số 12",
        "thửa đất số: 45; tờ bản đồ địa chính số: 12",
        "thửa 45 tờ 12",
        "thua 45 to 12",
        "thửa 0045 tờ 012",
        "TBĐ 12 thửa 45",
        "tờ BĐ 12 thửa 45",
        "tờ BĐ số 12, thửa đất số 45",
        "T12 TH45",
        "t.12 th.45",
        "T12TH45",
        "tờ12 thửa45",
        "sheet 12 parcel 45",
        "parcel 45, sheet 12",
    ],
)
def test_ways_of_writing_the_same(text: str) -> None:
    assert parse_parcel_reference(text) == PLAIN
    assert parse_parcel_reference(unicodedata.normalize("NFD", text)) == PLAIN


@pytest.mark.parametrize(
    ("text", "sheet", "parcel", "unit"),
    [
        ("tờ 12 thửa 45 phường 7", "12", "45", "phường 7"),
        ("tờ 12 thửa 45, P.7, TP. Mỹ Tho", "12", "45", "P.7, TP. Mỹ Tho"),
        ("thửa 45 tờ 12 (xã Đạo  Thạnh)", "12", "45", "xã Đạo Thạnh"),
        ("T12 TH45 phường Mỹ Phong", "12", "45", "phường Mỹ Phong"),
        ("tờ 12a thửa 45b", "12A", "45B", None),
        ("tờ ZA thửa 45", "ZA", "45", None),
        ("tờ 0A thửa 3", "0A", "3", None),
        ("tờ Đ1 thửa 3", "Đ1", "3", None),
        ("thửa 3 tờ AB, Criquebeuf", "AB", "3", "Criquebeuf"),
    ],
)
def test_letters_and_units(text: str, sheet: str, parcel: str, unit: str | None) -> None:
    assert parse_parcel_reference(text) == ParcelReference(sheet, parcel, unit)


@pytest.mark.parametrize(
    "text",
    [
        "tờ 12 thửa 45 phường 5",
        "to 12 thua 45 p5",
        "tờ bản đồ số 12, thửa đất số 45, P.5, TP Mỹ Tho",
        "Thửa đất số: 45; Tờ bản đồ số: 12; địa chỉ: khu phố 3, phường 5, thành phố Mỹ Tho, tỉnh Tiền Giang",
        "phường 5 thành phố Mỹ Tho tờ 12 thửa 45",
        "thửa 45 tờ 12 đường Ấp Bắc, F.5 (cũ)",
    ],
)
def test_a_number_as_it_stands_on_a_certificate(text: str) -> None:
    reference = parse_parcel_reference(text)
    assert reference is not None
    assert (reference.sheet_no, reference.parcel_no, reference.unit) == ("12", "45", "phường 5")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12/45",
        "12 45",
        "12/5/3 Ấp Bắc",
        "tờ 12",
        "thửa 45",
        "tờ thửa 45",
        "tờ số thửa 45",
        "tờ bản đồ thửa 45",
        "tờ 12 thửa",
        "tờ 12 thửa abc",
        "tờ 12 thửa 45/2",
        "tờ 1234567 thửa 45",
        "đường 30/4",
        "tổ 12 khu phố 3",
        "Thới Sơn 12",
        "w3gdumj11fw2",
        "tờ" * 2000,
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert parse_parcel_reference(text) is None


numbers = st.integers(1, 99_999).map(str)
suffixes = st.sampled_from(["", "A", "B", "K"])
sheets = st.one_of(st.tuples(numbers, suffixes).map("".join), st.sampled_from(["A", "AB", "ZC", "0A", "C12"]))
parcels = st.tuples(numbers, suffixes).map("".join)
units = st.one_of(
    st.none(),
    st.sampled_from(
        ["phường 7", "Phường Mỹ Tho", "xã Đạo Thạnh", "P.1, TP. Mỹ Tho", "thị trấn Mỹ Phước", "28261"]
    ),
)
references = st.builds(ParcelReference, sheets, parcels, units)


@given(reference=references, language=st.sampled_from(["vi", "en"]))
def test_what_is_written_is_read_again(reference: ParcelReference, language: str) -> None:
    written = format_parcel_reference(reference, language)
    assert parse_parcel_reference(written) == reference
    assert parse_parcel_reference(unicodedata.normalize("NFD", written)) == reference


@given(reference=references, capitals=st.booleans())
def test_order_and_case_do_not_matter(reference: ParcelReference, capitals: bool) -> None:
    text = f"thửa đất số {reference.parcel_no}, tờ bản đồ số {reference.sheet_no}"
    found = parse_parcel_reference(text.upper() if capitals else text.lower())
    assert found == ParcelReference(reference.sheet_no, reference.parcel_no)


@given(text=st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    found = parse_parcel_reference(text)
    if found is not None:
        assert parse_parcel_reference(format_parcel_reference(found)) == found


@pytest.mark.parametrize(
    ("number", "stored"), [(" 012 ", "12"), ("0", "0"), ("000", "0"), ("0a", "0A"), ("12a", "12A")]
)
def test_numbers_as_stored(number: str, stored: str) -> None:
    assert canonical_number(number) == stored


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("phường 7, tờ 12 thửa 45", "phường 7"),
        ("P.7 tờ 12 thửa 45", "P.7"),
        ("xã Trung An: thửa 45, tờ bản đồ số 12", "xã Trung An"),
        ("phường 7, số tờ 12, số thửa 45, TP. Mỹ Tho", "phường 7, TP. Mỹ Tho"),
    ],
)
def test_the_unit_may_stand_first(text: str, unit: str) -> None:
    assert parse_parcel_reference(text) == ParcelReference("12", "45", unit)


@pytest.mark.parametrize("text", ["ghi tờ 12 thửa 45", "phường tờ 12 thửa 45", "số nhà 3 tờ 12 thửa 45"])
def test_only_a_unit_stands_first(text: str) -> None:
    assert parse_parcel_reference(text) is None
