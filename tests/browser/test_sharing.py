"""What was found is found again: after a reload, by who gets the link, in the other language."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Parcel, Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def shared_number(desktop: Visit) -> dict[str, Any]:
    """The look-up's answer for a number that several lots of the demo city have."""
    seen: set[tuple[str, str]] = set()
    for lot in desktop.fetch("/ogc/collections/parcels/items", limit=1000)["features"]:
        number = (lot["properties"]["sheet_no"], lot["properties"]["parcel_no"])
        if number in seen:
            answer: dict[str, Any] = desktop.fetch("/api/planning/lookup", sheet=number[0], parcel=number[1])
            assert answer["ambiguous"]
            return answer
        seen.add(number)
    raise AssertionError("each lot of the demo city has a number of its own")


def _click_in_the_middle(page: Page) -> None:
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _names_one_parcel(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/thua/([0-9a-z]{12}(#|$)|[a-z0-9-]+/\w+/\w+\?feature=parcels/\d+)"))
    assert "sheet=" not in page.url


def test_a_chosen_lot_is_found_again_and_not_its_namesakes(
    desktop: Visit, shared_number: dict[str, Any]
) -> None:
    lot = shared_number["parcels"][-1]
    page = desktop.open(f"/?sheet={lot['sheet_no']}&parcel={lot['parcel_no']}")
    desktop.answered("choose")
    page.locator(".choice").last.click()
    desktop.answered()
    _names_one_parcel(page)
    desktop.drawn()
    unit = page.locator(".unit").inner_text()
    address = page.url
    page.reload()
    desktop.answered()
    desktop.drawn()
    assert page.locator(".unit").inner_text() == unit
    assert page.url == address
    page.go_back()
    desktop.answered("choose")


def test_a_lot_without_identifier_has_its_feature_for_address(
    desktop: Visit, shared_number: dict[str, Any]
) -> None:
    for lot in shared_number["parcels"][:3]:
        page = desktop.open(f"/?feature=parcels/{lot['id']}")
        desktop.answered()
        expect(page.locator("#answer-title")).to_have_text(
            f"Thửa {lot['parcel_no']}, tờ bản đồ {lot['sheet_no']}"
        )
        expect(page.locator(".unit")).to_contain_text(lot["unit_name"])
        expect(page.locator("#answer")).not_to_contain_text("Có nhiều thửa đất")


def test_a_clicked_lot_stays_where_it_was_seen(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/#map=18.5/{parcel.lat}/{parcel.lon}")
    desktop.drawn()
    _click_in_the_middle(page)
    desktop.answered()
    _names_one_parcel(page)
    address = page.url
    page.reload()
    desktop.answered()
    desktop.drawn()
    assert page.url == address
    assert "#map=18.5/" in page.url


def test_a_typed_number_stays_as_it_was_typed(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/?sheet={parcel.sheet}&parcel={parcel.number}")
    desktop.answered()
    assert f"?sheet={parcel.sheet}&parcel={parcel.number}" in page.url


def test_older_links_to_a_view_still_lead_there(desktop: Visit) -> None:
    page = desktop.open("/#15/10.3548/106.3656")
    expect(page).to_have_url(re.compile(r"#map=15/10\.3548/106\.3656"))


def test_layers_travel_with_the_link(desktop: Visit, phone: Visit) -> None:
    page = desktop.open("/#map=15/10.3548/106.3656")
    page.locator('[data-layer="zoning"]').get_by_role("checkbox").check()
    expect(page).to_have_url(re.compile(r"#map=15/.*&layers=.*zoning"))
    other = phone.open(page.url.removeprefix(desktop.url))
    other.get_by_role("button", name="Lớp bản đồ").click()
    expect(other.locator('[data-layer="zoning"]').get_by_role("checkbox")).to_be_checked()
    page.locator('[data-layer="zoning"]').get_by_role("checkbox").uncheck()
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    expect(page.locator('[data-layer="zoning"]').get_by_role("checkbox")).not_to_be_checked()


def test_the_other_language_is_no_step_of_its_own(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open()
    page.goto(f"{desktop.url}/?sheet={parcel.sheet}&parcel={parcel.number}#map=18/{parcel.lat}/{parcel.lon}")
    desktop.answered()
    page.locator('[data-layer="zoning"]').get_by_role("checkbox").check()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    desktop.answered()
    assert f"sheet={parcel.sheet}&parcel={parcel.number}#map=18/" in page.url
    assert "zoning" in page.url
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    desktop.answered("welcome")


def test_a_broken_link_is_told_in_the_language_of_the_page(desktop: Visit) -> None:
    page = desktop.open("/?point=999,999")
    desktop.answered("failed")
    expect(page.locator("#answer")).to_contain_text("Không hiểu được nội dung cần tra cứu")
    page.goto(desktop.url + "/?feature=parcels/999999999")
    desktop.answered("missing")
    expect(page.locator("#answer")).to_contain_text("Không có thửa đất mang mã 999999999")
