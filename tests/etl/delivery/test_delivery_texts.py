"""Texts of a file converted column by column: what is sure, what is mixed, what was lost."""

import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest

from etl.delivery.faults import Faults, Rows
from etl.delivery.recognise.charsets import CHARSETS, CP1258, TCVN3, VISCII, VNI, Charset
from etl.delivery.recognise.detecting import readings_of
from etl.delivery.recognise.report import TextReport
from etl.delivery.text import clean
from gis_platform.errors import DeliveryRefused
from tests.support.encoded import LETTERS, STREETS, encoded

ALL = [*STREETS, *(f"lô {number}" for number in range(3))]


def _column(values: Sequence[bytes | None]) -> pa.Array:
    """Bytes as GDAL hands them over: as texts, whatever they are."""
    return pa.array(values, pa.large_binary()).view(pa.large_string())


def _read(
    columns: Mapping[str, Sequence[bytes | None]], codec: str = "utf-8", forced: Charset | None = None
) -> tuple[dict[str, list[str | None]], TextReport]:
    """The columns as they are taken in, in batches of four; raises as a delivery does."""
    held = {name: _column(values) for name, values in columns.items()}
    readings = readings_of(held, codec, forced)
    faults, report = Faults("a.shp"), TextReport()
    told: dict[str, list[str | None]] = {name: [] for name in columns}
    for name, column in held.items():
        for first in range(0, len(column), 4):
            piece = column.slice(first, 4)
            rows = Rows(first + 1, np.arange(len(piece)))
            text, _ = clean(piece, codec, name, rows, faults, readings.get(name), report)
            told[name] += text.to_pylist()
    faults.refuse_if_any()
    return told, report


@pytest.mark.parametrize("charset", CHARSETS, ids=lambda c: c.name)
def test_bytes_of_an_encoding_come_in_as_unicode_and_it_is_told(charset: Charset) -> None:
    told, report = _read({"diachi": [encoded(text, charset) for text in ALL]})
    assert told == {"diachi": ALL}
    (entry,) = report.as_json()
    assert entry["encoding"] == charset.name
    assert entry["converted"] == len(ALL)
    assert entry["characters_without_meaning"] == entry["already_unicode"] == 0
    assert entry["examples"][0]["after"] == ALL[0]
    (finding,) = report.findings()
    assert (finding.code, finding.severity, finding.count) == ("text_converted", "warning", len(ALL))
    assert charset.title in finding.text
    assert charset.title in finding.text_vi


@pytest.mark.parametrize("charset", [TCVN3, VNI, VISCII], ids=lambda c: c.name)
def test_the_same_saved_as_unicode_by_a_western_program(charset: Charset) -> None:
    told, _ = _read({"diachi": [encoded(text, charset).decode("latin-1").encode() for text in ALL]})
    assert told == {"diachi": ALL}


def test_one_column_tells_of_another_that_says_too_little() -> None:
    told, _ = _read({"ten": [encoded(text, TCVN3) for text in ALL], "loai": [encoded("lúa", TCVN3)] * 3})
    assert told["loai"] == ["lúa"] * 3


def test_ascii_and_empty_values_are_left_and_not_counted() -> None:
    values = [encoded(text, VNI) for text in ALL] + [b"Le Loi", None, b"", b"  12A "]
    told, report = _read({"diachi": values})
    assert told["diachi"][-4:] == ["Le Loi", None, None, "12A"]
    assert report.as_json()[0]["converted"] == len(ALL)


def test_plain_unicode_and_french_are_read_as_they_stand_and_nothing_is_told() -> None:
    for words in (
        list(ALL),
        ["Rue de l'Église", "Château d'Eau", "Forêt", "Chênes", "Sainte-Thérèse", "Côte"],
    ):
        told, report = _read({"a": [word.encode() for word in words]})
        assert told == {"a": words}
        assert report.as_json() == []
        assert report.findings() == []


@pytest.mark.parametrize("form", ["NFD", "half"])
def test_decomposed_unicode_is_composed_and_counted(form: str) -> None:
    def apart(text: str) -> str:
        if form == "NFD":
            return unicodedata.normalize("NFD", text)
        return encoded(text, CP1258).decode("cp1258")

    told, report = _read({"a": [apart(text).encode() for text in ALL]})
    assert told == {"a": ALL}
    (entry,) = report.as_json()
    assert (entry["encoding"], entry["composed"]) == ("utf-8", sum(apart(text) != text for text in ALL))


def test_columns_in_different_encodings_are_each_read_in_their_own() -> None:
    told, report = _read(
        {"a": [encoded(text, TCVN3) for text in ALL], "b": [encoded(text, VNI) for text in ALL]}
    )
    assert told == {"a": ALL, "b": ALL}
    assert {entry["column"]: entry["encoding"] for entry in report.as_json()} == {"a": "tcvn3", "b": "vni"}
    mixed = [finding for finding in report.findings() if finding.code == "mixed_encodings"]
    assert len(mixed) == 1
    assert "TCVN3 (ABC), VNI" in mixed[0].text


def test_unicode_in_a_column_of_another_encoding_stays_and_is_told() -> None:
    values = [encoded(text, TCVN3) for text in ALL] + ["Nguyễn Huệ".encode(), "Ấp Bắc".encode()]
    told, report = _read({"a": values})
    assert told["a"] == [*ALL, "Nguyễn Huệ", "Ấp Bắc"]
    (entry,) = report.as_json()
    assert (entry["converted"], entry["already_unicode"]) == (len(ALL), 2)
    assert "mixed_encodings" in {finding.code for finding in report.findings()}


def test_in_a_mixed_column_what_could_be_either_stays_and_is_counted() -> None:
    # "Hòa" is a word as it stands, and "Hũa" in TCVN3.
    legacy = [encoded(text, TCVN3).decode("latin-1").encode() for text in ALL]
    told, report = _read({"a": [*legacy, "Nguyễn Huệ".encode(), "Hòa".encode()]})
    assert told["a"] == [*ALL, "Nguyễn Huệ", "Hòa"]
    assert report.as_json()[0]["doubtful"] == 1


def test_too_little_to_be_sure_is_refused_with_what_it_would_say() -> None:
    with pytest.raises(
        DeliveryRefused, match=r"Read as TCVN3 \(ABC\) it says 'Lê Lợi'.*--encoding tcvn3"
    ) as no:
        _read({"a": [encoded("Lê Lợi", TCVN3), b"x"]})
    assert {finding.code for finding in no.value.extra["findings"]} == {"wrong_encoding"}


@pytest.mark.parametrize("charset", CHARSETS, ids=lambda c: c.name)
def test_a_named_encoding_is_believed_where_little_is_said(charset: Charset) -> None:
    told, report = _read({"a": [encoded("Lê Lợi", charset), b"x"]}, charset.name, charset)
    assert told == {"a": ["Lê Lợi", "x"]}
    assert report.as_json()[0]["forced"]


def test_a_byte_without_meaning_is_refused_with_its_row() -> None:
    values = [encoded(text, TCVN3) for text in ALL] + [b"L\xaa L\x81i"]
    with pytest.raises(
        DeliveryRefused, match=r"row 13 .*make no sense in TCVN3 \(ABC\).*'Lê L.i'"
    ) as refused:
        _read({"a": values})
    assert {finding.code for finding in refused.value.extra["findings"]} == {"text_unreadable"}


def test_a_file_that_changes_its_encoding_half_way_is_refused() -> None:
    values = [encoded(text, TCVN3) for text in ALL * 40] + [encoded(text, VNI) for text in ALL * 40]
    column = _column(values)
    readings = readings_of({"a": column.slice(0, 400)})
    faults = Faults("a.shp")
    clean(column.slice(480), "utf-8", "a", Rows(481, np.arange(480)), faults, readings["a"], TextReport())
    with pytest.raises(DeliveryRefused, match="make no sense in TCVN3"):
        faults.refuse_if_any()


def test_tcvn3_capitals_come_back_among_capitals_and_the_rest_is_told() -> None:
    typed = [
        ("ĐƯỜNG HÙNG VƯƠNG", "ĐƯỜNG HÙNG VƯƠNG"),
        ("HÀ NỘI", "HÀ NỘI"),
        ("UBND PHƯỜNG 4 Mỹ Tho", "UBND PHƯỜNG 4 Mỹ Tho"),
        ("Hà Nội", "Hà Nội"),
        ("Ấp Bắc", "ấp Bắc"),
        ("Nguyễn Ánh", "Nguyễn ánh"),
        ("Đường Lê Lợi", "Đường Lê Lợi"),
        ("Ở THỬA 12", "Ở THỬA 12"),
    ]
    told, report = _read({"a": [encoded(before, TCVN3) for before, _ in typed]})
    assert told["a"] == [after for _, after in typed]
    (entry,) = report.as_json()
    assert entry["capitals_restored"] == 4
    assert entry["capitals_lost"] == 2
    assert not entry["from_capital_font"]
    assert "may have lost a capital" in report.findings()[0].text


def test_text_typed_for_the_capital_font_has_no_capitals_and_that_is_told() -> None:
    _, report = _read({"a": [encoded(text.lower(), TCVN3) for text in ALL]})
    assert report.as_json()[0]["from_capital_font"]
    assert ".VnTimeH" in report.findings()[0].text


@pytest.mark.parametrize("charset", CHARSETS, ids=lambda c: c.name)
def test_every_letter_stands_in_a_delivered_column_as_it_was_written(charset: Charset) -> None:
    letters = list(LETTERS) + ([] if charset is TCVN3 else list(LETTERS.upper()))
    told, _ = _read({"a": [encoded(letter, charset) for letter in letters]}, charset.name, charset)
    assert told["a"] == letters
