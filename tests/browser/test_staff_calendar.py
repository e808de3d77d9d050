"""An administrator looks a year through and confirms the day of which nobody was sure, by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from gis_platform.access.roles import Role
from gis_platform.settings import Settings
from tests.browser.conftest import visits
from tests.browser.console import keep, sign_in, small_letters
from tests.browser.looked_over import violations
from tests.support.own_server import own_database
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


@pytest.fixture(scope="module")
def desk(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a city of its own."""
    folder = tmp_path_factory.mktemp("calendar")
    with (
        own_database(server, demo_template, base_settings, folder) as (settings, places),
        RunningServer(settings, places) as running,
    ):
        yield running


def test_a_day_is_confirmed_by_its_decision(browser: Browser, desk: RunningServer) -> None:
    with visits(browser, desk.url) as new:
        page = new(**PHONE).page
        page.goto(desk.url + "/staff/calendar")
        sign_in(page, desk, Role.ADMIN)
        page.get_by_label("Năm").select_option("2026")
        day = page.locator("#calendar li").filter(has_text="24/11/2026")
        expect(day).to_contain_text("Chưa xác nhận")
        day.get_by_role("button").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Đã có văn bản xác nhận ngày này").check()
        page.get_by_role("button", name="Ghi vào lịch").click()
        expect(page.locator("dialog .fault:not([hidden])").first).to_be_visible()
        page.get_by_label("Số văn bản").fill("12/QĐ-TTg")
        page.get_by_role("button", name="Ghi vào lịch").click()
        expect(page.locator("#notice")).to_contain_text("24/11/2026")
        expect(day).to_contain_text("Theo 12/QĐ-TTg")
        expect(day.locator(".chip")).to_have_text("Đã xác nhận")
        keep(page, "staff-calendar-phone")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert violations(page) == []
        assert small_letters(page) == []
