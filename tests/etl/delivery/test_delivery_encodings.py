"""Which encoding bytes are of: told by the one reading that is Vietnamese."""

import unicodedata

import pytest

from etl.delivery.encodings import CP1258, TCVN3, VNI, is_vietnamese, likely_encoding, reads_as

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
STREETS = (
    "Đường Hùng Vương",
    "Nguyễn Huệ",
    "Lê Lợi",
    "Ấp Bắc",
    "Đốc Binh Kiều",
    "Trần Quốc Toản",
    "Lý Thường Kiệt",
)


def in_cp1258(text: str) -> bytes:
    """As Windows writes it: the tone is a character of its own, after its letter."""
    told = b""
    for letter in text:
        marks = [mark for mark in unicodedata.normalize("NFD", letter)[1:] if mark in _TONES]
        bare = "".join(sign for sign in unicodedata.normalize("NFD", letter) if sign not in _TONES)
        told += unicodedata.normalize("NFC", bare).encode("cp1258") + "".join(marks).encode("cp1258")
    return told


@pytest.mark.parametrize("street", STREETS)
def test_cp1258_is_told_by_its_words(street: str) -> None:
    assert likely_encoding([in_cp1258(street)]) == CP1258
    assert reads_as(in_cp1258(street), CP1258) == street


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        (b"\xa7\xad\xeang H\xefng V\xad\xacng", TCVN3, "Đường Hùng Vương"),
        (b"Nguy\xd4n V\xa8n C\xf5", TCVN3, "Nguyễn Văn Cừ"),
        (b"L\xaa L\xeei", TCVN3, "Lê Lợi"),
        (b"Kh\xe3m tr\xf3c", TCVN3, "Khóm trúc"),
        ("Ñöôøng Huøng Vöông".encode("cp1252"), VNI, "Đường Hùng Vương"),
        ("Nguyeãn Vaên Cöø".encode("cp1252"), VNI, "Nguyễn Văn Cừ"),
        ("LEÂ LÔÏI".encode("cp1252"), VNI, "LÊ LỢI"),
    ],
)
def test_fonts_are_never_taken_for_cp1258(raw: bytes, encoding: str, text: str) -> None:
    assert likely_encoding([raw]) == encoding
    assert reads_as(raw, encoding) == text


def test_most_of_the_values_decide_and_noise_is_no_encoding() -> None:
    assert likely_encoding([in_cp1258("Đường"), b"\xff\xfe", in_cp1258("Lê Lợi")]) == CP1258
    assert likely_encoding([bytes(range(0x80, 0xFF))]) is None
    assert likely_encoding([]) is None


@pytest.mark.parametrize("text", ["Leâ", "căt", "ĐưỜng", "V¨n", "Lê§", "plain", "Ñö"])
def test_what_no_vietnamese_word_can_be(text: str) -> None:
    assert not is_vietnamese(text)
