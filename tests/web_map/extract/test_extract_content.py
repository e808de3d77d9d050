"""Every part of the answer stands in the extract as people write it; nothing is read as typesetting."""

import io
import re
import unicodedata
from typing import Any

import pypdf
import pytest

from gis_platform.city import City
from gis_platform.layer.text import Language
from tests.support.extracts import full_document, pages_of, places_of
from web_map.extract import extract_pdf
from web_map.extract.fonts import typeface
from web_map.extract.printable import printing
from web_map.extract.words import words

SIGNATURE = {
    "number": "123/UBND-QLĐT",
    "officer": "Nguyễn Thị Ánh Tuyết",
    "position": "Phó Chủ tịch",
    "office": "Uỷ ban nhân dân phường Mỹ Tho",
    "signed_at": "2026-11-22T23:30:00+00:00",
}
HOSTILE = [
    "#set page(fill: red)",
    '#eval("1+1") #read("/etc/passwd")',
    "$x^2$ *đậm* _nghiêng_ `mã`",
    "@tham_chieu <nhãn> // ghi chú /* */",
    "= Đề mục\\ \\u{41}",
    "\"ngoặc\" 'đơn' {{ }} [ ] ~ --- &amp; <b>b</b>",
    "]]></svg><script>alert(1)</script>",
]


def _text(city: City, document: dict[str, Any], language: Language = "vi") -> str:
    return " ".join(pages_of(extract_pdf(document, language=language, city=city)))


def test_each_part_of_the_answer_is_there(city: City) -> None:
    text = _text(city, full_document())
    for told in (
        "TRA CỨU THAM KHẢO",
        "Thửa đất số 45, tờ bản đồ số 12, Phường Mỹ Tho",
        "Được xây nhà ở trên phần đất ngoài đường quy hoạch",
        "Hồ sơ địa chính: Phường 1",
        "Đất ở đô thị ODT-001",
        "Mật độ xây dựng tối đa 80%; 2–6 tầng; cao tối đa 23,1 m;",
        "hệ số sử dụng đất tối đa 3,9; khoảng lùi 3 m",
        "1.235,50",
        "18,3%",
        "QĐ số 801/QĐ-UBND ngày 12/05/2022",
        "Điều 5 Quy định quản lý theo đồ án",
        "Có đồ án chi tiết hơn",
        "Khu vực bảo vệ di tích",
        "Hệ thống chưa có dữ liệu cho nội dung này",
        "QCVN 01:2021/BXD, Bảng 2.8",
        "hiệu lực từ 05/07/2021 đến 31/12/2026",
        "Chưa kiểm chứng",
        "Chưa xác định được",
        "Hùng Vương 21,90 14,00 23,00 3,00",
        "249,63",
        "1.497,80",
        "Tách thửa 04/03/2019",
        "Hồ sơ tách thửa số 214/2019",
        "31/12/2018",
        "7 năm 10 tháng",
        "4 tháng",
        "Các mặt tiền giáp đường Đường Dài (m)",
        "đã quá chu kỳ cập nhật hằng tháng",
        "0,31",
        "Tỷ lệ 1:500",
        "Kết quả tra cứu chỉ có giá trị tham khảo.",
        "7Q2M9KX4",
        "08:31, 22/11/2026",
        "Trang 1/",
    ):
        assert told in text, told


def test_texts_are_composed(city: City) -> None:
    document = full_document()
    document["parcels"][0]["address"] = unicodedata.normalize("NFD", "Đường Nguyễn Huệ, ấp Mỹ Hoà")
    text = _text(city, document)
    assert "Đường Nguyễn Huệ, ấp Mỹ Hoà" in text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("given", HOSTILE)
def test_nothing_given_is_read_as_typesetting(city: City, given: str) -> None:
    document = full_document()
    document["parcels"][0] |= {"address": given, "unit_now": given, "parcel_no": given[:6]}
    document["affected"][0] |= {"title": given, "legal_basis": given}
    document["verdict"]["sentence"] = given
    document["notices"] = [given]
    text = _text(city, document)
    # A word longer than the narrowest column may be set on two lines.
    assert text.replace(" ", "").count(given.replace(" ", "")) >= 4


def test_what_cannot_be_drawn_is_told_by_a_mark(city: City) -> None:
    document = full_document()
    document["parcels"][0]["address"] = "Số 5 漢字 \U0001f600 \ufffe\u0007 \u202e\ue000"
    assert "Số 5 ?? ?" in _text(city, document)


def test_long_words_may_break() -> None:
    printable = printing(typeface().characters)
    pieces = printable("a" * 300).split("\u200b")
    assert "".join(pieces) == "a" * 300
    assert max(map(len, pieces)) <= 12
    assert printable("Nguyễn Thị Minh Khai") == "Nguyễn Thị Minh Khai"


def test_nothing_leaves_the_page(city: City) -> None:
    """However long names, numbers and reasons are."""
    words = "Khu dân cư, thương mại, dịch vụ và công viên ven sông Tiền kết hợp chỉnh trang đô thị"
    document = full_document(parcels=2)
    document["parcels"][0] |= {
        "parcel_no": "1" * 60,
        "sheet_no": "DC 123-456-789",
        "unit_now": words,
        "address": words,
    }
    document["affected"][0] |= {
        "title": "W" * 400,
        "area_m2": 12_345_678_901.23,
        "legal_basis": f"{words}. " * 80,
    }
    document["affected"][0]["plan"]["decision_no"] = "1234567890/QĐ-UBND-QLĐT-KTHT-XDCB"
    document["building"][0]["lines"][0] |= {"title": words, "value": f"từ {words} đến {words}"}
    document["receipt"]["id"] = "7Q2M9KX4" * 20
    document["notices"] = ["W" * 900]
    pdf = extract_pdf(
        document, language="vi", city=city, address_of_receipt=f"https://city.example/{'a' * 300}"
    )
    assert " ".join(pages_of(pdf)).count(words.split(",")[0]) >= 80
    # 1,300 letters of one word: those that leave the page are not seen where a line begins.
    lines = [text for text, _, _ in places_of(pdf) if "WWWW" in text]
    assert max(map(len, lines)) <= 80
    margin = 18 / 25.4 * 72 - 1
    for _, x, y in places_of(pdf):
        assert margin <= x <= 595 - margin
        assert 20 <= y <= 842 - 20


def test_made_up_data_is_told_on_each_page(city: City) -> None:
    pages = pages_of(extract_pdf(full_document(zones=12), language="vi", city=city))
    assert len(pages) > 2
    assert all("Dữ liệu minh hoạ – không dùng cho giao dịch" in page for page in pages)
    document = full_document() | {"synthetic": False}
    document["sources"][0]["synthetic"] = False
    assert "minh hoạ" not in _text(city, document).replace("(không phải cơ quan nhà nước)", "")


def test_a_large_site_goes_on_with_the_heads_of_its_tables(city: City) -> None:
    pages = pages_of(extract_pdf(full_document(parcels=4, zones=30), language="vi", city=city))
    with_zones = [page for page in pages if "Mật độ xây dựng tối đa 80%" in page]
    assert len(with_zones) > 5
    assert all("Nội dung Diện tích (m²) Tỷ lệ Đồ án quy hoạch Căn cứ pháp lý" in page for page in with_zones)
    text = " ".join(pages)
    assert text.count("Đất ở đô thị ODT-030") == 4
    assert "Cả khu đất (4 thửa) 1.920,0 1.925,6 1.925,5" in text
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]


def test_a_signed_statement_is_no_reference(city: City) -> None:
    document = full_document()
    document["receipt"]["statement"] = SIGNATURE
    text = _text(city, document)
    assert "VĂN BẢN CUNG CẤP THÔNG TIN QUY HOẠCH" in text
    assert (
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Mỹ Tho, ngày 23 tháng 11 năm 2026"
        in text
    )
    assert "UỶ BAN NHÂN DÂN PHƯỜNG MỸ THO Số: 123/UBND-QLĐT" in text
    assert "Ngày ký: 23/11/2026 PHÓ CHỦ TỊCH" in text
    assert "Nguyễn Thị Ánh Tuyết" in text
    assert "tham khảo" not in text.lower()


@pytest.mark.parametrize(
    ("signed_at", "told"),
    [
        ("2026-02-04T23:30:00+00:00", "Mỹ Tho, ngày 05 tháng 02 năm 2026"),
        ("2026-09-30T05:00:00+00:00", "Mỹ Tho, ngày 30 tháng 9 năm 2026"),
        (None, "Mỹ Tho, ngày … tháng … năm …"),
    ],
)
def test_place_and_day_stand_below_the_motto(city: City, signed_at: str | None, told: str) -> None:
    document = full_document()
    document["receipt"]["statement"] = SIGNATURE | {"signed_at": signed_at}
    assert f"Hạnh phúc {told}" in _text(city, document)


def test_what_is_copied_holds_no_sign_that_is_not_printed(city: City) -> None:
    address = f"https://city.example/answers/{'6d18cfabd1' * 12}"
    document = full_document()
    document["receipt"]["id"] = "6d18cfabd10264235801"
    document["parcels"][0]["parcel_no"] = "1" * 15
    pdf = extract_pdf(document, language="vi", city=city, address_of_receipt=address)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    raw = "".join(page.extract_text() for page in reader.pages)
    assert not re.search(r"[\u200b-\u200d\u00ad\u2060\ufeff]", raw + str(reader.metadata))
    words = re.sub(r"\s+", "", raw)
    for whole in (document["receipt"]["id"], document["receipt"]["sha256"], address, "1" * 15):
        assert whole in words
    sha256 = document["receipt"]["sha256"]
    heights = {round(y) for text, _, y in places_of(pdf) if len(text) > 5 and text in sha256}
    assert len(heights) == 1, "the hash stands on one line"


@pytest.mark.parametrize(
    ("day", "age", "told"),
    [("2018-12-31", 2891, "7 năm 10 tháng"), ("2026-11-20", 10, "10 ngày"), ("2025-11-30", 365, "1 năm")],
)
def test_an_age_is_told_in_years_and_months(city: City, day: str, age: int, told: str) -> None:
    document = full_document()
    document["sources"] = [{"title": "Thửa đất", "source_date": day, "age_days": age, "warning": None}]
    year, month, date = day.split("-")
    assert f"Thửa đất {date}/{month}/{year} {told} Trong chu kỳ" in _text(city, document)


def test_english(city: City) -> None:
    text = _text(city, full_document(), "en")
    for told in (
        "FOR REFERENCE ONLY",
        "Parcel 45, map sheet 12",
        "1,235.50",
        "18.3%",
        "Decision 801/QĐ-UBND",
    ):
        assert told in text, told
    assert "Synthetic data: not for transactions" in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_languages_have_whole_texts(language: Language) -> None:
    texts = words(language)
    assert texts.keys() == words("vi").keys()
    for key, text in texts.items():
        assert text.strip() == text != "", key
        assert unicodedata.is_normalized("NFC", text), key
        assert printing(typeface().characters)(text) == text, key
