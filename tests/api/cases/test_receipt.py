"""The receipt that an applicant takes home: what was handed in, when to come back, and who may print it."""

from datetime import date
from typing import Any

import pytest

from tests.support.accounts import audited
from tests.support.extracts import pages_of
from tests.support.office import PDF, Office
from tests.support.problems import problem
from tests.support.trials import open_trial


def _sheet(office: Office, case: Any) -> str:
    answer = office.get(f"/api/cases/{case['code']}/receipt.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    (page,) = pages_of(answer.content)
    return page


def test_it_says_what_was_handed_in_and_when_to_come_back(office: Office) -> None:
    case = office.open()
    assert office.add(case, "application", PDF, "Đơn của bà Đẹp.pdf").status_code == 201
    (document,) = office.read(case)["documents"]
    said = _sheet(office, case)
    for words in (
        "GIẤY TIẾP NHẬN HỒ SƠ",
        case["code"],
        "PHƯỜNG MỸ THO",
        "Nguyễn Thị Đẹp",
        "Cấp số nhà",
        "Thửa 41, tờ 12, đường Hùng Vương",
        "Đơn đề nghị cấp số nhà",
        "Đơn của bà Đẹp.pdf",
        document["sha256"][:12],
        "16/11/2026",
        "08/12/2026",
        "15 ngày làm việc",
        "TT 08/2024/TT-BXD",
        "Thời hạn chưa kiểm chứng: chưa xác minh",
        f"/ho-so/{case['code']}",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ):
        assert words in said, words
    assert document["sha256"][:13] not in said
    assert "0901234567" not in said
    assert "DỮ LIỆU MINH HOẠ" in said.upper()  # the city of the tests is the demo city


def test_the_day_is_that_of_the_first_term_as_it_stands_now(office: Office) -> None:
    case = office.moved(office.open(), "ask_supplement", reason="Thiếu giấy tờ")
    said = _sheet(office, case)
    assert "Đang tạm dừng tính thời hạn" in said
    assert "Thiếu giấy tờ" not in said
    office.on(date(2026, 11, 23))
    case = office.moved(case, "supplemented")
    assert case["clocks"][0]["due_on"] == "2026-12-15"
    assert "15/12/2026" in _sheet(office, case)
    case = office.moved(case, "withdraw", reason="Không còn nhu cầu")
    assert "Hồ sơ đã kết thúc ngày 23/11/2026" in _sheet(office, case)


def test_where_no_rule_is_loaded_no_day_is_promised(trial: Office) -> None:
    trial.on(date(2026, 6, 1))
    said = _sheet(trial, open_trial(trial))
    assert "Chưa tính được ngày hẹn" in said
    assert "chưa được nạp" in said
    assert "Loại Nhỏ" in " ".join(said.split())


def test_it_is_printed_by_officers_of_the_unit_and_each_look_is_audited(office: Office) -> None:
    case = office.open()
    path = f"/api/cases/{case['code']}/receipt.pdf"
    for who, status in (("binh", 403), ("khong", 403), ("kien", 403), ("oanh", 404), ("", 401)):
        problem(office.get(path, who), status)
    looked = [entry for entry in audited(office.places) if entry[1] == "personal-data.read"]
    assert looked == []
    _sheet(office, case)
    (entry,) = [entry for entry in audited(office.places) if entry[1] == "personal-data.read"]
    assert (entry[0], entry[2]) == ("an", f"cases/{case['code']}/receipt")


@pytest.mark.parametrize("code", ["K4TX", "x" * 41, "%00"])
def test_what_is_no_code_is_told(office: Office, code: str) -> None:
    problem(office.get(f"/api/cases/{code}/receipt.pdf"), 400)
