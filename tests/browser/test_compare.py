"""Two days or two plans beside each other: one place, one line to drag, each side told apart."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, Parcel, Visit
from tests.browser.looked_over import small_texts, small_touches, violations

pytestmark = pytest.mark.browser

TWO_PLANS = "/?plans=QHC-2017,QHPK-2022"


def _compared(page: Page) -> None:
    expect(page.locator(".compare")).to_have_attribute("data-idle", "true")


def _sides(page: Page) -> list[str]:
    return page.locator(".compare .swipe-word").all_inner_texts()


def _colours(page: Page) -> list[float]:
    """What is seen in the middle of the free map: the mean red, green and blue of each of 16 squares."""
    picture = page.screenshot(clip={"x": 560, "y": 160, "width": 400, "height": 240})
    means: list[float] = page.evaluate(
        """async (bytes) => {
            const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
            const context = new OffscreenCanvas(4, 4).getContext('2d');
            context.imageSmoothingQuality = 'high';
            context.drawImage(picture, 0, 0, 4, 4);
            return [...context.getImageData(0, 0, 4, 4).data].filter((_, index) => index % 4 < 3);
        }""",
        list(picture),
    )
    return means


def _apart(one: list[float], other: list[float]) -> float:
    """How far two pictures differ at most, of 255."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def test_two_days_stand_beside_each_other(desktop: Visit) -> None:
    page = desktop.open("/#map=12.6/10.37/106.35")
    desktop.drawn()
    page.get_by_role("button", name="So sánh", exact=True).click()
    _compared(page)
    assert _sides(page) == ["Ngày 01/11/2024", "Hôm nay"]
    # A field of half a small phone has room for the date and no more.
    chosen = page.get_by_label("Bên trái", exact=True).evaluate("field => field.selectedOptions[0].text")
    assert chosen == "01/11/2024"
    expect(page).to_have_url(re.compile(r"as_of=2024-11-01&compare=today"))
    expect(page.locator(".day-mark")).to_be_hidden()
    page.get_by_label("Bên phải", exact=True).select_option("2018-01-01")
    _compared(page)
    assert _sides(page) == ["Ngày 01/11/2024", "Ngày 01/01/2018"]
    page.get_by_label("Bên trái", exact=True).select_option("today")
    expect(page).to_have_url(re.compile(r"\?compare=2018-01-01"))
    page.reload()
    _compared(page)
    assert _sides(page) == ["Hôm nay", "Ngày 01/01/2018"]
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    _compared(page)
    assert _sides(page) == ["Today", "01/01/2018"]
    desktop.keep("compare-days-desktop")


def test_closing_leads_back_to_today(desktop: Visit) -> None:
    page = desktop.open("/#map=12.6/10.37/106.35")
    desktop.drawn()
    page.get_by_role("button", name="So sánh", exact=True).click()
    _compared(page)
    page.get_by_role("button", name="Đóng “So sánh hai bản đồ”").click()
    expect(page.locator(".compare")).to_have_count(0)
    expect(page.locator(".day-mark")).to_be_hidden()
    assert urlsplit(page.url).query == ""
    expect(page.get_by_role("button", name="So sánh", exact=True)).to_be_focused()


def test_the_line_is_moved_by_keys_and_by_hand(desktop: Visit) -> None:
    page = desktop.open(f"{TWO_PLANS}#map=16/10.352/106.366")
    _compared(page)
    grip = page.get_by_role("slider", name="Đường chia giữa hai bản đồ")
    grip.focus()
    page.keyboard.press("Home")
    expect(grip).to_have_attribute("aria-valuenow", "0")
    for key, now in (("ArrowRight", "2"), ("PageUp", "12"), ("ArrowLeft", "10"), ("End", "100")):
        page.keyboard.press(key)
        expect(grip).to_have_attribute("aria-valuenow", now)
    expect(grip).to_have_attribute("aria-valuetext", "Ở 100% bề ngang")
    for _ in range(4):
        page.keyboard.press("PageDown")
    box, layers = grip.bounding_box(), page.locator("#layers").bounding_box()
    assert box is not None
    assert layers is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(720, box["y"], steps=5)
    expect(grip).to_have_attribute("aria-valuenow", "50")
    # It is not left where a panel would cover it.
    page.mouse.move(1400, box["y"], steps=5)
    page.mouse.up()
    box = grip.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= layers["x"]


def test_both_maps_show_one_place(desktop: Visit) -> None:
    page = desktop.open(f"{TWO_PLANS}#map=15/10.352/106.366")
    _compared(page)
    grip = page.get_by_role("slider", name="Đường chia giữa hai bản đồ")
    grip.focus()
    page.keyboard.press("End")
    desktop.drawn()
    general = _colours(page)
    page.keyboard.press("Home")
    _compared(page)
    assert _apart(_colours(page), general) > 20, "each side shows a plan of its own"
    page.keyboard.press("End")
    page.locator("#map canvas").focus()
    page.keyboard.press("ArrowRight")
    desktop.drawn()
    _compared(page)
    assert _apart(_colours(page), general) > 10
    grip.focus()
    page.keyboard.press("Home")
    page.locator(".compare canvas").focus()
    page.keyboard.press("ArrowLeft")
    _compared(page)
    desktop.drawn()
    grip.focus()
    page.keyboard.press("End")
    assert _apart(_colours(page), general) < 10, "the one went where the other was taken"


def test_two_plans_are_of_one_plan_each(desktop: Visit) -> None:
    page = desktop.open("/#map=15/10.352/106.366")
    desktop.drawn()
    page.get_by_role("button", name="So sánh", exact=True).click()
    page.get_by_label("Hai đồ án quy hoạch").check()
    expect(page).to_have_url(re.compile(r"\?plans=QHC-2017,QHPK-2022"))
    _compared(page)
    assert _sides(page) == ["Quy hoạch chung 2017", "Quy hoạch phân khu 2022"]
    expect(page.locator('[data-layer="zoning"]').get_by_role("checkbox")).to_be_checked()
    assert "as_of" not in page.url
    desktop.keep("compare-plans-desktop")
    page.get_by_label("Bên phải", exact=True).select_option("QHCT-2021")
    expect(page).to_have_url(re.compile(r"\?plans=QHC-2017,QHCT-2021"))
    page.keyboard.press("Escape")
    expect(page.locator(".compare")).to_have_count(0)
    assert urlsplit(page.url).query == ""


def test_a_tap_is_answered_for_its_side(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/?as_of=2019-06-01&compare=2022-01-01#map=18.5/{parcel.lat}/{parcel.lon}")
    _compared(page)
    grip = page.get_by_role("slider", name="Đường chia giữa hai bản đồ")
    box = page.locator("#map").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for key, day in (("Home", "2022-01-01"), ("End", "2019-06-01")):
        grip.focus()
        page.keyboard.press(key)
        with page.expect_response(lambda answer: "/api/planning/lookup" in answer.url) as asked:
            page.mouse.click(*middle)
        assert parse_qs(urlsplit(asked.value.url).query)["as_of"] == [day]
        desktop.answered()


def test_nothing_stands_in_the_way(desktop: Visit, new_visit: NewVisit) -> None:
    small = new_visit(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    for visit, name in ((desktop, "desktop"), (small, "360")):
        page = visit.open(f"{TWO_PLANS}#map=15/10.352/106.366")
        _compared(page)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
        visit.keep(f"compare-{name}")
    assert small_touches(small.page) == []
    assert small_texts(small.page) == []
