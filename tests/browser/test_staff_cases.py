"""An officer takes a case from the counter to its decision in the console: by keyboard, and on a phone."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from pydantic import SecretStr

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE, ensure_demo_accounts
from gis_platform.access.roles import Role
from gis_platform.database.server import logins
from gis_platform.settings import Settings
from tests.browser.conftest import NewVisit, Visit, visits
from tests.browser.console import keep, small_letters
from tests.browser.looked_over import violations
from tests.support.databases import fresh_database
from tests.support.office import PDF
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True}


@pytest.fixture(scope="module")
def desk(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a small demo city of its own."""
    places = logins(base_settings, fresh_database(server, "gis_case_desk_test", demo_template))
    secret = (base_settings.data_dir / "secret.key").read_text(encoding="ascii").strip()
    folder = tmp_path_factory.mktemp("cases")
    settings = base_settings.model_copy(update={"data_dir": folder, "secret_key": SecretStr(secret)})
    with psycopg.connect(places.owner) as owner:
        ensure_demo_accounts(owner, settings)
    with RunningServer(settings, places) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, desk: RunningServer) -> Iterator[NewVisit]:
    """Makes visits of somebody who has signed in; none may ask another host, or have a fault."""
    with visits(browser, desk.url) as new:

        def make(role: Role = Role.PERMIT, **options: Any) -> Visit:
            here = new(**options)
            accounts = json.loads((desk.settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
            answer = here.page.request.post(
                desk.url + "/api/auth/login", data=accounts[role.value], headers={"Origin": desk.url}
            )
            assert answer.ok, answer.text()
            return here

        yield make


def _lot(here: Visit, place: int) -> str:
    lots = here.fetch("/ogc/collections/parcels/items", limit=place + 1)["features"]
    properties = lots[place]["properties"]
    return f"tờ {properties['sheet_no']} thửa {properties['parcel_no']}"


def _unnumbered(here: Visit) -> tuple[str, str, str]:
    """A lot without a number for which the map proposes one: how it is called, the address, its unit."""
    for lot in here.fetch("/ogc/collections/parcels/items", limit=200)["features"]:
        told = here.fetch("/api/house-numbers/propose", parcel=lot["id"])
        if not told["address"] or told["current"]:
            continue
        called = f"tờ {lot['properties']['sheet_no']} thửa {lot['properties']['parcel_no']}"
        found = here.fetch("/api/search", q=called)["results"]
        if next(one["id"] for one in found if one["layer"] == "parcels") == lot["id"]:
            return called, told["address"], told["unit_code"]
    raise AssertionError("each lot of the demo city has a number")


def _take_in(page: Page, lot: str, name: str, unit: str | None = None) -> None:
    """The counter's form, by keyboard; the ward is that of the map, unless said otherwise."""
    page.get_by_label("Loại hồ sơ", exact=True).select_option("house_number")
    ground = page.get_by_label("Thửa đất", exact=True)
    ground.focus()
    page.keyboard.type(lot)
    page.keyboard.press("Tab")
    page.locator(".found input").first.focus()
    page.keyboard.press("Space")
    ward = page.get_by_label("Phường, xã giải quyết")
    expect(page.locator(".told.good")).to_be_visible()
    if unit is not None:
        ward.select_option(unit)
    page.get_by_label("Họ và tên").focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("#next-step")).to_be_visible()


def _step(page: Page, button: str, state: str, reason: str | None = None, **given: str) -> None:
    page.get_by_role("button", name=button).first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog")
    expect(dialog).to_be_visible()
    if reason:
        dialog.locator("[name=reason]").fill(reason)
    for name, words in given.items():
        dialog.locator(f"[name={name}]").fill(words)
    dialog.get_by_role("button", name=button).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#case")).to_have_attribute("data-state", state)


def test_from_the_counter_to_the_decision(visit: NewVisit) -> None:
    here = visit()
    page = here.open("/staff")
    page.get_by_role("link", name="Hồ sơ").first.click()
    expect(page.locator("#list-title")).to_have_text("Tất cả đang giải quyết")
    expect(page.get_by_text("Chưa có hồ sơ nào đang giải quyết.")).to_be_visible()
    page.get_by_role("link", name="Tiếp nhận hồ sơ").click()
    expect(page.locator("#case-new form")).to_be_visible()
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    expect(page.get_by_text("Chọn một thửa đất trong danh sách tìm được.")).to_be_visible()
    expect(page.get_by_label("Thửa đất", exact=True)).to_be_focused()
    lot, address, unit = _unnumbered(here)
    _take_in(page, lot, "Nguyễn Thị Đẹp", unit)
    expect(page.locator(".proposed")).to_have_text(address)
    expect(page.locator(".rules li").first).to_contain_text("Đạt")
    expect(page.locator(".case-map")).to_have_attribute("data-idle", "true")
    assert violations(page) == []
    expect(page.locator(".headline").first).to_contain_text("Phường")
    assert "Nguyễn Thị Đẹp" not in page.content()
    _step(page, "Bắt đầu kiểm tra", "checking")
    expect(page.locator("#heading")).to_be_focused()
    expect(page.locator(".next .told.warn")).to_contain_text("Đơn đề nghị cấp số nhà")
    page.get_by_text("Cách tính từng ngày").first.click()
    expect(page.locator(".clock tbody tr").first).to_contain_text("không tính")
    page.locator("#documents .checklist input[type=file]").first.set_input_files(
        {"name": "đơn.txt", "mimeType": "text/plain", "buffer": b"xin so nha"}
    )
    expect(page.locator("#documents .fault:visible")).to_contain_text("xét nội dung tệp")
    page.locator("#documents .checklist input[type=file]").first.set_input_files(
        {"name": "đơn.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.locator(".documents li")).to_have_count(1)
    expect(page.locator(".next .told.warn")).to_have_count(0)
    _step(page, "Đề xuất số nhà", "proposed")
    page.get_by_role("button", name="Xem người nộp").click()
    expect(page.locator(".applicant")).to_contain_text("Nguyễn Thị Đẹp")
    page.get_by_text("Khác", exact=True).click()
    expect(page.locator(".proposal")).to_have_count(0)
    keep(page, "staff-case-desktop")
    assert violations(page) == []
    page.get_by_role("button", name="Cấp số nhà").first.click()
    page.locator("dialog").get_by_role("button", name="Cấp số nhà").click()
    expect(page.locator("dialog .fault:visible")).to_have_text("Cần ghi nội dung.")
    page.keyboard.press("Escape")
    _step(page, "Cấp số nhà", "issued", document="15/QĐ-UBND")
    expect(page.locator(".facts").first).to_contain_text(address)
    given = here.fetch("/api/geocode", q=address)["results"][0]
    assert (given["address"], given["match"]) == (address, "current")
    expect(page.get_by_text("Hồ sơ đã kết thúc, không còn bước nào.")).to_be_visible()
    page.goto(f"{here.url}/staff/cases?list=closed")
    expect(page.locator(".case-line")).to_have_count(1)


def test_a_phone_shows_today_s_work_and_a_case(visit: NewVisit) -> None:
    here = visit(**PHONE)
    page = here.open("/staff/cases/new")
    _take_in(page, _lot(here, 3), "Trần Văn Năm")
    page.get_by_text("Khác", exact=True).click()
    _step(page, "Yêu cầu bổ sung", "supplement", reason="Thiếu bản sao giấy chứng nhận")
    expect(page.locator(".clock-due").first).to_contain_text("Đang dừng")
    keep(page, "staff-case-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []
    assert small_letters(page) == []
    page.goto(f"{here.url}/staff/cases")
    expect(page.locator(".case-line").first).to_be_visible()
    page.get_by_role("button", name="Chờ bên khác (1)").tap()
    expect(page.locator(".case-line")).to_have_count(1)
    expect(page.locator(".case-line").first).to_contain_text("Chờ bổ sung hồ sơ")
    page.get_by_role("searchbox").fill("tran van nam")
    page.get_by_role("button", name="Tìm", exact=True).tap()
    expect(page.locator(".case-line")).to_have_count(1)
    keep(page, "staff-cases-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []
    assert small_letters(page) == []


def test_several_cases_are_moved_at_once_and_told_each(visit: NewVisit) -> None:
    here = visit()
    for place in (5, 6):
        page = here.open("/staff/cases/new")
        _take_in(page, _lot(here, place), "Lê Thị Sáu")
    page = here.open("/staff/cases?list=open")
    boxes = page.get_by_role("checkbox", name="Chọn hồ sơ")
    fresh = page.locator(".case-line").filter(has_text="Mới tiếp nhận")
    expect(fresh).to_have_count(2)
    for line in fresh.all():
        line.get_by_role("checkbox").check()
    expect(page.get_by_text("Đã chọn 2 hồ sơ.")).to_be_visible()
    # Somebody was faster with one of them.
    code = fresh.first.get_by_role("link").get_attribute("href").rpartition("/")[2]  # type: ignore[union-attr]
    moved = here.page.request.post(
        f"{here.url}/api/cases/{code}/moves",
        data={"move": "take_up", "version": 1},
        headers={"Origin": here.url},
    )
    assert moved.ok, moved.text()
    keep(page, "staff-cases-desktop")
    assert violations(page) == []
    page.get_by_role("button", name="Bắt đầu kiểm tra").click()
    page.locator("dialog").get_by_role("button", name="Bắt đầu kiểm tra").click()
    expect(page.get_by_text("1 hồ sơ chưa thực hiện được:")).to_be_visible()
    expect(page.get_by_text("vừa được demo-permit cập nhật")).to_be_visible()
    expect(page.locator(".case-line").filter(has_text="Mới tiếp nhận")).to_have_count(0)
    assert boxes.count() > 0


def test_who_only_reads_is_told_what_is_hidden(visit: NewVisit) -> None:
    officer = visit()
    page = officer.open("/staff/cases/new")
    _take_in(page, _lot(officer, 8), "Phạm Văn Bảy")
    address = page.url
    auditor = visit(Role.AUDITOR)
    auditor.page.goto(address)
    expect(auditor.page.get_by_text("Vai trò của bạn chỉ xem hồ sơ này.")).to_be_visible()
    expect(auditor.page.get_by_text("Chỉ cán bộ xử lý hồ sơ của")).to_have_count(3)
    assert violations(auditor.page) == []
    auditor.page.goto(f"{auditor.url}/staff/cases/new")
    expect(auditor.page.get_by_text("Tài khoản của bạn không tiếp nhận loại hồ sơ nào")).to_be_visible()
