"""A steward takes a delivery from upload to apply and back, without touching the mouse."""

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from gis_platform.access.roles import Role
from gis_platform.settings import Settings
from tests.browser.conftest import NewVisit, visits
from tests.browser.console import keep, sign_in, tab_to
from tests.browser.looked_over import violations
from tests.support.delivered import parcels, write_sample
from tests.support.desk import changed, two_sheets
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser
_SLOW_S = 120


@pytest.fixture(scope="module")
def desk(
    server: str, template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a database of its own, with two sheets in force."""
    folder = tmp_path_factory.mktemp("console")
    write_sample(folder / "thua_dat.gpkg", changed())
    odd = parcels(6, "8")
    columns = {("ten_la" if n == "sheet_no" else n): held for n, held in odd.columns.items()}
    write_sample(folder / "cot_la.gpkg", type(odd)(columns, odd.shapes))
    write_sample(folder / "sai_he.gpkg", parcels(6, "8").with_column("address", "sai hệ").said_to_be(5897))
    write_sample(folder / "sau_khi_sua.gpkg", parcels(6, "8").with_column("address", "theo tệp"))
    with (
        two_sheets(server, template, base_settings, folder) as (settings, places),
        RunningServer(settings, places) as running,
    ):
        yield running


@pytest.fixture
def visit(browser: Browser, desk: RunningServer) -> Iterator[NewVisit]:
    """Makes visits to the console; none may ask another host, or have a fault."""
    with visits(browser, desk.url) as make:
        yield make


def _until(page: Page, status: str) -> None:
    """The policy forbids what waits for a function: ask again and again."""
    end = time.monotonic() + _SLOW_S
    told = ""
    while status not in told:
        assert time.monotonic() < end, told
        page.wait_for_timeout(200)
        told = page.locator(".headline").first.inner_text()


def _file(desk: RunningServer, name: str) -> Path:
    return desk.settings.data_dir.parent / name


def _hand_in(page: Page, file: Path, day: str, *, whole: bool, source: str = "Chi nhánh đo đạc") -> None:
    # The first listener has the browser hand choosers over, which takes a moment: well before the key.
    page.on("filechooser", lambda _: None)
    tab_to(page, "Tệp dữ liệu")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(file)
    tab_to(page, "Lớp dữ liệu")
    page.keyboard.type("Thửa đất")
    tab_to(page, "Ngày của dữ liệu")
    page.keyboard.type(day)
    tab_to(page, "Nguồn")
    page.keyboard.type(source)
    if whole:
        tab_to(page, "Chỉ có phần thay đổi")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    tab_to(page, "Gửi tệp và kiểm tra")
    page.keyboard.press("Enter")


def test_from_upload_to_apply_and_back_by_keyboard(visit: NewVisit, desk: RunningServer) -> None:
    here = visit()
    page = here.open("/staff/deliveries")
    sign_in(page, desk)
    assert page.url.endswith("/staff/deliveries"), "back where one wanted to go"
    tab_to(page, "Nhận một tệp mới")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/deliveries/new")
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    _hand_in(page, _file(desk, "thua_dat.gpkg"), "01/03/2021", whole=True)
    _until(page, "Chờ duyệt")
    assert _count(page, "changed_attributes") == "1"
    assert _count(page, "vanished") == "1"
    # What cannot be said yes to yet is told, and the focus goes there.
    tab_to(page, "Duyệt…")
    page.keyboard.press("Enter")
    expect(page.locator(".decide .told.bad")).to_be_visible()
    here.open(page.url.removeprefix(desk.url))
    _until(page, "Chờ duyệt")
    expect(page.locator(".swipe")).to_have_attribute("data-idle", "true")
    tab_to(page, "Kéo để xem")
    page.keyboard.press("Home")
    assert page.evaluate("document.querySelector('.swipe').style.getPropertyValue('--at')") == "0%"
    page.keyboard.press("End")
    tab_to(page, "Xem từng thay đổi")
    page.keyboard.press("Enter")
    expect(page.locator(".change-list .change")).to_have_count(4)
    tab_to(page, "Xem trên bản đồ")
    page.keyboard.press("Enter")
    expect(page.locator(".stage-of-changes [role=status]")).not_to_be_empty()
    tab_to(page, "Khác nhau")
    page.keyboard.press("Enter")
    expect(page.locator("[aria-pressed=true]")).to_have_count(1)
    keep(page, "delivery-ready")
    tab_to(page, "Ý kiến của bạn")
    page.keyboard.type("Đã đối chiếu với biên bản bàn giao.")
    tab_to(page, "Duyệt…")
    page.keyboard.press("Enter")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("01/03/2021")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Duyệt…")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Duyệt và áp dụng")
    page.keyboard.press("Enter")
    _until(page, "Đã áp dụng")
    expect(dialog).to_be_hidden()
    tab_to(page, "Hoàn tác đợt này…")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("trở lại như trước", timeout=_SLOW_S * 1000)
    page.keyboard.type("Sai tháng dữ liệu")
    tab_to(page, "Hoàn tác")
    page.keyboard.press("Enter")
    _until(page, "Hoàn tác đợt")
    _until(page, "Đã áp dụng")
    tab_to(page, "Hoàn tác cho đợt")
    page.keyboard.press("Enter")
    _until(page, "Đã hoàn tác")


def _count(page: Page, kind: str) -> str | None:
    return page.locator(f".counts [data-kind={kind}] strong").text_content()


def test_columns_are_asked_for_on_a_phone(
    visit: NewVisit, desk: RunningServer, playwright: Playwright
) -> None:
    device = dict(playwright.devices["Pixel 7"])
    device.pop("default_browser_type", None)
    here = visit(**device)
    page = here.open("/staff/deliveries/new")
    sign_in(page, desk)
    _hand_in(page, _file(desk, "cot_la.gpkg"), "01/04/2021", whole=False)
    _until(page, "Không đạt kiểm tra")
    choice = page.get_by_label("Cột ten_la là")
    expect(choice).to_be_visible()
    choice.select_option("sheet_no")
    _fits(page)
    keep(page, "delivery-mapping-phone")
    page.get_by_role("button", name="Đọc lại tệp").press("Enter")
    _until(page, "Chờ duyệt")
    _fits(page)
    keep(page, "delivery-phone")
    page.get_by_role("button", name="Trả lại…").press("Enter")
    page.keyboard.type("Gửi nhầm tệp.")
    page.get_by_role("button", name="Trả lại", exact=True).press("Enter")
    _until(page, "Đã trả lại")


def test_the_proposed_grid_is_taken_without_sending_the_file_again(
    visit: NewVisit, desk: RunningServer, playwright: Playwright
) -> None:
    device = dict(playwright.devices["Pixel 7"])
    device.pop("default_browser_type", None)
    page = visit(**device).open("/staff/deliveries/new")
    sign_in(page, desk)
    _hand_in(page, _file(desk, "sai_he.gpkg"), "01/05/2021", whole=False, source="Bên khác")
    _until(page, "Không đạt kiểm tra")
    expect(page.locator("#likely-grid")).to_be_visible()
    # All of it in Vietnamese: what is wrong, and what to do.
    expect(page.locator(".findings")).to_contain_text("cả 6 đối tượng đã đọc đều nằm ngoài thành phố")
    expect(page.locator(".findings")).not_to_contain_text("The coordinates")
    _fits(page)
    keep(page, "delivery-grid-phone")
    page.get_by_role("button", name="Đọc lại theo EPSG:9210").press("Enter")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("nhật ký kiểm toán")
    keep(page, "delivery-grid-sure-phone")
    dialog.get_by_role("button", name="Đọc lại tệp").press("Enter")
    _until(page, "Chờ duyệt")
    expect(page.locator("dl.facts")).to_contain_text("EPSG:9210")


def test_an_edit_by_hand_is_kept(visit: NewVisit, desk: RunningServer) -> None:
    with psycopg.connect(str(desk.settings.database_url)) as connection:
        connection.execute(
            "UPDATE layer.parcels SET address = 'sửa tay', delivery_id = NULL, source_date = '2021-06-20',"
            " valid_from = '2021-06-20' WHERE sheet_no = '8' AND parcel_no = '2'"
        )
    page = visit().open("/staff/deliveries/new")
    sign_in(page, desk)
    _hand_in(page, _file(desk, "sau_khi_sua.gpkg"), "01/06/2021", whole=False, source="Bên khác")
    _until(page, "Chờ duyệt")
    case = page.locator(".case")
    expect(case).to_contain_text("hiệu lực từ 20/06/2021")
    keep(page, "delivery-edited")
    case.get_by_role("button", name="Giữ bản sửa tay").press("Enter")
    expect(case.locator("[aria-pressed=true]")).to_have_text("Giữ bản sửa tay")
    page.get_by_label("Ý kiến của bạn").fill("Đã xem bản sửa tay.")
    page.get_by_role("button", name="Duyệt…").press("Enter")
    page.get_by_role("button", name="Duyệt và áp dụng").press("Enter")
    _until(page, "Đã áp dụng")
    with psycopg.connect(str(desk.settings.database_url)) as connection:
        rows = connection.execute(
            "SELECT address, count(*) FROM layer.parcels WHERE sheet_no = '8' GROUP BY 1"
        )
        assert dict(rows.fetchall()) == {"sửa tay": 1, "theo tệp": 5}


def _fits(page: Page) -> None:
    """Nothing makes the page wider than the screen; a phone would draw all of it smaller."""
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(visit: NewVisit, desk: RunningServer, scheme: str) -> None:
    here = visit(color_scheme=scheme)
    page = here.open("/staff/deliveries/1")
    assert violations(page) == []
    sign_in(page, desk)
    for path in ("/staff", "/staff/deliveries", "/staff/deliveries/new", "/staff/deliveries/1"):
        here.open(path)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert violations(page) == [], path


def test_another_role_is_told(visit: NewVisit, desk: RunningServer) -> None:
    here = visit()
    page = here.open("/staff/deliveries")
    sign_in(page, desk, Role.PLANNER)
    expect(page.locator("h1")).to_have_text("Bạn không có quyền mở trang này")
    page.get_by_role("link", name="English").press("Enter")
    expect(page.locator("h1")).to_have_text("You may not open this page")
    page.locator("#sign-out").press("Enter")
    expect(page.locator("[name=username]")).to_be_visible()
