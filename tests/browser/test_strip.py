"""Along a street: a person opens it, asks how far, and is told of the parcels."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def _busy_street(visit: Visit) -> int:
    """A street of a town with parcels along it."""
    for feature in visit.fetch("/ogc/collections/streets/items", f="json", limit="60")["features"]:
        told = visit.page.request.get(
            f"{visit.url}/api/planning/strip", params={"street": str(feature["id"]), "metres": "10"}
        )
        if told.ok and told.json()["totals"]["parcels"] > 55:
            return int(feature["id"])
    raise AssertionError("no street has parcels along it")


def test_what_lies_along_a_street(desktop: Visit) -> None:
    street = _busy_street(desktop)
    asked: list[str] = []
    desktop.page.on("request", lambda request: asked.append(request.url))
    page = desktop.open()
    assert not any("strip.js" in address for address in asked), "loaded when it is wanted"
    page = desktop.open(f"/?feature=streets/{street}")
    desktop.answered("feature")
    page.get_by_label("Trong phạm vi").fill("10")
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    told = desktop.fetch("/api/planning/strip", street=str(street), metres="10", limit="50")
    expect(page.locator(".strip-total")).to_contain_text(f"{told['totals']['parcels']} thửa đất")
    rows = page.locator(".strip .choice")
    expect(rows).to_have_count(50)
    expect(rows.first).to_contain_text(f"Thửa {told['parcels'][0]['parcel_no']}")
    page.get_by_role("button", name="Xem thêm thửa đất").click()
    expect(rows).to_have_count(min(told["totals"]["parcels"], 100))
    rows.first.click()
    desktop.drawn()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Tải bảng (CSV)").click()
    text = saved.value.path().read_text(encoding="utf-8-sig")
    assert text.count("Thửa đất,") == told["totals"]["parcels"]
    desktop.keep("strip-desktop")


def test_a_phone_and_a_distance_that_is_too_far(phone: Visit) -> None:
    street = _busy_street(phone)
    page = phone.open(f"/?feature=streets/{street}")
    phone.answered("feature")
    page.locator("#answer-grip").dispatch_event("click")
    metres = page.get_by_label("Trong phạm vi")
    metres.fill("5")
    metres.press("Enter")
    expect(page.locator(".strip-total")).to_contain_text(re.compile(r"\d+ thửa đất trong phạm vi"))
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0
    metres.fill("999")
    metres.press("Enter")
    assert not metres.evaluate("input => input.checkValidity()")
    phone.keep("strip-phone", drawn=False)
