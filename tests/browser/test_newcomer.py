"""Somebody with a red book of 2015 and a phone finds what may be built, in three steps and without help."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import NewVisit
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

SMALL_PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}


@dataclass(frozen=True)
class OldNumber:
    """A lot of the demo city that was renumbered, and its number on the paper."""

    sheet: str
    parcel: str
    ward: str
    now: str


@dataclass
class Hand:
    """Counts what a person does."""

    page: Page
    done: list[str] = field(default_factory=list)

    def do(self, what: str, act: Callable[[], object]) -> None:
        self.done.append(what)
        act()


@pytest.fixture(scope="session")
def old_number(playwright: Playwright, live_city: RunningServer) -> OldNumber:
    server = playwright.request.new_context(base_url=live_city.url)

    def fetch(path: str, **asked: str | float | bool) -> Any:
        return server.get(path, params=asked).json()

    for lot in fetch("/ogc/collections/parcels/items", limit=1000)["features"]:
        known = lot["properties"]
        if not known["old_sheet_no"]:
            continue
        sheet, parcel = known["old_sheet_no"], known["old_parcel_no"]
        answer = fetch("/api/planning/lookup", sheet=sheet, parcel=parcel, unit=known["unit_code"])
        found = answer.get("parcels", ())
        if [one["id"] for one in found] == [lot["id"]] and re.fullmatch(r"Phường \d+", found[0]["unit_name"]):
            now = f"Thửa {known['parcel_no']}, tờ bản đồ {known['sheet_no']}"
            return OldNumber(sheet, parcel, found[0]["unit_name"].removeprefix("Phường "), now)
    raise AssertionError("no lot of a numbered ward of the demo city was renumbered")


@pytest.mark.parametrize(
    "written",
    [
        "tờ {sheet} thửa {parcel} phường {ward}",
        "to {sheet} thua {parcel} p{ward}",
        "tờ bản đồ số {sheet}, thửa đất số {parcel}, P.{ward}, TP Mỹ Tho",
    ],
)
def test_the_number_of_the_paper_leads_to_the_verdict(
    new_visit: NewVisit, old_number: OldNumber, written: str
) -> None:
    visit = new_visit(**SMALL_PHONE)
    page = visit.page
    page.goto(visit.url + "/")
    hand = Hand(page)
    box = page.get_by_role("combobox")
    text = written.format(sheet=old_number.sheet, parcel=old_number.parcel, ward=old_number.ward)
    hand.do("tap the box", box.tap)
    hand.do("type the number", lambda: page.keyboard.type(text, delay=15))
    expect(page.get_by_role("option").first).to_contain_text("Tra theo số trên giấy chứng nhận, kể cả số cũ")
    hand.do("press the key of the keyboard that says search", lambda: page.keyboard.press("Enter"))
    visit.answered()
    assert len(hand.done) <= 3
    expect(page.locator("#answer-title")).to_have_text(old_number.now)
    expect(page.locator(".asked")).to_have_text(
        f"Thửa {old_number.parcel}, tờ {old_number.sheet} trên giấy chứng nhận nay là thửa này."
    )
    verdict = page.locator(".verdict")
    expect(verdict.get_by_role("heading")).to_be_in_viewport()
    expect(verdict.get_by_role("heading")).to_have_text(
        re.compile("^(Được xây dựng nhà ở|Không được xây dựng nhà ở|Chưa đủ dữ liệu để trả lời)$")
    )
    expect(page.locator(".bucket", has_text="Quá trình biến động")).to_contain_text("Đổi số tờ, số thửa")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    visit.keep("newcomer-phone")


def test_a_tap_on_the_first_line_does_as_well(new_visit: NewVisit, old_number: OldNumber) -> None:
    visit = new_visit(**SMALL_PHONE)
    page = visit.page
    page.goto(visit.url + "/")
    page.get_by_role("combobox").tap()
    page.keyboard.type(f"thửa {old_number.parcel} tờ {old_number.sheet}, phường {old_number.ward}", delay=15)
    page.get_by_role("option").first.tap()
    visit.answered()
    expect(page.locator("#answer-title")).to_have_text(old_number.now)


def test_a_ward_that_does_not_have_the_number_is_no_dead_end(
    new_visit: NewVisit, old_number: OldNumber
) -> None:
    visit = new_visit(**SMALL_PHONE)
    page = visit.page
    page.goto(f"{visit.url}/thua/thoi-son/{old_number.sheet}/{old_number.parcel}")
    visit.answered("missing")
    page.get_by_role("button", name="Tra cứu không kèm phường, xã").tap()
    expect(page.locator("#answer")).to_have_attribute("data-state", re.compile("^(answer|choose)$"))
