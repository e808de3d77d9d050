"""The first page of the console tells a steward what is overdue, failed or waits, until he has seen it."""

import asyncio
import json
import threading
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from etl.watch.jobs import watch
from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.layer import installed_layers
from gis_platform.settings import Settings
from tests.browser.conftest import ARTIFACTS, NewVisit, Visit
from tests.browser.looked_over import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def noticed(small_city: Logins, base_settings: Settings) -> Iterator[None]:
    """The notices of the demo city as the periodic job makes them, taken away afterwards."""
    look = watch(small_city.app, load_city(base_settings.city), installed_layers())
    # The browser's driver keeps an event loop in this thread.
    worker = threading.Thread(target=lambda: asyncio.run(look))
    worker.start()
    worker.join()
    yield
    with psycopg.connect(small_city.owner) as connection:
        connection.execute("DELETE FROM core.notice")


def _steward(visit: Visit, settings: Settings) -> Page:
    accounts = json.loads((settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    answer = visit.page.request.post(
        visit.url + "/api/auth/login", data=accounts["steward"], headers={"Origin": visit.url}
    )
    assert answer.ok, answer.text()
    return visit.open("/staff")


@pytest.mark.usefixtures("noticed")
def test_a_steward_sees_what_is_overdue_and_marks_it(desktop: Visit, base_settings: Settings) -> None:
    page = _steward(desktop, base_settings)
    inbox = page.get_by_role("region", name="Thông báo")
    parcels = inbox.locator("li").filter(has_text="Thửa đất")
    expect(parcels).to_contain_text("Số liệu ngày 31/12/2018, hạn giao 31/01/2019")
    before = inbox.locator('[data-seen="false"]').count()
    expect(inbox.get_by_role("heading")).to_have_text(f"Thông báo ({before} chưa xem)")
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / "staff-notices-desktop.png")
    assert violations(page) == []
    parcels.get_by_role("button", name="Đã xem").press("Enter")
    expect(inbox.get_by_role("heading")).to_be_focused()
    expect(inbox.locator('[data-seen="false"]')).to_have_count(before - 1)
    page.reload()
    expect(parcels).to_have_attribute("data-seen", "true")
    parcels.get_by_role("link", name="Xem độ mới").click()
    expect(page.locator("#parcels")).to_be_in_viewport()


@pytest.mark.usefixtures("noticed")
def test_on_a_phone_it_fits(new_visit: NewVisit, base_settings: Settings) -> None:
    visit = new_visit(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    page = _steward(visit, base_settings)
    expect(page.get_by_role("region", name="Thông báo")).to_be_visible()
    page.screenshot(path=ARTIFACTS / "staff-notices-phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []
