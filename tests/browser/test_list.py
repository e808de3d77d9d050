"""The map as a list: what is in view, for those who cannot see it, and without graphics."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewVisit, Parcel, Visit
from tests.browser.looked_over import small_texts, small_touches, violations

pytestmark = pytest.mark.browser

LAYERS = "layers=zoning,parcels,hotspots,admin_units"


def _open(visit: Visit, path: str) -> Page:
    page = visit.open(path)
    visit.drawn()
    page.get_by_role("button", name="Danh sách", exact=True).click()
    _ready(page)
    return page


def _ready(page: Page) -> None:
    expect(page.locator("#card-list [role=status]")).to_contain_text(
        re.compile("Đã lập danh sách|không có đối tượng")
    )


def _section(page: Page, layer: str) -> Locator:
    return page.locator(f'.list-layer[data-layer="{layer}"]')


def _in_view(visit: Visit, layer: str, **asked: Any) -> list[int]:
    """Ids of what the open interface finds in the view."""
    view: list[float] = visit.page.evaluate(
        """() => {
            const [zoom, lat, lon] = /map=([^&]+)/.exec(location.hash)[1].split('/').map(Number);
            const box = document.querySelector('#map').getBoundingClientRect();
            const world = 512 * 2 ** zoom;
            const round = 2 * Math.PI;
            const y = (degrees) => Math.log(Math.tan(Math.PI / 4 + degrees * Math.PI / 360)) / round * world;
            const back = (y) => (Math.atan(Math.exp(y / world * 2 * Math.PI)) - Math.PI / 4) * 360 / Math.PI;
            const wide = box.width / 2 / world * 360, high = box.height / 2;
            return [lon - wide, back(y(lat) - high), lon + wide, back(y(lat) + high)];
        }"""
    )
    box = ",".join(str(degrees) for degrees in view)
    found = visit.fetch(f"/ogc/collections/{layer}/items", bbox=box, limit=1000, **asked)
    return [feature["id"] for feature in found["features"]]


def test_it_lists_what_is_in_view(desktop: Visit, parcel: Parcel) -> None:
    page = _open(desktop, f"/#map=18/{parcel.lat}/{parcel.lon}&{LAYERS}")
    for layer in ("parcels", "zoning", "streets"):
        expected = _in_view(desktop, layer)
        assert expected
        section = _section(page, layer)
        expect(section.get_by_role("heading")).to_contain_text(f"{len(expected)} đối tượng")
        shown = section.locator(".list-name")
        expect(shown).to_have_count(min(20, len(expected)))
        ids = shown.evaluate_all("names => names.map((name) => Number(name.dataset.feature))")
        assert set(ids) <= set(expected)
    # Of three generations of units the map draws one, and the list names one.
    expect(_section(page, "admin_units").locator(".list-name")).to_have_text(["Phường Mỹ Tho"])
    said = page.locator("#card-list [role=status]")
    expect(said).to_contain_text(f"Thửa đất {len(_in_view(desktop, 'parcels'))}")
    desktop.keep("list-desktop")


def test_the_table_is_a_table(desktop: Visit, parcel: Parcel) -> None:
    page = _open(desktop, f"/#map=18/{parcel.lat}/{parcel.lon}&{LAYERS}")
    table = _section(page, "parcels").get_by_role("table")
    expect(table.locator("caption")).to_contain_text(
        re.compile(r"^Thửa đất: từ 1 đến \d+ trong \d+ đối tượng")
    )
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert heads == [
        "Tên",
        "Diện tích pháp lý",
        "Mục đích sử dụng đất",
        "Địa chỉ thửa đất",
        "Tình trạng",
        "Khoảng cách",
    ]
    assert table.get_by_role("rowheader").count() == table.locator("tbody tr").count()
    first = table.get_by_role("row").nth(1)
    expect(first.get_by_role("rowheader")).to_have_text(f"Thửa {parcel.number}, tờ {parcel.sheet}")
    expect(first).to_contain_text("tại tâm khung nhìn")
    expect(table.locator("[aria-sort]")).to_have_text("Khoảng cách")


def test_heads_put_it_in_order(desktop: Visit, parcel: Parcel) -> None:
    page = _open(desktop, f"/#map=18/{parcel.lat}/{parcel.lon}&{LAYERS}")
    table = _section(page, "parcels").get_by_role("table")

    def areas() -> list[float]:
        cells = table.locator("tbody tr td:nth-child(2)").all_inner_texts()
        return [float(text.removesuffix(" m²").replace(".", "").replace(",", ".")) for text in cells]

    head = table.get_by_role("button", name="Diện tích pháp lý")
    head.click()
    expect(table.locator("[aria-sort=ascending]")).to_have_text("Diện tích pháp lý")
    assert areas() == sorted(areas())
    expect(head).to_be_focused()
    page.keyboard.press("Enter")
    expect(table.locator("[aria-sort=descending]")).to_have_text("Diện tích pháp lý")
    assert areas() == sorted(areas(), reverse=True)
    expect(page.locator("#card-list [role=status]")).to_have_text("Thửa đất: Diện tích pháp lý, giảm dần.")


def test_a_large_layer_is_ordered_by_the_server_and_paged(desktop: Visit) -> None:
    page = _open(desktop, "/#map=14.6/10.353/106.366&layers=parcels")
    section = _section(page, "parcels")
    with page.expect_response(lambda answer: "sortby=-legal_area_m2" in answer.url):
        section.get_by_role("button", name="Diện tích pháp lý").click()
        expect(section.locator("[aria-sort=ascending]")).to_be_visible()
        section.get_by_role("button", name="Diện tích pháp lý").click()
    expect(section.locator("[aria-sort=descending]")).to_be_visible()
    first = section.locator(".list-name").first.inner_text()
    seen: set[str] = set()
    for number in range(2, 13):
        ids = section.locator(".list-name").evaluate_all("names => names.map((name) => name.dataset.feature)")
        assert len(ids) == 20
        assert not seen & set(ids)
        seen |= set(ids)
        section.get_by_role("button", name="Trang sau").click()
        expect(section.get_by_role("navigation")).to_contain_text(f"Trang {number}")
    expect(page.locator("#card-list [role=status]")).to_have_text("Thửa đất: trang 12.")
    for _ in range(11):
        section.get_by_role("button", name="Trang trước").click()
    expect(section.locator(".list-name").first).to_have_text(first)


def test_a_name_leads_to_the_answer_and_back(desktop: Visit, parcel: Parcel) -> None:
    page = _open(desktop, f"/#map=18/{parcel.lat}/{parcel.lon}&{LAYERS}")
    row = _section(page, "parcels").locator(".list-name").nth(1)
    name = row.inner_text()
    row.press("Enter")
    desktop.answered()
    number, sheet = re.findall(r"\d+", name)
    expect(page.locator("#answer-title")).to_have_text(f"Thửa {number}, tờ bản đồ {sheet}")
    expect(page.locator("#answer-title")).to_be_focused()
    expect(row).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Đóng kết quả").click()
    expect(row).to_be_focused()
    zone = _section(page, "zoning").locator(".list-name").first
    title = zone.inner_text()
    zone.click()
    desktop.answered("feature")
    expect(page.locator("#answer-title")).to_have_text(title)


def test_it_follows_the_map_and_the_layers(desktop: Visit, parcel: Parcel) -> None:
    page = _open(desktop, f"/#map=18/{parcel.lat}/{parcel.lon}&layers=parcels")
    before = _section(page, "parcels").locator("caption").inner_text()
    assert _section(page, "zoning").count() == 0
    page.locator('.layer[data-layer="zoning"]').get_by_role("checkbox").check()
    expect(_section(page, "zoning").locator(".list-name").first).to_be_visible()
    page.locator("#map canvas").focus()
    page.keyboard.press("Minus")
    expect(_section(page, "parcels").locator("caption")).not_to_have_text(before)
    page.locator("#map canvas").focus()
    for _ in range(9):
        page.keyboard.press("Minus")
    expect(_section(page, "hotspots")).to_have_count(0)


def test_it_is_a_list_on_a_phone(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = new_visit(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = _open(visit, f"/#map=18/{parcel.lat}/{parcel.lon}&{LAYERS}")
    section = _section(page, "parcels")
    assert page.get_by_role("table").count() == 0
    expect(section.get_by_role("listitem").first).to_contain_text("Diện tích pháp lý")
    visit.keep("list-360")
    assert small_touches(page) == []
    assert small_texts(page) == []
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    order = section.get_by_label("Sắp xếp lớp Thửa đất")
    order.select_option(label="Diện tích pháp lý, giảm dần")
    expect(page.locator("#card-list [role=status]")).to_have_text("Thửa đất: Diện tích pháp lý, giảm dần.")
    row = section.locator(".list-name").nth(2)
    row.click()
    visit.answered()
    expect(page.locator("#card-list")).to_be_hidden()
    page.get_by_role("button", name="Đóng kết quả").click()
    expect(row).to_be_focused()


def test_nothing_stands_in_the_way(desktop: Visit, parcel: Parcel) -> None:
    page = _open(desktop, f"/#map=18/{parcel.lat}/{parcel.lon}&{LAYERS}")
    assert violations(page) == []
    expect(page.get_by_role("heading", name="Danh sách theo bản đồ")).to_be_visible()
    page.locator(".list-name").first.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Danh sách", exact=True)).to_be_focused()
    expect(page.locator("#card-list")).to_be_hidden()


def _without_graphics(new_visit: NewVisit) -> Visit:
    visit = new_visit()
    visit.page.add_init_script(
        "HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {"
        "apply: (get, canvas, asked) => /webgl/.test(asked[0]) ? null : Reflect.apply(get, canvas, asked)})"
    )
    return visit


def test_without_graphics_the_list_is_the_map(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = _without_graphics(new_visit)
    page = visit.open()
    _ready(page)
    expect(page.locator("#notice")).to_contain_text("không hiển thị được bản đồ")
    expect(page.get_by_role("button", name="So sánh", exact=True)).to_be_hidden()
    visit.search(f"tờ {parcel.sheet} thửa {parcel.number}")
    page.keyboard.press("Enter")
    visit.answered()
    near = _section(page, "parcels").locator(".list-name").first
    expect(near).to_have_text(f"Thửa {parcel.number}, tờ {parcel.sheet}")
    assert violations(page) == []
    visit.keep("list-without-graphics", drawn=False)
    _section(page, "parcels").locator(".list-name").nth(1).click()
    visit.answered()


def test_without_graphics_a_link_lists_its_own_ground(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = _without_graphics(new_visit)
    page = visit.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}")
    visit.answered()
    _ready(page)
    names = _section(page, "parcels").locator(".list-name")
    expect(names.first).to_have_text(f"Thửa {parcel.number}, tờ {parcel.sheet}")
    second = names.nth(1).inner_text()
    names.nth(1).click()
    number, sheet = re.findall(r"\d+", second)
    expect(page.locator("#answer-title")).to_have_text(f"Thửa {number}, tờ bản đồ {sheet}")
    # The row that was chosen stays where it is, and the focus comes back to it.
    page.get_by_role("button", name="Đóng kết quả").click()
    expect(names.nth(1)).to_be_focused()


def test_what_cannot_be_listed_is_told(desktop: Visit) -> None:
    page = desktop.open("/#map=17/10.353/106.366&layers=parcels")
    desktop.drawn()
    page.route("**/ogc/collections/parcels/items*", lambda route: route.fulfill(status=503, json={}))
    page.get_by_role("button", name="Danh sách", exact=True).click()
    expect(_section(page, "parcels")).to_contain_text(
        "Chưa liệt kê được. Máy chủ không trả lời được lúc này."
    )
    page.unroute_all()
    page.get_by_role("button", name="Cập nhật theo khung nhìn").click()
    expect(_section(page, "parcels").get_by_role("table")).to_be_visible()
