"""The ways to ask that fit no search box: a drawn area, a table of corners, several parcels as one site."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from gis_platform.geometry.crs import transform_coordinates
from tests.browser.conftest import NewVisit, Parcel, Visit
from tests.browser.looked_over import violations

pytestmark = pytest.mark.browser

WORKING_SRID = 9210


def _open(visit: Visit, parcel: Parcel) -> Page:
    page = visit.open(f"/#map=19/{parcel.lat}/{parcel.lon}")
    page.get_by_role("button", name="Cách tra cứu khác").click()
    visit.answered("ways")
    return page


def _table(parcel: Parcel) -> str:
    """Corners of a square of two metres within the parcel."""
    ((east, north),) = transform_coordinates(np.array([[parcel.lon, parcel.lat]]), 4326, WORKING_SRID)
    corners = [(north + dn, east + de) for dn, de in ((1, -1), (1, 1), (-1, 1), (-1, -1))]
    rows = [f"{i}\t{x:.2f}\t{y:.2f}" for i, (x, y) in enumerate(corners, start=1)]
    return "\n".join(rows).replace(".", ",")


def test_a_drawn_area_is_answered_as_one_site(desktop: Visit, parcel: Parcel) -> None:
    page = _open(desktop, parcel)
    desktop.drawn()
    page.get_by_role("button", name=re.compile("^Vẽ khu đất")).click()
    told, look = page.locator("#answer [role=status]"), page.get_by_role("button", name="Tra cứu", exact=True)
    expect(told).to_have_text("Chưa có góc nào.")
    expect(look).to_be_disabled()
    box = page.locator("#map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    corners = [(x - 90, y - 90), (x + 90, y - 90), (x + 90, y + 90), (x - 90, y + 90)]
    for n, corner in enumerate(corners, start=1):
        page.mouse.move(*corner)
        page.mouse.click(*corner)
        expect(told).to_have_text(f"Đã chấm {n} góc.")
    page.mouse.move(corners[0][0] + 3, corners[0][1] + 3)
    page.mouse.click(*corners[0])
    expect(told).to_contain_text("Đã khép kín")
    assert violations(page) == []
    look.click()
    desktop.answered()
    expect(page.locator("#answer-title")).to_contain_text(re.compile("Khu đất gồm|Thửa"))
    page.get_by_role("button", name="Sửa nội dung tra cứu").click()
    expect(told).to_contain_text("Đã khép kín")
    undo = page.get_by_role("button", name="Bỏ góc vừa chấm")
    undo.click()
    expect(told).to_have_text("Đã chấm 4 góc.")
    undo.click()
    expect(told).to_have_text("Đã chấm 3 góc.")
    page.get_by_role("button", name="Vẽ lại").click()
    expect(told).to_have_text("Chưa có góc nào.")
    expect(undo).to_be_disabled()
    # Left again: a tap asks what is there, as before.
    page.get_by_role("button", name="Đóng kết quả").click()
    page.mouse.click(x, y)
    desktop.answered()


def test_a_drawing_that_is_refused_is_mended_and_not_begun_anew(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = new_visit(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = _open(visit, parcel)
    visit.drawn()
    page.get_by_role("button", name=re.compile("^Vẽ khu đất")).click()
    told = page.locator("#answer [role=status]")
    expect(told).to_have_text("Chưa có góc nào.")
    scale = page.locator(".maplibregl-ctrl-scale").bounding_box()
    assert scale is not None
    # A tap on the scale bar is a corner as well; the lines cross.
    on_scale = (scale["x"] + scale["width"] / 2, scale["y"] + scale["height"] / 2)
    for n, corner in enumerate([on_scale, (300, 190), (300, on_scale[1]), (80, 190)], start=1):
        page.touchscreen.tap(*corner)
        expect(told).to_have_text(f"Đã chấm {n} góc.")
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    visit.answered("missing")
    page.get_by_role("button", name="Sửa nội dung tra cứu").click()
    expect(told).to_have_text("Đã chấm 4 góc.")
    page.get_by_role("button", name="Bỏ góc vừa chấm").click()
    expect(told).to_have_text("Đã chấm 3 góc.")
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    expect(page.locator("#answer")).not_to_have_attribute("data-state", re.compile("ways|loading"))


def test_a_pasted_table_is_mended_where_the_server_says(phone: Visit, parcel: Parcel) -> None:
    page = _open(phone, parcel)
    page.get_by_role("button", name=re.compile("^Dán bảng toạ độ")).click()
    table = page.get_by_label("Bảng kê toạ độ")
    expect(page.get_by_label("Kinh tuyến trục").locator("option:checked")).to_have_text(
        f"105°45' (EPSG:{WORKING_SRID})"
    )
    right = _table(parcel)
    table.fill(right.replace("\n3\t", "\n3\tx"))
    assert violations(page) == []
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    expect(page.locator("#answer .told")).to_contain_text("Dòng 3")
    page.get_by_role("button", name="Sửa nội dung tra cứu").click()
    expect(table).to_have_value(re.compile("x"))
    table.fill(right)
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    phone.answered()
    expect(page.locator("#answer-title")).to_contain_text(f"Thửa {parcel.number}")


def test_several_parcels_are_chosen_by_tap_and_by_number(desktop: Visit, parcel: Parcel) -> None:
    page = _open(desktop, parcel)
    desktop.drawn()
    page.get_by_role("button", name=re.compile("^Chọn nhiều thửa")).click()
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    chosen = page.locator(".ways-chosen li")
    expect(chosen).to_have_count(1)
    page.get_by_text("Thêm thửa theo số tờ, số thửa").click()
    other = "2" if parcel.number == "1" else "1"
    page.get_by_label("Số tờ").fill(parcel.sheet)
    page.get_by_label("Số thửa", exact=True).fill(other)
    page.get_by_label(re.compile("^Phường, xã")).fill(parcel.unit)
    page.get_by_role("button", name="Thêm thửa", exact=True).click()
    expect(chosen).to_have_count(2)
    assert violations(page) == []
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    desktop.answered()
    expect(page.locator("#answer-title")).to_have_text("Khu đất gồm 2 thửa")
    expect(page.locator(".verdict")).to_be_visible()
    page.locator(".choice").first.click()
    expect(page.locator("#answer-title")).to_contain_text("Thửa")
    page.get_by_role("button", name="Về kết quả chung").click()
    expect(page.locator("#answer-title")).to_have_text("Khu đất gồm 2 thửa")


def test_without_a_map_there_is_no_drawing_and_the_rest_works(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = new_visit()
    visit.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = visit.open()
    page.get_by_role("button", name="Cách tra cứu khác").click()
    expect(page.get_by_role("button", name=re.compile("^Dán bảng toạ độ"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Vẽ khu đất"))).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Dán bảng toạ độ")).click()
    page.get_by_label("Bảng kê toạ độ").fill(_table(parcel))
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    visit.answered()
