"""The page on how fresh the data is: an alarm that is seen, on a phone and at a desk, found from the map."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ARTIFACTS, NewVisit, Visit
from tests.browser.looked_over import violations

pytestmark = pytest.mark.browser

PATH = "/do-moi-du-lieu"
LEAST_ALARM_PX = 20


def _open(visit: Visit, name: str) -> Page:
    visit.page.goto(visit.url + PATH)
    ARTIFACTS.mkdir(exist_ok=True)
    visit.page.screenshot(path=ARTIFACTS / f"freshness-{name}.png", full_page=True)
    return visit.page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_alarm_without_scrolling(new_visit: NewVisit, scheme: str) -> None:
    visit = new_visit(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    page = _open(visit, f"phone-{scheme}")
    alarm = page.get_by_role("heading", name="bộ dữ liệu đã quá hạn cập nhật")
    expect(alarm).to_be_in_viewport()
    size = float(alarm.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"))
    assert size >= LEAST_ALARM_PX
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []


def test_a_desk_shows_each_layer_with_its_age_in_words(desktop: Visit) -> None:
    page = _open(desktop, "desktop")
    parcels = page.locator("#parcels")
    expect(parcels.get_by_text("Quá hạn").first).to_be_visible()
    expect(parcels).to_contain_text("nguồn ngày 31/12/2018")
    expect(parcels).to_contain_text("31/12/2018 + 31 ngày = 31/01/2019")
    expect(parcels.locator(".age strong")).to_contain_text("năm")
    assert violations(page) == []


def test_the_map_leads_to_it_and_english_is_a_click_away(desktop: Visit) -> None:
    page = desktop.open()
    page.get_by_role("link", name="Độ mới dữ liệu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Độ mới của dữ liệu")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How fresh the data is")
    page.locator("#parcels").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parcels")


def test_on_a_phone_the_layer_list_leads_to_it(phone: Visit) -> None:
    page = phone.open()
    page.get_by_role("button", name="Lớp bản đồ").click()
    page.get_by_role("link", name="Dữ liệu mới đến ngày nào?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Độ mới của dữ liệu")
