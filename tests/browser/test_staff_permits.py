"""An officer takes a citizen's application in and to a permit in the console: by keyboard, and on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import NewVisit
from tests.browser.console import keep, small_letters, tab_to
from tests.browser.looked_over import violations
from tests.browser.permit_console import (
    DESK,
    PHONE,
    choose,
    corners,
    desk,
    lot_of,
    take_in,
    take_step,
    visit,
)
from tests.support.office import PDF

__all__ = ["desk", "visit"]

pytestmark = pytest.mark.browser


def test_the_home_shows_today_s_work_and_the_counter_leads_to_the_slip(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff")
    expect(page.locator("#work-title")).to_have_text("Việc hôm nay")
    expect(page.locator("#work")).to_contain_text("Không có hồ sơ nào đang chờ đơn vị giải quyết.")
    tab_to(page, "Tiếp nhận hồ sơ")
    page.keyboard.press("Enter")
    code = take_in(page, lot_of(here, 2), "house_number")
    slip = page.get_by_role("status").filter(has_text="Đã tiếp nhận hồ sơ").get_by_role("link")
    expect(slip.first).to_have_attribute("href", f"/api/cases/{code}/receipt.pdf")
    assert violations(page) == []
    page = here.open("/staff")
    expect(page.locator("#work .case-line")).to_contain_text(code)
    expect(page.locator(".work-counts a")).to_have_count(4)
    keep(page, "staff-home-desktop")
    assert violations(page) == []


def test_the_counter_on_a_phone_tells_papers_and_ward(visit: NewVisit) -> None:
    here = visit(**PHONE)
    page = here.open("/staff/cases/new")
    expect(page.locator("#case-new form")).to_be_visible()
    page.get_by_role("button", name="Tiếp nhận", exact=True).tap()
    expect(page.get_by_label("Thửa đất", exact=True)).to_be_focused()
    told = page.locator(".papers [role=status]")
    expect(told).to_contain_text("Chưa đánh dấu")
    for box in page.locator(".papers input").all():
        box.check()
    expect(told).to_have_text("Đã nhận đủ thành phần hồ sơ.")
    for one in page.locator("#case-new input:not([type=checkbox]):not([type=radio]), #case-new select").all():
        if not one.is_visible():
            continue
        described = [name for name in str(one.get_attribute("aria-describedby")).split() if "hint" in name]
        assert page.locator(f"#{described[0]}").is_visible()
    choose(page, lot_of(here, 4))
    expect(page.locator("#case-new .told.good").filter(has_text="đã chọn sẵn")).to_be_visible()
    assert page.get_by_label("Phường, xã giải quyết").input_value() != ""
    keep(page, "staff-case-new-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    assert small_letters(page) == []


def test_who_files_for_somebody_says_how_that_was_agreed_to(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff/cases/new")
    expect(page.locator("#case-new form")).to_be_visible()
    expect(page.locator("[name=helped_by]")).to_be_hidden()
    page.get_by_role("checkbox", name="Người dân đồng ý để cán bộ").check()
    page.locator("[name=helped_by]").fill("")
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    expect(page.get_by_text("Cần ghi người nộp thay.")).to_be_visible()
    page.locator("[name=helped_by]").fill("Trần Văn Năm")
    page.locator("[name=agreed]").select_option("spoken")
    assert violations(page) == []
    take_in(page, lot_of(here, 20), "house_number")
    page.get_by_role("button", name="Xem người nộp").click()
    expect(page.locator(".applicant")).to_contain_text(
        "Trần Văn Năm (người dân đồng ý: Nói trước mặt người nộp thay)"
    )


def test_a_missing_paper_is_told_before_the_step_and_added_on_its_line(visit: NewVisit) -> None:
    here = visit(**DESK)
    take_in(here.open("/staff/cases/new"), lot_of(here, 6), "house_number")
    page = here.page
    take_step(page, "Bắt đầu kiểm tra", "checking")
    expect(page.locator("#next-step")).to_be_disabled()
    expect(page.locator(".next .told.warn")).to_contain_text("Đơn đề nghị cấp số nhà")
    line = page.locator(".checklist li").filter(has_text="Đơn đề nghị cấp số nhà")
    expect(line).to_contain_text("Còn thiếu")
    wrong: FilePayload = {"name": "đơn.txt", "mimeType": "text/plain", "buffer": b"xin so nha"}
    line.locator("input[type=file]").set_input_files(wrong)
    expect(line.locator(".fault")).to_contain_text("xét nội dung tệp")
    right: FilePayload = {"name": "đơn.pdf", "mimeType": "application/pdf", "buffer": PDF}
    line.locator("input[type=file]").set_input_files(right)
    expect(line.first).to_contain_text("Đã có")
    expect(page.locator("#documents-title")).to_be_focused()
    expect(page.locator("#next-step")).to_be_enabled()
    assert violations(page) == []


@pytest.mark.parametrize(("profile", "place"), [(DESK, 16), (PHONE, 18)], ids=["desktop", "phone"])
def test_from_the_counter_to_a_signed_permit(visit: NewVisit, profile: dict[str, Any], place: int) -> None:
    here = visit(**profile)
    page, lot = here.open("/staff/cases/new"), lot_of(here, place)
    take_in(page, lot, "building_permit")
    take_step(page, "Bắt đầu thẩm định", "checking")
    before = page.locator(".next .told.warn")
    expect(before).to_contain_text("Chưa nhập công trình xin phép.")
    expect(before).to_contain_text("Hồ sơ còn thiếu")
    expect(page.locator("#next-step")).to_be_disabled()
    missing = page.locator(".checklist li[data-held=false]")
    for left in range(missing.count() - 1, -1, -1):
        paper: FilePayload = {"name": f"giấy {left}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        missing.first.locator("input[type=file]").set_input_files(paper)
        expect(missing).to_have_count(left)
    expect(page.locator(".dossier .told")).to_have_text("Đủ thành phần hồ sơ.")
    page.get_by_label("Dán bảng toạ độ").check()
    page.get_by_label("Bảng kê toạ độ").fill(corners(lot, 1))
    page.get_by_label("Số tầng").fill("2")
    page.get_by_label("Chiều cao (m)").fill("7,5")
    page.keyboard.press("Enter")
    expect(page.locator(".check-sum")).to_be_visible()
    expect(before).to_have_count(0)
    why = "Đã đối chiếu hồ sơ giấy"
    take_step(page, "Đề xuất cấp phép", "proposed", why_despite=why)
    expect(page.locator(".building form")).to_have_count(0)
    assert violations(page) == []
    take_step(
        page,
        "Cấp giấy phép",
        "issued",
        document=f"{place}/GPXD",
        signer="Trần Văn Năm",
        signer_title="Chủ tịch",
    )
    results = page.locator("section[aria-labelledby=results-title]")
    expect(results).to_contain_text(f"{place}/GPXD")
    expect(results.get_by_role("link")).to_have_attribute("href", re.compile("^/giay-phep/"))
    expect(page.get_by_text("Hồ sơ đã kết thúc, không còn bước nào.")).to_be_visible()
    keep(page, "staff-permit-issued")
    assert violations(page) == []


def test_what_was_typed_survives_another_kind_and_a_step_made_once_is_told(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff/cases/new")
    expect(page.locator("#case-new form")).to_be_visible()
    kind = page.get_by_label("Loại hồ sơ", exact=True)
    kind.select_option("building_permit")
    page.locator("[name=kind]").select_option("repair")
    repair = page.locator(".papers").inner_text()
    page.locator("[name=kind]").select_option("adjustment")
    assert page.locator(".papers").inner_text() != repair
    page.locator("[name=permit]").fill("12/GPXD")
    kind.select_option("house_number")
    expect(page.locator("[name=permit]")).to_have_count(0)
    kind.select_option("building_permit")
    assert page.locator("[name=permit]").input_value() == "12/GPXD"
    assert page.locator("[name=kind]").input_value() == "adjustment"
    page.locator("[name=kind]").select_option("new")
    page.locator("[name=permit]").fill("")
    take_in(page, lot_of(here, 12), "building_permit")
    page.locator("#next-step").click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("#case")).to_have_attribute("data-state", "checking")
    page.get_by_text("Khác", exact=True).click()
    ask = "Yêu cầu bổ sung"
    expect(page.locator(".others li").filter(has_text=ask)).to_contain_text("chỉ thực hiện được một lần")
    take_step(page, ask, "supplement", reason="Thiếu bản vẽ")
    page.get_by_text("Khác", exact=True).click()
    early = page.locator(".others .told.warn")
    expect(early).to_contain_text("từ ngày sau đó mới thực hiện được")
    page.locator("#next-step").click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("#case")).to_have_attribute("data-state", "checking")
    page.get_by_text("Khác", exact=True).click()
    again = page.locator(".others li").filter(has_text=ask)
    expect(again).to_contain_text("chỉ được thực hiện một lần")
    expect(again.get_by_role("button")).to_be_disabled()
    assert violations(page) == []


def test_a_body_is_asked_and_its_answer_written_down(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff/cases/new")
    take_in(page, lot_of(here, 14), "building_permit")
    page.get_by_role("button", name="Hỏi ý kiến cơ quan khác").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Phòng Cảnh sát PCCC")
    page.keyboard.press("Tab")
    page.keyboard.type("Công trình có cần thẩm duyệt không?")
    page.get_by_role("button", name="Gửi hỏi ý kiến").click()
    asked = page.locator("#consultations li").first
    expect(asked).to_contain_text("Quá ngày này mà không trả lời được coi là đồng ý.")
    expect(page.locator("#consultations-title")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("button", name="Ghi nhận ý kiến").click()
    page.locator("dialog [name=answer]").select_option("conditions")
    page.get_by_role("button", name="Ghi nhận", exact=True).click()
    expect(page.locator("dialog .fault:visible")).to_have_text("Cần ghi điều kiện hoặc lý do không đồng ý.")
    page.locator("dialog [name=words]").fill("Có lối thoát nạn thứ hai")
    page.get_by_role("button", name="Ghi nhận", exact=True).click()
    expect(asked).to_contain_text("Đồng ý kèm điều kiện")
    expect(asked).to_contain_text("Có lối thoát nạn thứ hai")
    expect(page.get_by_role("button", name="Ghi nhận ý kiến")).to_have_count(0)
