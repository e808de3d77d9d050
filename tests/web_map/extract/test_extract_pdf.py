"""The extract as a file: of the form for archives, tagged, with its own fonts, and the same each time."""

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from fontTools.ttLib import TTFont
from pypdf.generic import IndirectObject

from gis_platform.city import City
from tests.support.extracts import full_document, pages_of
from web_map.extract import extract_pdf
from web_map.extract.fonts import FAMILY, TABULAR, typeface

_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
ADDRESS = "https://city.example/answers/7Q2M9KX4"


@pytest.fixture(scope="module")
def reader() -> pypdf.PdfReader:
    from gis_platform.city import load_city

    pdf = extract_pdf(full_document(), language="vi", city=load_city("my_tho"), address_of_receipt=ADDRESS)
    return pypdf.PdfReader(io.BytesIO(pdf))


def _root(reader: pypdf.PdfReader) -> dict[str, Any]:
    root: dict[str, Any] = reader.root_object
    return root


def _objects(reader: pypdf.PdfReader) -> Iterator[dict[str, Any]]:
    """Each dictionary of the file, wherever it hangs."""
    for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
        yield from _dictionary(reader, number)
    for number in reader.xref_objStm:
        yield from _dictionary(reader, number)


def _dictionary(reader: pypdf.PdfReader, number: int) -> Iterator[dict[str, Any]]:
    found = reader.get_object(IndirectObject(number, 0, reader))
    if isinstance(found, dict):
        yield found


def test_it_says_that_it_is_pdf_a_2b(reader: pypdf.PdfReader) -> None:
    metadata = _root(reader)["/Metadata"].get_object().get_data()
    said = ElementTree.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", metadata))  # noqa: S314  # our own file
    values = {e.tag: e.text for e in said.iter()} | {k: v for e in said.iter() for k, v in e.attrib.items()}
    assert values[f"{_PDFAID}part"] == "2"
    assert values[f"{_PDFAID}conformance"] == "B"
    (intent,) = _root(reader)["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert intent.get_object()["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"
    assert not reader.is_encrypted
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(_root(reader))


def test_every_font_is_ours_and_within(reader: pypdf.PdfReader) -> None:
    fonts = [o for o in _objects(reader) if o.get("/Type") == "/FontDescriptor"]
    families = {FAMILY.replace(" ", ""), TABULAR.replace(" ", "")}
    assert {re.sub(r"^/\w+\+|-\w+$", "", font["/FontName"]) for font in fonts} == families
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)


def test_it_is_tagged_titled_and_of_a_language(reader: pypdf.PdfReader) -> None:
    assert _root(reader)["/MarkInfo"]["/Marked"]
    assert _root(reader)["/Lang"] == "vi"
    assert reader.metadata is not None
    assert (
        reader.metadata.title == "Tra cứu thông tin quy hoạch: Thửa đất số 45, tờ bản đồ số 12, Phường Mỹ Tho"
    )
    tags = [str(o["/S"]) for o in _objects(reader) if "/S" in o and "/P" in o]
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure"} <= set(tags)
    told = [str(o.get("/Alt", "")) for o in _objects(reader) if o.get("/S") == "/Figure"]
    assert all(told)
    assert "Mã QR dẫn đến biên nhận" in told
    assert any(text.startswith("Sơ đồ thửa đất") for text in told)


def test_the_same_answer_gives_the_same_bytes(city: City) -> None:
    one, other = (extract_pdf(full_document(), language="vi", city=city) for _ in range(2))
    assert one == other


def test_the_pages_are_a4(reader: pypdf.PdfReader) -> None:
    assert {tuple(round(float(v)) for v in page.mediabox) for page in reader.pages} == {(0, 0, 595, 842)}


def test_digits_of_tables_line_up() -> None:
    files = [font.path for font in typeface().fonts.fonts() if font.family == TABULAR and font.path]
    assert len(files) == 2
    for file in files:
        with TTFont(file) as font:
            names = font.getBestCmap()
            assert len({font["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_a_document_may_lack_anything(city: City) -> None:
    whole = full_document()
    for key in whole:
        less = {name: value for name, value in whole.items() if name != key}
        assert extract_pdf(less, language="vi", city=city).startswith(b"%PDF-"), key
    for name in ("path", "affected", "not_affected", "no_data", "building", "sources", "slivers", "rules"):
        bare = {**whole, name: [{} for _ in whole[name]]}
        assert extract_pdf(bare, language="vi", city=city).startswith(b"%PDF-"), name
    assert pages_of(extract_pdf({"parcels": [{}]}, language="en", city=city))
