"""A planner takes a draft from upload to its list and away again, without touching the mouse."""

import time
from collections.abc import Iterator

import pytest
import shapely
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from gis_platform.access.roles import Role
from gis_platform.settings import Settings
from tests.browser.conftest import DESKTOP, NewVisit, visits
from tests.browser.console import keep, sign_in, tab_to
from tests.support.drafts import parcel_shapes, plan, write_plan
from tests.support.dxf import Drawing
from tests.support.own_server import own_database
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser
_SLOW_S = 120
_AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def desk(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a demo city of its own, and the files a planner has."""
    folder = tmp_path_factory.mktemp("planner")
    with own_database(server, demo_template, base_settings, folder) as (settings, places):
        middle = max(parcel_shapes(places).values(), key=lambda shape: -shape.area).centroid
        zones = [
            shapely.box(middle.x + 130 * i, middle.y - 60, middle.x + 130 * i + 120, middle.y + 60)
            for i in range(3)
        ]
        road = shapely.box(middle.x, middle.y - 8, middle.x + 380, middle.y + 8)
        write_plan(folder / "phuong_an_1.gpkg", plan([*zones, road], ["ODT", "DKV", "TMD", "DGT"]))
        drawn = Drawing()
        for zone, code in zip(zones, ("ODT", "DKV", "LOP_LA"), strict=True):
            drawn.area(code, zone)
        drawn.line("ODT", [(middle.x, middle.y), (middle.x + 5, middle.y)], closed=False)
        drawn.write(folder / "phuong_an_2.dxf")
        (folder / "rong.gpkg").write_bytes(b"")
        (folder / "anh.gpkg").write_bytes(b"SQLite format 3\0" + bytes(5000))
        with RunningServer(settings, places) as running:
            yield running


@pytest.fixture
def visit(browser: Browser, desk: RunningServer) -> Iterator[NewVisit]:
    """Makes visits to the console; none may ask another host, or have a fault."""
    with visits(browser, desk.url) as make:
        yield make


def _hand_in(page: Page, desk: RunningServer, name: str) -> None:
    page.on("filechooser", lambda _: None)
    tab_to(page, "Tệp bản thảo")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(desk.settings.data_dir.parent / name)
    tab_to(page, "Tải lên và so sánh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/drafts/*")


def _until(page: Page, state: str) -> None:
    """The policy forbids what waits for a function: ask again and again."""
    end, told = time.monotonic() + _SLOW_S, ""
    while state not in told:
        assert time.monotonic() < end, told
        page.wait_for_timeout(200)
        told = page.locator(".headline").first.inner_text()


def _drawn(page: Page) -> None:
    expect(page.locator(".swipe")).to_have_attribute("data-idle", "true")


def test_from_upload_to_removal_by_keyboard(visit: NewVisit, desk: RunningServer) -> None:
    one = visit()
    page = one.open("/staff/drafts")
    sign_in(page, desk, Role.PLANNER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản thảo quy hoạch")
    _hand_in(page, desk, "phuong_an_1.gpkg")
    _until(page, "Đã so sánh")
    expect(page.get_by_role("heading", level=1)).to_have_text("phuong_an_1")
    expect(page.locator(".told.worthless")).to_contain_text("không có giá trị pháp lý")
    expect(page.locator(".verdict")).to_contain_text("Bản thảo ảnh hưởng đến")
    _drawn(page)
    for side in ("Hiện hành", "Bản thảo"):
        expect(page.locator(".swipe-word", has_text=side)).to_be_visible()
    keep(page, "planning-draft")

    # The line between the two maps moves by keys, and says where it stands.
    grip = page.get_by_role("slider")
    grip.focus()
    page.keyboard.press("End")
    expect(grip).to_have_attribute("aria-valuenow", "100")
    page.keyboard.press("Home")
    expect(grip).to_have_attribute("aria-valuenow", "0")

    rows = page.locator(".draft-table tbody tr")
    expect(rows.first).to_be_visible()
    number = rows.first.locator("th").inner_text().splitlines()[0]
    parcel, sheet = (part.split()[-1] for part in number.split(","))
    tab_to(page, "Tìm thửa hoặc số nhà")
    page.keyboard.type(f"tờ {sheet} thửa {parcel}")
    expect(page.locator(".todo")).to_contain_text("trong ")
    expect(rows.first.locator("th")).to_contain_text(number)
    tab_to(page, "Xem trên bản đồ")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã đưa bản đồ đến thửa này.")).to_be_visible()
    page.get_by_label("Tìm thửa hoặc số nhà").fill("không có đường này")
    expect(page.get_by_text("Không có thửa nào phù hợp.")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải danh sách (CSV)").press("Enter")
    assert "không có giá trị pháp lý" in download.value.path().read_text(encoding="utf-8-sig")

    page.get_by_role("button", name="Xoá bản thảo…").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("phuong_an_1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Xoá bản thảo…").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Xoá").press("Enter")
    page.wait_for_url("**/staff/drafts")
    expect(page.locator("#drafts")).not_to_contain_text("phuong_an_1")


def test_a_drawing_says_what_it_could_not_use(visit: NewVisit, desk: RunningServer) -> None:
    page = visit().open("/staff/drafts")
    sign_in(page, desk, Role.PLANNER)
    _hand_in(page, desk, "phuong_an_2.dxf")
    _until(page, "Đã so sánh")
    expect(page.locator(".findings")).to_contain_text("EPSG:9210")
    expect(page.locator(".findings")).to_contain_text("chưa rõ chức năng")
    page.locator("summary", has_text="không dùng được").press("Enter")
    expect(page.locator(".faults")).to_contain_text("chưa khép kín")


def test_a_file_that_cannot_be_read_says_so(visit: NewVisit, desk: RunningServer) -> None:
    page = visit().open("/staff/drafts")
    sign_in(page, desk, Role.PLANNER)
    _hand_in(page, desk, "anh.gpkg")
    _until(page, "Không đọc được")
    expect(page.locator(".told.bad").first).to_contain_text("anh.gpkg")
    expect(page.locator("details[open]")).to_contain_text("Đọc lại tệp theo cách khác")


@pytest.mark.parametrize("size", [DESKTOP, {"width": 390, "height": 844}], ids=["desktop", "phone"])
def test_the_form_says_which_columns_are_read(
    visit: NewVisit, desk: RunningServer, size: dict[str, int]
) -> None:
    page = visit(viewport=size).open("/staff/drafts")
    sign_in(page, desk, Role.PLANNER)
    told = page.locator(".draft-columns")
    expect(told).to_contain_text("function_code, ma_chuc_nang")
    with page.expect_download() as download:
        told.get_by_role("link", name="Tải tệp mẫu (GeoPackage)").press("Enter")
    assert download.value.path().read_bytes().startswith(b"SQLite format 3")
    told.locator("summary").press("Enter")
    expect(told.get_by_role("row", name="Mã chức năng")).to_contain_text("land_use")
    expect(told.get_by_role("listitem").filter(has_text="ODT")).to_contain_text("đất ở tại đô thị")
    found = Axe().run(page, options=_AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    small = page.evaluate(
        """() => [...document.querySelectorAll('.draft-columns *')].filter((e) => e.checkVisibility()
            && e.textContent.trim() && !e.children.length && parseFloat(getComputedStyle(e).fontSize) < 16)
            .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert size["width"] >= 720 or small == []
    keep(page, f"planning-draft-columns-{size['width']}")
    page.locator("[name=file]").set_input_files(desk.settings.data_dir.parent / "rong.gpkg")
    page.get_by_role("button", name="Tải lên và so sánh").click()
    expect(page.get_by_role("alert").filter(has_text="rỗng")).to_contain_text("0 byte")


@pytest.mark.parametrize("size", [DESKTOP, {"width": 360, "height": 740}], ids=["desktop", "phone"])
def test_everyone_can_use_it(visit: NewVisit, desk: RunningServer, size: dict[str, int]) -> None:
    page = visit(viewport=size).open("/staff/drafts")
    sign_in(page, desk, Role.PLANNER)
    found = Axe().run(page, options=_AXE)
    assert found.violations_count == 0, found.generate_report()
    _hand_in(page, desk, "phuong_an_1.gpkg")
    _until(page, "Đã so sánh")
    _drawn(page)
    expect(page.locator(".draft-table tbody tr").first).to_be_visible()
    found = Axe().run(page, options=_AXE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    if size["width"] < 720:
        small = page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility()
                && e.textContent.trim() && !e.children.length && !e.closest('.maplibregl-ctrl, .unseen')
                && parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.outerHTML.slice(0, 80))"""
        )
        assert small == []
        keep(page, "planning-draft-phone")
    page.goto(desk.url + "/staff/drafts?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Draft plans")


@pytest.mark.parametrize("role", [Role.PERMIT, Role.STEWARD])
def test_others_are_turned_away(visit: NewVisit, desk: RunningServer, role: Role) -> None:
    page = visit().open("/staff")
    sign_in(page, desk, role)
    expect(page.get_by_role("link", name="Bản thảo quy hoạch")).to_have_count(0)
    answer = page.goto(desk.url + "/staff/drafts")
    assert answer is not None
    assert answer.status == 403
