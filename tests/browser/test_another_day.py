"""The map of another day: it says so, everything answers for that day, and one tap leads back."""

import re
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import NewVisit, Parcel, Visit
from tests.browser.looked_over import small_texts, small_touches, violations

pytestmark = pytest.mark.browser

CITY = "#map=12.6/10.37/106.35"


def _asked(page: Page) -> dict[str, set[str | None]]:
    """Days that the tiles of each layer are asked for from now on; None is today."""
    days: dict[str, set[str | None]] = {}

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if "/tiles/WebMercatorQuad/" in address.path:
            layer = address.path.split("/")[3]
            days.setdefault(layer, set()).add(parse_qs(address.query).get("as_of", [None])[0])

    page.on("request", note)
    return days


def _until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until it holds."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never held")


def _names(visit: Visit) -> set[str]:
    """Names of the units that the map draws."""
    visit.drawn()
    listed = visit.page.locator('[data-layer="admin_units"].list-layer .list-name')
    return set(listed.all_inner_texts())


def test_the_slider_moves_the_map_through_its_changes(desktop: Visit) -> None:
    page = desktop.open(f"/{CITY}")
    desktop.drawn()
    days = _asked(page)
    page.get_by_role("button", name="Ngày khác", exact=True).click()
    slider = page.get_by_role("slider", name="Ngày của bản đồ")
    expect(page.get_by_role("heading", name="Bản đồ theo ngày")).to_be_focused()
    expect(slider).to_have_attribute(
        "aria-valuetext", re.compile(r"^Hôm nay, .* Dữ liệu không thay đổi từ ngày 01/07/2025")
    )
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".day-mark")).to_contain_text("Bản đồ ngày 01/11/2024, không phải hôm nay.")
    expect(page).to_have_url(re.compile(r"[?&]as_of=2024-11-01#"))
    said = "Ngày 01/11/2024. Dữ liệu giữ nguyên từ ngày 01/11/2024 đến hết ngày 30/06/2025."
    expect(slider).to_have_attribute("aria-valuetext", said)
    expect(page.locator(".card-time")).to_contain_text("Đơn vị hành chính (14 đối tượng)")
    # What changes nearly every day is named, and leaves the slider to the days that a person looks for.
    expect(page.locator(".card-time")).to_contain_text("Số nhà: thay đổi gần như hằng ngày")
    assert page.locator(".time-marks li").count() < 10
    named = [mark.bounding_box() for mark in page.locator(".time-marks li span:visible").all()]
    places = sorted((box["x"], box["x"] + box["width"]) for box in named if box)
    assert len(places) > 2
    assert all(end < start for (_, end), (start, _) in pairwise(places)), "words that run into each other"
    _until(page, lambda: "admin_units" in days)
    desktop.drawn()
    # What has not changed since is the map of today, and stays where it is.
    assert days["admin_units"] == {"2024-11-01"}
    assert "parcels" not in days
    desktop.keep("day-desktop")
    page.get_by_role("button", name="Về hôm nay").click()
    expect(page.locator(".day-mark")).to_be_hidden()
    assert "as_of" not in page.url
    _until(page, lambda: None in days["admin_units"])


def test_a_layer_that_is_switched_while_the_day_changes_loses_neither(desktop: Visit) -> None:
    page = desktop.open(f"/{CITY}&layers=parcels")
    desktop.drawn()
    days = _asked(page)
    page.get_by_role("button", name="Ngày khác", exact=True).click()
    page.get_by_label("Ngày bất kỳ").fill("2016-11-30")
    _until(page, lambda: "2016-11-30" in days.get("parcels", set()))
    desktop.drawn()
    # Off and on again before the next picture: the map is told of the day first, and then of the layer.
    page.evaluate(
        """async () => {
            const day = document.querySelector('.time-other input');
            day.value = '2015-05-05';
            day.dispatchEvent(new Event('change'));
            for (let turn = 0; turn < 20; turn += 1) await null;
            document.querySelector('#layer-parcels').click();
            document.querySelector('#layer-parcels').click();
        }"""
    )
    _until(page, lambda: "2015-05-05" in days["parcels"])


def test_any_day_can_be_typed(desktop: Visit) -> None:
    page = desktop.open(f"/{CITY}")
    page.get_by_role("button", name="Ngày khác", exact=True).click()
    page.get_by_label("Ngày bất kỳ").fill("2025-06-30")
    expect(page.locator(".day-mark")).to_contain_text("Bản đồ ngày 30/06/2025, không phải hôm nay.")
    page.get_by_role("button", name="Đến lần thay đổi sau").click()
    expect(page.locator(".day-mark")).to_contain_text("Bản đồ ngày 01/07/2025")


def test_the_day_survives_reload_and_language(desktop: Visit, phone: Visit) -> None:
    page = desktop.page
    days = _asked(page)
    desktop.open(f"/?as_of=2025-06-30{CITY}&layers=admin_units")
    desktop.drawn()
    assert days["admin_units"] == {"2024-11-01"}, "tiles of today were asked for"
    mark = page.locator(".day-mark")
    expect(mark).to_contain_text("Bản đồ ngày 30/06/2025, không phải hôm nay.")
    page.reload()
    expect(mark).to_contain_text("30/06/2025")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(mark).to_contain_text("Map of 30/06/2025, not of today.")
    other = phone.open(page.url.removeprefix(desktop.url))
    expect(other.locator(".day-mark")).to_contain_text("Map of 30/06/2025, not of today.")


def test_the_units_of_the_day_are_those_of_the_day(desktop: Visit) -> None:
    page = desktop.open(f"/?as_of=2025-06-30{CITY}&layers=admin_units")
    desktop.drawn()
    page.get_by_role("button", name="Danh sách", exact=True).click()
    expect(page.locator(".list-layers")).to_have_attribute("data-ready", "true")
    then = _names(desktop)
    assert "Phường 5" in then
    page.get_by_role("button", name="Về hôm nay").click()
    expect(page.locator('[data-layer="admin_units"].list-layer')).not_to_contain_text("Phường 5")
    assert "Phường Mỹ Tho" in _names(desktop)


def test_look_up_and_tap_answer_for_the_day(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/?as_of=2019-06-01#map=18.5/{parcel.lat}/{parcel.lon}")
    desktop.drawn()
    box = page.locator("#map").bounding_box()
    assert box is not None
    with page.expect_response(lambda answer: "/api/planning/lookup" in answer.url) as asked:
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "as_of=2019-06-01" in asked.value.url
    desktop.answered()
    expect(page.locator(".disclaimer")).to_contain_text("Tra cứu tại ngày 01/06/2019")
    with page.expect_response(lambda answer: "/api/planning/lookup" in answer.url) as again:
        page.get_by_role("button", name="Về hôm nay").click()
    assert "as_of" not in again.value.url
    expect(page.locator(".disclaimer")).not_to_contain_text("01/06/2019")


def test_a_day_before_the_data_says_so(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/?as_of=2010-01-01&point={parcel.lon},{parcel.lat}")
    expect(page.locator(".day-mark")).to_contain_text("Chưa có dữ liệu: dữ liệu sớm nhất từ ngày 25/04/2017.")
    desktop.answered("missing")
    expect(page.locator("#answer")).to_contain_text("01/01/2010")
    page.goto(f"{desktop.url}/?as_of=2018-02-01{CITY}&layers=parcels,admin_units")
    expect(page.locator(".day-mark")).to_contain_text("Thửa đất: chỉ có dữ liệu từ ngày 31/12/2018.")


@pytest.mark.parametrize("day", ["2999-01-01", "2025-02-30", "1700-01-01", "yesterday"])
def test_what_is_no_day_of_the_past_is_today(desktop: Visit, day: str) -> None:
    page = desktop.open(f"/?as_of={day}{CITY}")
    desktop.drawn()
    expect(page.locator(".day-mark")).to_have_count(0)


def test_a_feature_that_was_not_there_is_told(desktop: Visit) -> None:
    unit = desktop.fetch("/ogc/collections/admin_units/items", generation=3, limit=1)["features"][0]
    page = desktop.open(f"/?as_of=2024-12-31&feature=admin_units/{unit['id']}")
    desktop.answered("missing")
    expect(page.locator("#answer")).to_contain_text("không có trong dữ liệu ngày 31/12/2024")


def test_a_step_back_leads_to_the_day_before(desktop: Visit) -> None:
    page = desktop.open(f"/?as_of=2025-06-30&feature=hotspots/1{CITY}")
    desktop.drawn()
    page.evaluate("history.pushState(null, '', location.pathname + location.hash)")
    page.go_back()
    expect(page.locator(".day-mark")).to_contain_text("30/06/2025")
    page.go_forward()
    expect(page.locator(".day-mark")).to_be_hidden()


def test_a_file_to_save_is_of_today_and_says_so(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/?as_of=2019-06-01&sheet={parcel.sheet}&parcel={parcel.number}&unit={parcel.unit}")
    desktop.answered()
    page.get_by_role("link", name="Lưu bản đồ đang xem").click()
    expect(page.locator("#notice")).to_contain_text("Tệp lưu chỉ có bản đồ hôm nay")


def test_nothing_stands_in_the_way(desktop: Visit, new_visit: NewVisit) -> None:
    small = new_visit(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    for visit, name in ((desktop, "desktop"), (small, "360")):
        page = visit.open(f"/?as_of=2018-02-01{CITY}")
        visit.drawn()
        page.get_by_role("button", name="Ngày khác", exact=True).click()
        expect(page.get_by_role("slider", name="Ngày của bản đồ")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
        visit.keep(f"day-before-{name}")
    assert small_touches(small.page) == []
    assert small_texts(small.page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ngày khác", exact=True)).to_be_focused()
    expect(page.locator(".card-time")).to_be_hidden()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2099-01-01", "Liên kết ghi ngày 01/01/2099, là ngày chưa đến."),
        ("abc", "Liên kết ghi ngày “abc”, không phải là ngày tra cứu được."),
        ("2024-13-45", "Liên kết ghi ngày “2024-13-45”, không phải là ngày tra cứu được."),
    ],
)
def test_a_day_that_cannot_be_shown_is_not_dropped_in_silence(
    desktop: Visit, parcel: Parcel, day: str, told: str
) -> None:
    page = desktop.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}?as_of={day}")
    desktop.answered()
    banner = page.get_by_role("region", name="Ngày trong liên kết")
    expect(banner).to_contain_text(told)
    expect(banner).to_contain_text(re.compile(r"đang hiển thị thông tin hôm nay, \d\d/\d\d/\d{4}"))
    banner.get_by_role("button", name="Dùng ngày hôm nay").click()
    expect(page).not_to_have_url(re.compile("as_of"))
    desktop.answered()
    expect(banner).to_have_count(0)


def test_where_no_panel_says_it_the_map_does(phone: Visit) -> None:
    page = phone.open("/?as_of=2099-01-01")
    notice = page.locator("#notice")
    expect(notice).to_contain_text("Liên kết ghi ngày 01/01/2099")
    notice.get_by_role("button", name="Dùng ngày hôm nay").tap()
    expect(page).not_to_have_url(re.compile("as_of"))
    expect(notice).to_be_hidden()


def test_before_all_data_the_first_day_is_offered(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}?as_of=1990-01-01")
    desktop.answered("missing")
    page.get_by_role("button", name=re.compile(r"^Xem ngày đầu tiên có dữ liệu \(\d\d.\d\d.\d{4}\)$")).click()
    expect(page).not_to_have_url(re.compile("1990"))
    expect(page).to_have_url(re.compile(r"as_of=\d{4}-\d\d-\d\d"))
    expect(page.locator("#answer")).not_to_contain_text("Thành phố chưa có dữ liệu")
