"""What a person is told first: may one build here, how much, on what ground; how to keep it or object."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, Parcel, Visit
from tests.browser.looked_over import LEAST_TOUCH_PX, small_texts
from tests.browser.test_newcomer import SMALL_PHONE

pytestmark = pytest.mark.browser


def _asked(visit: Visit, parcel: Parcel) -> Page:
    page = visit.open()
    visit.search(f"tờ {parcel.sheet} thửa {parcel.number}")
    page.keyboard.press("Enter")
    visit.answered()
    return page


def test_the_verdict_stands_first_and_says_why(desktop: Visit, parcel: Parcel) -> None:
    page = _asked(desktop, parcel)
    verdict = page.locator(".verdict")
    expect(verdict).to_have_attribute("data-tier", re.compile("^(allowed|not_allowed|not_enough_data)$"))
    expect(verdict.get_by_role("heading")).to_have_text(
        re.compile("^(Được xây dựng nhà ở|Không được xây dựng nhà ở|Chưa đủ dữ liệu để trả lời)$")
    )
    expect(verdict).to_contain_text("dữ liệu")


def test_each_figure_has_its_ground(desktop: Visit, parcel: Parcel) -> None:
    page = _asked(desktop, parcel)
    section = page.locator(".building")
    section.locator("summary").click()
    lines = section.locator(".ground-lines li")
    expect(lines.filter(has_text="Khoảng lùi").first).to_be_visible()
    expect(lines.filter(has_text="Quyết định").first).to_contain_text(re.compile(r"\d+/QĐ-UBND \(minh hoạ\)"))


def test_the_answer_is_kept_and_can_be_corrected(desktop: Visit, parcel: Parcel) -> None:
    page = _asked(desktop, parcel)
    receipt = page.locator(".receipt")
    link = receipt.get_by_role("link", name="Tải bản in (PDF)")
    expect(link).to_have_attribute("href", re.compile(r"^/answers/[0-9a-f]{20}\.pdf$"))
    for name, kind in (("Tải bản đồ (HTML)", "html"), ("Tải dữ liệu (JSON)", "json")):
        with page.expect_download() as saving:
            receipt.get_by_role("link", name=name).click()
        assert re.fullmatch(rf"tra-cuu-quy-hoach-[0-9a-f]{{20}}\.{kind}", saving.value.suggested_filename)
        assert saving.value.path().stat().st_size > 2_000
    receipt.get_by_text("Báo nội dung chưa đúng").click()
    receipt.get_by_label("Toàn bộ kết quả: nội dung nào chưa đúng?").fill("Thửa này đã tách năm 2021.")
    receipt.get_by_role("button", name="Gửi phản ánh").click()
    expect(receipt.get_by_role("status")).to_contain_text("Đã gửi phản ánh. Xin cảm ơn! Phản ánh số")
    assert desktop.faults == []


def test_the_forms_to_keep_it_in_are_within_reach_of_a_thumb(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = new_visit(**SMALL_PHONE)
    receipt = _asked(visit, parcel).locator(".receipt")
    names = ["Tải bản in (PDF)", "Tải bản đồ (HTML)", "Tải dữ liệu (JSON)", "Mở trang của kết quả này"]
    for name in names:
        link = receipt.get_by_role("link", name=name)
        link.scroll_into_view_if_needed()
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= LEAST_TOUCH_PX
        assert box["x"] + box["width"] <= SMALL_PHONE["viewport"]["width"]
    assert small_texts(visit.page) == []
