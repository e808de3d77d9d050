"""The API's pages in a real browser: drawn, readable on a phone, and open to assistive technology."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ARTIFACTS, NewVisit, Visit
from tests.browser.looked_over import violations

pytestmark = pytest.mark.browser

PAGES = (
    "/ogc",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/zoning",
    "/ogc/collections/zoning/items?limit=5",
    "/ogc/collections/zoning/items/1",
    "/ogc/catalogue/items",
    "/ogc/catalogue/items/zoning",
)


def _open(visit: Visit, path: str) -> Page:
    answer = visit.page.goto(visit.url + path)
    assert answer is not None
    assert answer.headers["content-type"].startswith("text/html"), path
    small = visit.page.locator("#small-map")
    if small.count():
        expect(small).to_have_attribute("data-idle", "true")
    return visit.page


def _keep(page: Page, path: str, kind: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    name = path.partition("?")[0].strip("/").replace("/", "-")
    page.screenshot(path=ARTIFACTS / f"{name}-{kind}.png", full_page=True)


def test_they_are_open_to_assistive_technology(desktop: Visit) -> None:
    for path in PAGES:
        page = _open(desktop, path)
        _keep(page, path, "desktop")
        assert violations(page) == [], path


def test_they_fit_a_phone_in_the_dark(new_visit: NewVisit) -> None:
    visit = new_visit(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    for path in PAGES:
        page = _open(visit, path)
        _keep(page, path, "phone")
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path
        assert violations(page) == [], path


def test_a_person_clicks_from_the_first_page_to_one_feature(desktop: Visit) -> None:
    page = _open(desktop, "/ogc")
    page.get_by_role("link", name="Các lớp dữ liệu").click()
    page.get_by_role("link", name="Quy hoạch", exact=True).click()
    page.get_by_role("link", name="Xem các đối tượng").click()
    first = page.get_by_role("rowheader").first.inner_text()
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_role("rowheader").first).not_to_have_text(first)
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quy hoạch:")
    expect(page.locator("#small-map")).to_have_attribute("data-idle", "true")


def test_they_can_be_read_in_english(desktop: Visit) -> None:
    page = _open(desktop, "/ogc/catalogue/items/parcels")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parcels")
    page.get_by_role("link", name="Records").click()
    page.get_by_role("searchbox").fill("wifi")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("Matching records: 1.")
