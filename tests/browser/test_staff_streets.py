"""An officer finds a street, turns its direction around, and numbers it anew once every change is seen."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.browser.conftest import visits
from tests.browser.console import keep, sign_in
from tests.browser.looked_over import violations
from tests.support.own_server import own_database
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
_BUSIEST = """
    SELECT a.street_id, s.name, count(*) FROM numbering.axis a JOIN layer.streets s ON s.id = a.street_id
    JOIN layer.house_numbers h ON h.street_id = a.street_id
    WHERE a.alley_path = '[]' AND s.name IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT 1
"""


@pytest.fixture(scope="module")
def city(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Logins]]:
    """A small demo city of its own."""
    folder = tmp_path_factory.mktemp("streets")
    with own_database(server, demo_template, base_settings, folder) as made:
        yield made


@pytest.fixture(scope="module")
def desk(city: tuple[Settings, Logins]) -> Iterator[RunningServer]:
    """A running server over it."""
    with RunningServer(*city) as running:
        yield running


@pytest.fixture(scope="module")
def street(city: tuple[Settings, Logins]) -> tuple[int, str]:
    """The street with the most houses."""
    with psycopg.connect(city[1].owner) as owner:
        row = owner.execute(_BUSIEST).fetchone()
    assert row is not None
    return int(row[0]), str(row[1])


def _officer(page: Page, desk: RunningServer, path: str) -> None:
    page.goto(desk.url + path)
    sign_in(page, desk, Role.PERMIT)


def _fetched(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async (path) => await (await fetch(path)).text()", path))


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_a_street_is_found_and_looked_at(
    browser: Browser, desk: RunningServer, street: tuple[int, str], options: dict[str, Any]
) -> None:
    number, name = street
    with visits(browser, desk.url) as new:
        page = new(**options).page
        _officer(page, desk, "/staff/streets")
        page.get_by_label("Tên đường").fill(name)
        page.keyboard.press("Enter")
        page.locator(f"#streets a[href='/staff/streets/{number}']").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.locator(".street-map[data-idle=true]")).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="Xem trước").click()
        expect(page.locator(".review p").first).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        keep(page, f"street-{'phone' if options else 'desktop'}")


def test_it_is_turned_around_and_numbered_anew(
    browser: Browser, desk: RunningServer, street: tuple[int, str]
) -> None:
    number, _ = street
    path = f"/api/house-numbers/streets/{number}"
    with visits(browser, desk.url) as new:
        page = new().page
        _officer(page, desk, f"/staff/streets/{number}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        before = _fetched(page, path)
        page.get_by_role("button", name="Đổi chiều").first.click()
        page.get_by_role("button", name="Ghi chiều đánh số").click()
        expect(page.get_by_role("alert").get_by_text("Hãy chọn điểm đầu")).to_be_visible()
        ends = page.locator("dialog input[name=start]")
        ends.nth(2).check()
        page.get_by_label("Số văn bản quyết định").fill("21/QĐ-UBND")
        page.get_by_role("button", name="Ghi chiều đánh số").click()
        expect(page.get_by_text("Theo văn bản 21/QĐ-UBND").first).to_be_visible()
        ends_before = {tuple(before["axes"][0]["geometry"]["coordinates"][at]) for at in (0, -1)}
        after = _fetched(page, path)["axes"][0]["geometry"]["coordinates"]
        assert {tuple(after[0]), tuple(after[-1])} == ends_before
        page.get_by_role("button", name="Xem trước").click()
        page.get_by_role("button", name="Áp dụng").click()
        page.get_by_label("Lý do").fill("Chỉnh số nhà toàn tuyến")
        page.locator("dialog").get_by_role("button", name="Áp dụng").click()
        expect(page.locator("#notice")).to_contain_text("Đã đánh số lại")
        page.get_by_role("button", name="Xem trước").click()
        expect(page.get_by_text("Số nhà đã đúng thứ tự")).to_be_visible()
