"""The receipt of a case as a paper: one sheet whatever stands on it, and the same bytes at one moment."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gis_platform.city import load_city
from tests.support.extracts import pages_of
from web_map.receipt import receipt_pdf

NOON = datetime(2026, 11, 16, 5, tzinfo=UTC)
ADDRESS = "https://ban-do.example.vn/ho-so/K4TX-92MR-PAV7"
RULE = {"document": "Nghị định " * 20, "article": "điểm a khoản 1 Điều " * 10, "state": "x", "verified": True}
DOCUMENT = {"kind": "Giấy tờ chứng minh quyền sử dụng đất " * 3, "name": "tep-" * 50, "sha256": "a1" * 32}


def _receipt(**change: Any) -> dict[str, Any]:
    plain = {
        "code": "K4TX-92MR-PAV7",
        "unit": "Phường Mỹ Tho",
        "kind": "Cấp giấy phép xây dựng",
        "details": [{"title": "Loại", "text": "Cấp mới"}],
        "place": "Thửa 41, tờ 12",
        "applicant": "Nguyễn Thị Đẹp",
        "channel": "counter",
        "opened_at": NOON,
        "received_on": date(2026, 11, 16),
        "closed_at": None,
        "term": {
            "days": 7,
            "counts": "working",
            "paused": False,
            "due_on": date(2026, 11, 26),
            "rule": RULE | {"document": "NĐ 217/2026/NĐ-CP", "article": "Điều 54"},
        },
        "documents": [],
        "synthetic": False,
    }
    return plain | change


def _sheet(**change: Any) -> str:
    pdf = receipt_pdf(_receipt(**change), city=load_city("my_tho"), address=ADDRESS, printed_at=NOON)
    (page,) = pages_of(pdf)
    return page


def test_it_keeps_to_one_sheet_whatever_stands_on_it() -> None:
    full = _sheet(
        place="Thửa đất rất dài " * 17,
        applicant="Nguyễn Công Tằng Tôn Nữ " * 8,
        kind="Cấp giấy phép xây dựng " * 3,
        details=[{"title": "Nội dung đề nghị của hồ sơ", "text": "Nhà ở riêng lẻ " * 20}] * 9,
        term={"days": 7, "counts": "working", "paused": True, "due_on": None, "rule": RULE},
        documents=[DOCUMENT] * 20,
        synthetic=True,
    )
    assert "và 15 tệp khác" in full
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in full
    assert full.count("a1a1a1a1a1a1") == 5
    short = _sheet(documents=[DOCUMENT] * 20, synthetic=True)
    assert "và 7 tệp khác" in short
    assert short.count("a1a1a1a1a1a1") == 13


def test_a_term_that_was_verified_is_not_told_as_unverified() -> None:
    said = _sheet()
    assert "chưa kiểm chứng" not in said
    assert "minh hoạ" not in said.lower()
    assert "26/11/2026" in said
    assert "7 ngày làm việc" in said
    assert "Chưa có tệp nào trong hồ sơ điện tử." in said
    calendar = _receipt()["term"] | {"counts": "calendar", "days": 30}
    assert "30 ngày, tính" in _sheet(term=calendar)
    assert "Chưa có thời hạn" in _sheet(term=None, received_on=None)


@pytest.mark.parametrize("name", ["#panic()", "*đậm*", "Đẹp \u202e\x00 漢字", "$x$ @a <b>"])
def test_what_people_write_is_text_and_no_markup(name: str) -> None:
    assert "NGƯỜI NỘP HỒ SƠ" in _sheet(applicant=name, place=name)


def test_the_same_receipt_at_the_same_moment_is_the_same_paper() -> None:
    city = load_city("my_tho")
    first, second = (receipt_pdf(_receipt(), city=city, address=ADDRESS, printed_at=NOON) for _ in range(2))
    assert first == second
    assert b"pdfaid" in first
