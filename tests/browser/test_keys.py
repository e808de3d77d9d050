"""By keyboard and by ear: one sentence, one stop a section, Escape leads back, Enter asks the map."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Parcel, Visit

pytestmark = pytest.mark.browser


def _address(parcel: Parcel) -> str:
    return f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}"


def test_the_verdict_alone_is_said(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(_address(parcel))
    desktop.answered()
    expect(page.locator("#answer-body")).not_to_have_attribute("aria-live", re.compile("."))
    said = page.locator("#answer-said")
    expect(said).to_have_role("status")
    asked = {"sheet": parcel.sheet, "parcel": parcel.number, "unit": parcel.unit}
    sentence = desktop.fetch("/api/planning/lookup", **asked)["building"][0]["verdict"]["sentence"]
    expect(said).to_have_text(f"{page.locator('#answer-title').inner_text()}. {sentence}")
    desktop.search(f"tờ {parcel.sheet} thửa {parcel.number} {parcel.unit}")
    page.keyboard.press("Enter")
    expect(page.locator("#answer-title")).to_be_focused()
    # The heading is read by itself.
    expect(said).to_have_text(sentence)


def test_flags_are_one_stop_a_section(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(_address(parcel))
    desktop.answered()
    flags = page.locator("#answer .facts .flag")
    assert flags.count() > 2
    assert [flags.nth(i).get_attribute("tabindex") for i in range(3)] == ["0", "-1", "-1"]
    flags.first.focus()
    page.keyboard.press("ArrowDown")
    expect(flags.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(flags.last).to_be_focused()
    # Escape closes the form alone, then the answer.
    page.keyboard.press("Enter")
    expect(page.locator("#answer form.remark")).to_have_count(1 + page.locator("details form.remark").count())
    page.keyboard.press("Escape")
    desktop.answered()
    expect(flags.last).to_be_focused()
    page.keyboard.press("Escape")
    desktop.answered("welcome")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_enter_asks_what_is_under_the_cross(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/#map=19/{parcel.lat}/{parcel.lon}")
    desktop.drawn()
    canvas = page.locator("#map canvas")
    cross = "getComputedStyle(document.querySelector('#map'), '::after').content"
    assert page.evaluate(cross) == "none"
    canvas.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(canvas).to_be_focused()
    assert page.evaluate(cross) == '""'
    ring = canvas.evaluate("at => [getComputedStyle(at).outlineStyle, getComputedStyle(at).outlineOffset]")
    assert ring == ["solid", "-4px"]
    page.keyboard.press("Enter")
    desktop.answered()
    expect(page.locator("#answer-title")).to_be_focused()
    expect(page.locator("#answer-title")).to_contain_text(f"Thửa {parcel.number}")
    page.keyboard.press("Escape")
    expect(canvas).to_be_focused()


def test_title_and_close_button_stay_in_sight(phone: Visit, parcel: Parcel) -> None:
    page = phone.open(_address(parcel))
    phone.answered()
    page.locator("#answer-body").evaluate("body => { body.scrollTop = body.scrollHeight; }")
    expect(page.locator(".disclaimer")).to_be_in_viewport()
    expect(page.locator("#answer-title")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Đóng kết quả").tap()
    expect(page.locator("#answer")).to_be_hidden()
