"""The main job: a person finds a parcel and is told what plan applies and how old the data is."""

import re

import pytest
from playwright.sync_api import expect

from gis_platform.folding import fold
from tests.browser.conftest import Parcel, Visit

pytestmark = pytest.mark.browser


def test_a_number_leads_to_the_planning_answer(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open()
    desktop.search(f"to {parcel.sheet} thua {parcel.number}")
    page.keyboard.press("Enter")
    desktop.answered()
    heading = page.get_by_role("heading", level=2, name=f"Thửa {parcel.number}, tờ bản đồ {parcel.sheet}")
    expect(heading).to_be_visible()
    expect(heading).to_be_focused()
    for bucket in ("Bị ảnh hưởng", "Không bị ảnh hưởng", "Chưa có dữ liệu"):
        expect(page.get_by_role("heading", level=3, name=re.compile(f"^{bucket}"))).to_be_visible()
    expect(page.locator(".badge", has_text="Thửa đất")).to_contain_text("31/12/2018")
    expect(page.locator(".badge", has_text="Thửa đất")).to_have_attribute("data-overdue", "")
    expect(page.locator(".hit .share").first).to_have_text(
        re.compile(r"\d,\d m² – [\d,]+%? ?%? diện tích thửa")
    )
    expect(page.locator(".governs").first).to_have_text("Quy hoạch chi phối (chưa xác minh)")
    expect(page.locator('[data-bucket="affected"] > .rule')).to_contain_text("chưa xác minh trong văn bản")
    desktop.keep("look-up-desktop")


def test_the_address_asks_the_same_again(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open()
    desktop.search(f"tờ {parcel.sheet} thửa {parcel.number}")
    page.keyboard.press("Enter")
    desktop.answered()
    assert "/thua/" in page.url or "?sheet=" in page.url
    page.reload()
    desktop.answered()
    expect(page.locator("#answer-title")).to_have_text(f"Thửa {parcel.number}, tờ bản đồ {parcel.sheet}")


def test_a_click_on_a_lot_identifies_it(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/#18.5/{parcel.lat}/{parcel.lon}")
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desktop.answered()
    expect(page.locator("#answer-title")).to_have_text(f"Thửa {parcel.number}, tờ bản đồ {parcel.sheet}")
    desktop.keep("identify-desktop")


def test_a_street_is_found_without_its_marks(desktop: Visit) -> None:
    streets = desktop.fetch("/ogc/collections/streets/items", limit="200")["features"]
    name = next(n for s in streets if (n := s["properties"]["name"]) and fold(n) != n.lower() and " " in n)
    page = desktop.open()
    desktop.search(fold(name))
    options = page.get_by_role("option")
    expect(options.filter(has_text=name).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-activedescendant", "search-0")
    options.get_by_text(name, exact=True).first.click()
    desktop.answered("feature")
    expect(page.locator("#answer-title")).to_have_text(name)


def _in_sixtieths(degrees: float) -> str:
    minutes, seconds = divmod(degrees * 3600, 60)
    return f"{int(minutes // 60)}°{int(minutes % 60)}′{seconds:.2f}″".replace(".", ",")


@pytest.mark.parametrize(
    "form", ["{lat}, {lon}", "{lat_comma} {lon_comma}", "{lat_dms}B {lon_dms}Đ", "{lon} {lat}"]
)
def test_coordinates_are_a_place(desktop: Visit, parcel: Parcel, form: str) -> None:
    page = desktop.open()
    lat, lon = parcel.lat, parcel.lon
    commas = {f"{name}_comma": str(n).replace(".", ",") for name, n in (("lat", lat), ("lon", lon))}
    desktop.search(
        form.format(lat=lat, lon=lon, lat_dms=_in_sixtieths(lat), lon_dms=_in_sixtieths(lon), **commas)
    )
    page.keyboard.press("Enter")
    desktop.answered()
    expect(page.locator("#answer-title")).to_have_text(f"Thửa {parcel.number}, tờ bản đồ {parcel.sheet}")


def test_a_place_elsewhere_is_told_and_not_offered(desktop: Visit) -> None:
    page = desktop.open()
    page.get_by_role("combobox").press_sequentially("21.0285, 105.8542", delay=15)
    expect(page.locator("#search-note")).to_have_text("Vị trí này nằm ngoài phạm vi bản đồ Mỹ Tho.")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_search_without_result_takes_the_old_answer_away(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/?sheet={parcel.sheet}&parcel={parcel.number}")
    desktop.answered()
    page.get_by_role("combobox").press_sequentially("xqzw", delay=15)
    expect(page.locator("#search-note")).to_contain_text("toạ độ 10.35480, 106.36560")
    desktop.answered("welcome")
    assert "parcel=" not in page.url


def test_a_click_beside_the_lots_is_no_failure(desktop: Visit) -> None:
    page = desktop.open("/?point=106.26,10.31")
    desktop.answered("missing")
    expect(page.locator("#answer-title")).to_have_text("Không phải thửa đất")
    expect(page.locator("#answer")).to_contain_text("Không có thửa đất nào tại vị trí")


def test_planned_use_is_told_without_alarm_and_with_its_name(desktop: Visit, parcel: Parcel) -> None:
    answer = desktop.fetch("/api/planning/lookup", sheet=parcel.sheet, parcel=parcel.number)
    page = desktop.open(f"/?sheet={parcel.sheet}&parcel={parcel.number}")
    desktop.answered()
    restricting = [hit for hit in answer["affected"] if hit["theme"] != "land_function"]
    expect(page.locator('[data-bucket="affected"] .hit[data-restricts]')).to_have_count(len(restricting))
    alarm, calm = (
        page.evaluate(
            """(name) => {
                const probe = document.body.appendChild(document.createElement('i'));
                probe.style.color = `var(--${name})`;
                const colour = getComputedStyle(probe).color;
                probe.remove();
                return colour;
            }""",
            name,
        )
        for name in ("bad", "accent")
    )
    for selector, colour in ((".hit:not([data-restricts]) .governs", calm), (".tally-step", calm)):
        shown = page.locator(selector).first
        assert shown.evaluate("e => getComputedStyle(e).color") == colour != alarm
    use = answer["parcels"][0]["land_uses"][0]["code"]
    expect(page.locator(".unit")).to_contain_text(f"{use} – đất")


def test_what_is_not_there_is_told(desktop: Visit) -> None:
    page = desktop.open()
    page.get_by_role("combobox").press_sequentially("tờ 9999 thửa 9999", delay=15)
    # Whoever reads a number on a paper is answered by the look-up, which knows the numbers of every day.
    page.keyboard.press("Enter")
    desktop.answered("missing")
    expect(page.locator("#answer")).to_contain_text("Không tìm thấy thửa 9999, tờ bản đồ 9999")
    page.goto(desktop.url + "/?sheet=9999&parcel=9999")
    desktop.answered("missing")
    expect(page.locator("#answer")).to_contain_text("9999")
    desktop.keep("not-found", drawn=False)


def test_escape_closes_the_list_and_then_empties_the_box(desktop: Visit) -> None:
    page = desktop.open()
    desktop.search("hung")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("hung")
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_have_value("")


def test_a_closed_answer_leaves_the_address(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/?sheet={parcel.sheet}&parcel={parcel.number}")
    desktop.answered()
    page.get_by_role("button", name="Đóng kết quả").click()
    assert "parcel=" not in page.url
    page.go_back()
    desktop.answered()
