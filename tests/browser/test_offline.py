"""Without a network: the page opens, says so, and shows the last answer; nothing that staff was told."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.settings import Settings
from tests.browser.conftest import NewVisit, Parcel, Visit

pytestmark = pytest.mark.browser


def _worker_is_ready(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    for _ in range(100):
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the worker does not answer for the page")


def _asked(visit: Visit, parcel: Parcel, language: str = "vi") -> Page:
    page = visit.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}?lang={language}")
    visit.answered()
    _worker_is_ready(page)
    return page


def test_the_last_answer_is_shown_again(phone: Visit, parcel: Parcel) -> None:
    page = _asked(phone, parcel)
    title = page.locator("#answer-title").inner_text()
    verdict = page.locator(".verdict").inner_text()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-usable", "true")
    phone.answered()
    expect(page.locator("#answer-title")).to_have_text(title)
    assert page.locator(".verdict").inner_text() == verdict
    banner = page.get_by_role("region", name="Thiết bị đang không có mạng")
    expect(banner).to_contain_text(re.compile(r"đã lưu trên thiết bị lúc \d\d:\d\d \d\d/\d\d/\d{4}"))
    expect(page.locator("#notice")).to_contain_text("Mất kết nối mạng")
    phone.keep("offline-phone", drawn=False)
    page.context.set_offline(False)
    banner.get_by_role("button", name="Tra cứu lại hôm nay").click()
    expect(banner).to_be_hidden()
    phone.answered()


def test_another_question_is_told_and_the_last_answer_offered(desktop: Visit, parcel: Parcel) -> None:
    page = _asked(desktop, parcel, "en")
    title = page.locator("#answer-title").inner_text()
    page.context.set_offline(True)
    page.goto(f"{desktop.url}/thua/phuong-1/1/1")
    desktop.answered("failed")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name=re.compile("^See the kept answer: Parcel")).click()
    desktop.answered()
    expect(page.locator("#answer-title")).to_have_text(title)


def test_what_is_kept_was_told_to_everybody(desktop: Visit, parcel: Parcel) -> None:
    page = _asked(desktop, parcel)
    kept: list[str] = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
            (await (await caches.open(name)).keys()).map((request) => new URL(request.url))))).flat()
            .map((url) => url.pathname + url.search)"""
    )
    assert len(kept) > 20
    public = re.compile(
        r"/(static|vendor|map/files)/[0-9a-f]{16}/(?!js/staff|staff).*|/(map/style\.json|map/legend\.json)?\?lang=(vi|en)"
        r"|/language-of-the-device"
    )
    assert [address for address in kept if not public.fullmatch(address)] == []


def test_who_is_signed_in_leaves_no_answer_behind(
    new_visit: NewVisit, parcel: Parcel, base_settings: Settings
) -> None:
    visit = new_visit()
    page = _asked(visit, parcel)
    assert page.evaluate("localStorage.getItem('last-answer')") is not None
    accounts = json.loads(Path(base_settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    signed_in = page.request.post(
        visit.url + "/api/auth/login", data=accounts["planner"], headers={"Origin": visit.url}
    )
    assert signed_in.ok, signed_in.text()
    name = accounts["planner"]["username"]
    page.reload()
    visit.answered()
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    assert page.evaluate("localStorage.getItem('last-answer')") is None
    page.context.set_offline(True)
    page.reload()
    visit.answered("failed")
    assert name not in page.content()
    page.context.set_offline(False)


def test_that_there_was_no_network_is_not_said_once_it_is_back(phone: Visit) -> None:
    page = phone.open()
    note = page.locator("#search-note")
    page.context.set_offline(True)
    page.get_by_role("combobox").press_sequentially("tờ 1 thửa 1", delay=10)
    expect(note).to_contain_text("Thiết bị đang không có mạng")
    page.context.set_offline(False)
    expect(note).to_have_text("")
