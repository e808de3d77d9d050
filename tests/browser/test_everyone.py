"""For everyone: on a phone, without a mouse, in English, offline, and on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, Parcel, Visit
from tests.browser.looked_over import small_texts, small_touches, violations

pytestmark = pytest.mark.browser


def _ask(visit: Visit, parcel: Parcel, language: str = "vi") -> Page:
    page = visit.open(f"/?sheet={parcel.sheet}&parcel={parcel.number}&unit={parcel.unit}&lang={language}")
    visit.answered()
    return page


def test_nothing_stands_in_the_way_of_assistive_technology(desktop: Visit, parcel: Parcel) -> None:
    page = _ask(desktop, parcel)
    page.locator('[data-layer="zoning"]').get_by_role("checkbox").check()
    assert violations(page) == []
    page.get_by_role("button", name="Cán bộ đăng nhập").click()
    assert violations(page) == []


def test_nor_in_dark_mode(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = new_visit(color_scheme="dark", viewport={"width": 1440, "height": 900})
    page = _ask(visit, parcel)
    visit.keep("look-up-dark")
    assert violations(page) == []


def test_nor_on_a_phone(phone: Visit, parcel: Parcel) -> None:
    page = _ask(phone, parcel)
    phone.keep("look-up-phone")
    assert violations(page) == []
    page.get_by_role("button", name="Lớp bản đồ").click()
    page.locator('[data-layer="zoning"]').get_by_role("checkbox").check()
    phone.keep("layers-phone")
    assert violations(page) == []


def test_the_answer_is_a_sheet_on_a_phone(phone: Visit, parcel: Parcel) -> None:
    page = _ask(phone, parcel)
    sheet, grip = page.locator("#answer"), page.locator("#answer-grip")
    screen = page.viewport_size
    assert screen is not None
    expect(grip).to_have_attribute("aria-expanded", "false")
    low = sheet.bounding_box()
    assert low is not None
    assert low["y"] > screen["height"] * 0.5
    assert low["width"] == screen["width"]
    grip.click()
    expect(grip).to_have_attribute("aria-expanded", "true")
    # It slides up, as fast as the machine draws.
    for _ in range(50):
        page.wait_for_timeout(100)
        high = sheet.bounding_box()
        if high is not None and high["y"] < screen["height"] * 0.2:
            break
    assert high is not None
    assert high["y"] < screen["height"] * 0.2
    phone.keep("sheet-open-phone")


def test_fingers_and_eyes_have_room(phone: Visit, parcel: Parcel) -> None:
    page = _ask(phone, parcel)
    assert small_touches(page) == []
    assert small_texts(page) == []


def test_the_smallest_phone_needs_no_scrolling_sideways(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = new_visit(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = _ask(visit, parcel)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    visit.keep("look-up-360")


def test_english_keeps_the_question(desktop: Visit, parcel: Parcel) -> None:
    page = _ask(desktop, parcel)
    page.get_by_role("link", name="English").click()
    desktop.answered()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#answer-title")).to_have_text(f"Parcel {parcel.number}, map sheet {parcel.sheet}")
    expect(page.get_by_role("heading", level=3, name=re.compile("^Not affected"))).to_be_visible()
    desktop.keep("look-up-english")


def test_without_network_the_person_is_told_and_can_try_again(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open()
    desktop.drawn()
    page.context.set_offline(True)
    expect(page.locator("#notice")).to_contain_text("Mất kết nối mạng")
    page.get_by_role("combobox").fill(f"{parcel.lat}, {parcel.lon}")
    page.keyboard.press("Enter")
    desktop.answered("failed")
    desktop.keep("offline", drawn=False)
    page.context.set_offline(False)
    page.locator("#answer").get_by_role("button", name="Thử lại").click()
    desktop.answered()


def test_the_keyboard_alone_reaches_the_answer(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô tìm kiếm")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(f"thửa {parcel.number} tờ {parcel.sheet}", delay=15)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    desktop.answered()
    expect(page.locator("#answer-title")).to_be_focused()


def test_the_search_box_comes_before_the_map(desktop: Visit) -> None:
    page = desktop.open()
    order: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('#search-box, #map canvas, #layers-open')]
            .map((e) => e.id || e.localName)"""
    )
    assert order == ["search-box", "canvas", "layers-open"]


def test_a_phone_names_the_page_and_keeps_the_search_box_free(phone: Visit, parcel: Parcel) -> None:
    page = _ask(phone, parcel)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bản đồ quy hoạch")
    expect(page.locator(".brand-what")).to_be_visible()
    page.locator("#answer-grip").click()
    page.wait_for_timeout(400)
    search, grip = page.locator("#search-box").bounding_box(), page.locator("#answer-grip").bounding_box()
    assert search is not None
    assert grip is not None
    assert grip["y"] >= search["y"] + search["height"] + 8


def test_english_asks_in_english(desktop: Visit) -> None:
    page = desktop.open("/?lang=en")
    expect(page.get_by_placeholder("Sheet 12 parcel 45, a street, coordinates…")).to_be_visible()


def test_the_answer_prints_without_the_controls(desktop: Visit, parcel: Parcel) -> None:
    page = _ask(desktop, parcel)
    page.emulate_media(media="print")
    expect(page.locator("#search")).to_be_hidden()
    # A name and what is said of it stand in one line, and nothing of a card touches its edge.
    for row in page.locator(".facts > div").all():
        name, value = row.locator("dt").bounding_box(), row.locator("dd").bounding_box()
        assert name is not None and value is not None  # noqa: PT018
        assert abs(name["y"] - value["y"]) < 2
    assert page.locator(".hit").first.evaluate("hit => parseFloat(getComputedStyle(hit).paddingRight)") >= 10
    expect(page.locator("#answer-title")).to_be_visible()
    expect(page.locator(".synthetic")).to_be_visible()
    expect(page.locator(".disclaimer")).to_be_visible()
