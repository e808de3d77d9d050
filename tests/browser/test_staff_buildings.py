"""The building of a permit is stated on the page of its case: drawn, typed or out of a file, and checked."""

import json

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import NewVisit
from tests.browser.console import keep, small_letters, tab_to
from tests.browser.looked_over import violations
from tests.browser.permit_console import (
    DESK,
    PHONE,
    corners,
    desk,
    lot_of,
    take_in,
    visit,
)

__all__ = ["desk", "visit"]

pytestmark = pytest.mark.browser


def test_a_building_is_stated_checked_and_stated_again(visit: NewVisit) -> None:
    here = visit(**DESK)
    page, lot = here.open("/staff/cases/new"), lot_of(here, 8)
    take_in(page, lot, "building_permit")
    page.get_by_label("Dán bảng toạ độ").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Kiểm tra và lưu").click()
    expect(page.locator("#building .fault:visible").first).to_have_text("Cần dán bảng toạ độ.")
    page.get_by_label("Bảng kê toạ độ").fill(corners(lot, 30))
    page.get_by_label("Số tầng").fill("3")
    page.get_by_label("Chiều cao (m)").fill("12,5")
    page.keyboard.press("Enter")
    expect(page.locator(".check-sum")).to_contain_text("Không đạt")
    expect(page.locator(".submission h3").first).to_be_focused()
    failed = page.locator(".check-group[data-outcome=fail] li[data-code=inside_parcel]")
    expect(failed).to_contain_text("Mức quy định")
    expect(page.locator(".check-group[data-outcome=cannot_decide]")).to_contain_text("chưa kiểm chứng")
    failed.get_by_role("button", name="Xem trên bản đồ").focus()
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Về lại chỗ đang xem")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(failed.get_by_role("button")).to_be_focused()
    keep(page, "staff-permit-desktop")
    assert violations(page) == []
    page.get_by_text("Nhập lại công trình").click()
    page.get_by_label("Bảng kê toạ độ").fill(corners(lot, 1))
    page.get_by_role("button", name="Kiểm tra và lưu").click()
    expect(page.locator(".submission h3").first).to_contain_text("Lần 2")
    expect(page.locator(".check-group[data-outcome=fail] li[data-code=inside_parcel]")).to_have_count(0)
    page.get_by_label("Các lần đã nhập").select_option("1")
    expect(page.locator(".submission h3").first).to_contain_text("Lần 1")
    expect(failed).to_be_visible()
    page.reload()
    expect(page.locator(".submission h3").first).to_contain_text("Lần 2")


def test_a_building_is_drawn_by_keyboard_and_on_a_phone(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff/cases/new")
    code = take_in(page, lot_of(here, 10), "building_permit")
    expect(page.locator(".case-map")).to_have_attribute("data-idle", "true")
    page.get_by_role("button", name="Vẽ trên bản đồ của hồ sơ").focus()
    page.keyboard.press("Enter")
    told = page.locator(".under-map [role=status]")
    expect(told).to_have_text("Chưa có góc nào.")
    for n, arrow in enumerate(("ArrowRight", "ArrowDown", "ArrowLeft"), 1):
        page.keyboard.press("Enter")
        expect(told).to_have_text(f"Đã chấm {n} góc.")
        page.keyboard.press(arrow)
        page.wait_for_timeout(700)
    tab_to(page, "Xong, nhập tiếp số tầng")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Số tầng")).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(page.locator(".check-sum")).to_be_visible()
    phone = visit(**PHONE)
    page = phone.page
    page.goto(f"{phone.url}/staff/cases/{code}")
    expect(page.locator(".check-sum")).to_be_visible()
    expect(page.locator(".case-map")).to_have_attribute("data-idle", "true")
    page.get_by_text("Nhập lại công trình").tap()
    page.get_by_role("button", name="Vẽ trên bản đồ của hồ sơ").tap()
    told = page.locator(".under-map [role=status]")
    expect(told).to_have_text("Chưa có góc nào.")
    box = page.locator(".case-map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for n, (right, down) in enumerate(((-60, -60), (60, -60), (60, 60)), 1):
        page.touchscreen.tap(x + right, y + down)
        expect(told).to_have_text(f"Đã chấm {n} góc.")
    keep(page, "staff-permit-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    assert small_letters(page) == []


def test_the_ground_comes_out_of_a_file(visit: NewVisit) -> None:
    here = visit(**PHONE)
    page, lot = here.open("/staff/cases/new"), lot_of(here, 18)
    take_in(page, lot, "building_permit")
    page.get_by_label("Tệp bản vẽ").check()
    chooser = page.locator("#building input[type=file]")
    wrong: FilePayload = {"name": "nhà.dxf", "mimeType": "image/vnd.dxf", "buffer": b"no drawing"}
    chooser.set_input_files(wrong)
    expect(page.locator("#building .fault:visible")).to_have_count(1)
    ground = {"type": "Polygon", "coordinates": lot["geometry"]["coordinates"][0]}
    right: FilePayload = {
        "name": "nhà.geojson",
        "mimeType": "application/geo+json",
        "buffer": json.dumps(ground).encode(),
    }
    chooser.set_input_files(right)
    expect(page.locator("#building").get_by_text("Đã đọc nhà.geojson")).to_be_visible()
    page.get_by_label("Số tầng").fill("2")
    page.get_by_label("Chiều cao (m)").fill("8")
    page.get_by_role("button", name="Kiểm tra và lưu").tap()
    expect(page.locator("li[data-code=inside_parcel]")).to_have_count(1)
    expect(page.locator(".check-sum")).to_be_visible()
    assert violations(page) == []
    assert small_letters(page) == []
