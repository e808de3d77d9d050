"""Large letters: one button, kept, and nothing breaks on the smallest phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, Parcel
from tests.browser.looked_over import violations
from tests.browser.test_newcomer import SMALL_PHONE

pytestmark = pytest.mark.browser


def _size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))


def _cut_off(page: Page) -> list[str]:
    """Controls that stick out of the screen, or whose words do not fit into them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, a, input, h1, h2, h3, dd, dt, p, label')]
            .filter((one) => one.checkVisibility() && !one.closest('.unseen, .skip, .maplibregl-map'))
            .map((one) => [one, one.getBoundingClientRect()])
            .filter(([one, box]) => box.right > innerWidth + 1 || box.left < -1
                || (!['INPUT', 'H1'].includes(one.tagName) && one.scrollWidth > one.clientWidth + 1
                    && getComputedStyle(one).display !== 'inline'))
            .map(([one]) => one.outerHTML.slice(0, 120))"""
    )
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_letters_grow_and_the_page_holds(new_visit: NewVisit, parcel: Parcel, language: str) -> None:
    visit = new_visit(**SMALL_PHONE)
    page = visit.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}?lang={language}")
    visit.answered()
    assert _size(page) == 16
    assert _cut_off(page) == []
    button = page.get_by_role("button", name="Chữ lớn" if language == "vi" else "Large text")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.tap()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert _size(page) == 20
    page.locator("#answer-grip").click()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.wait_for_timeout(400)
    assert _cut_off(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    visit.keep(f"large-text-{language}")


def test_the_choice_is_kept_before_the_first_letter_is_drawn(new_visit: NewVisit) -> None:
    visit = new_visit(**SMALL_PHONE)
    page = visit.open()
    page.get_by_role("button", name="Chữ lớn").tap()
    assert '<html lang="vi" data-text="large">' in page.request.get(visit.url + "/").text()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-text", "large")
    assert _size(page) == 20
    page.get_by_role("button", name="Chữ lớn").tap()
    assert 'data-text="usual"' in page.request.get(visit.url + "/").text()
    assert _size(page) == 16


def test_the_map_stays_usable(new_visit: NewVisit) -> None:
    visit = new_visit(**SMALL_PHONE)
    page = visit.open()
    page.get_by_role("button", name="Chữ lớn").tap()
    visit.drawn()
    map_, covered = page.locator("#map").bounding_box(), page.locator(".bar").bounding_box()
    assert map_ is not None
    assert covered is not None
    assert map_["height"] > 500
    ways, layers = page.locator("#ways-open").bounding_box(), page.locator("#layers-open").bounding_box()
    assert ways is not None
    assert layers is not None
    assert ways["x"] + ways["width"] <= layers["x"], "one button lies over the other"
    page.get_by_role("button", name="Lớp bản đồ").tap()
    expect(page.get_by_role("region", name="Lớp bản đồ")).to_be_visible()
    assert _cut_off(page) == []
    visit.keep("large-text-layers")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("large", [False, True])
def test_on_the_narrowest_phone_the_buttons_stand_side_by_side(
    new_visit: NewVisit, language: str, large: bool
) -> None:
    visit = new_visit(**(SMALL_PHONE | {"viewport": {"width": 320, "height": 640}}))
    page = visit.open(f"/?lang={language}")
    if large:
        page.locator("#large-text").tap()
    ways, layers = page.locator("#ways-open").bounding_box(), page.locator("#layers-open").bounding_box()
    assert ways is not None
    assert layers is not None
    assert ways["x"] + ways["width"] <= layers["x"], "one button lies over the other"
