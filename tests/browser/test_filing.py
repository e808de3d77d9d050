"""A citizen files from a phone, an officer asks for more, and the citizen adds it with the key."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from pydantic import SecretStr

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE, ensure_demo_accounts
from gis_platform.access.roles import Role
from gis_platform.database.server import logins
from gis_platform.settings import Settings
from tests.browser.conftest import NewVisit, Visit, visits
from tests.browser.console import keep, tab_to
from tests.browser.looked_over import small_texts, small_touches, violations
from tests.support.databases import fresh_database
from tests.support.office import PDF
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
GRID = "http://www.opengis.net/def/crs/EPSG/0/9210"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 4000


@pytest.fixture(scope="module")
def city(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a small demo city of its own."""
    places = logins(base_settings, fresh_database(server, "gis_filing_page_test", demo_template))
    secret = (base_settings.data_dir / "secret.key").read_text(encoding="ascii").strip()
    folder = tmp_path_factory.mktemp("filing")
    settings = base_settings.model_copy(update={"data_dir": folder, "secret_key": SecretStr(secret)})
    with psycopg.connect(places.owner) as owner:
        ensure_demo_accounts(owner, settings)
    with RunningServer(settings, places) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, city: RunningServer) -> Iterator[NewVisit]:
    """Makes visits; none may ask another host, or have a fault."""
    with visits(browser, city.url) as new:
        yield new


def _officer(visit: NewVisit, city: RunningServer) -> Visit:
    here = visit()
    accounts = json.loads((city.settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    answer = here.page.request.post(
        city.url + "/api/auth/login", data=accounts[Role.PERMIT.value], headers={"Origin": city.url}
    )
    assert answer.ok, answer.text()
    return here


def _clean(page: Page) -> None:
    assert violations(page) == []
    assert small_texts(page) == []
    assert [one for one in small_touches(page) if 'type="file"' not in one] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _next(page: Page, heading: str) -> None:
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_focused()


def _file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _lot(here: Visit) -> tuple[str, str]:
    """A lot whose number finds it first: as it is typed, and as it is called."""
    for lot in here.fetch("/ogc/collections/parcels/items", limit=50)["features"]:
        told = lot["properties"]
        typed = f"tờ {told['sheet_no']} thửa {told['parcel_no']}"
        results = here.fetch("/api/search", q=typed)["results"]
        if next(one["id"] for one in results if one["layer"] == "parcels") == lot["id"]:
            return typed, f"Thửa {told['parcel_no']}, tờ {told['sheet_no']}"
    raise AssertionError("no lot is found by its number")


def _to_the_details(here: Visit, service: str = "Cấp số nhà") -> Page:
    """The form, its lot chosen."""
    page = here.open("/nop-ho-so")
    typed, called = _lot(here)
    page.get_by_role("radio", name=service).check()
    _next(page, "Thửa đất")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Chưa chọn thửa đất.")).to_be_visible()
    expect(page.get_by_label("Tìm thửa đất")).to_be_focused()
    _clean(page)
    page.get_by_label("Tìm thửa đất").fill(typed)
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.locator(".found .choice").first.click()
    expect(page.locator(".taken")).to_contain_text(called)
    expect(page.locator(".sketch path.own")).to_have_count(1)
    _clean(page)
    _next(page, "Nội dung đề nghị")
    return page


def _to_the_person(here: Visit) -> Page:
    """The form, filled in up to the applicant."""
    page = _to_the_details(here)
    page.get_by_label("Nội dung đề nghị").fill("Cấp số nhà mới")
    _clean(page)
    _next(page, "Người nộp")
    return page


def _filed(here: Visit) -> tuple[str, str]:
    """The whole form, sent; code and key as the page shows them."""
    page = _to_the_person(here)
    page.get_by_label("Họ và tên người đứng tên hồ sơ").fill("Nguyễn Thị Đẹp")
    _next(page, "Giấy tờ")
    page.locator("#paper-application").set_input_files(_file("đơn.pdf", PDF))
    _next(page, "Xem lại và gửi")
    page.get_by_role("button", name="Gửi hồ sơ").click()
    expect(page.get_by_text("Đã gửi đủ giấy tờ.")).to_be_visible()
    code, key = page.locator(".receipt .code").all_text_contents()
    return code, key


def test_from_the_phone_to_the_officer_and_back(visit: NewVisit, city: RunningServer) -> None:
    here = visit(**PHONE)
    page = _to_the_person(here)
    page.get_by_label("Tôi nộp thay người khác").check()
    page.get_by_role("button", name="Tiếp tục").click()
    for words in ("Chưa ghi họ và tên.", "Chưa ghi tên người nộp thay.", "Chưa chọn cách đồng ý."):
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_label("Họ và tên người đứng tên hồ sơ")).to_be_focused()
    _clean(page)
    page.get_by_label("Họ và tên người đứng tên hồ sơ").fill("Nguyễn Thị Đẹp")
    page.get_by_label("Số điện thoại").fill("0901234567")
    page.get_by_label("Họ và tên người nộp thay").fill("Trần Văn Hai, tổ công nghệ số khu phố 3")
    page.get_by_label("Đã nói đồng ý").check()
    _next(page, "Giấy tờ")
    _clean(page)
    page.locator("#paper-application").set_input_files(_file("đơn.pdf", PDF))
    page.locator("#paper-land_paper").set_input_files(_file("giả.pdf", b"MZ" + b"\0" * 400))
    _next(page, "Xem lại và gửi")
    for words in ("Nguyễn Thị Đẹp", "Trần Văn Hai", "2 tệp", "91/2025/QH15", "Cấp số nhà mới"):
        expect(page.locator("#filing")).to_contain_text(words)
    _clean(page)
    keep(page, "filing-review")
    page.get_by_role("button", name="Gửi hồ sơ").click()
    expect(page.get_by_role("heading", name="Đã nộp hồ sơ")).to_be_focused()
    expect(page.get_by_text("Có tệp chưa gửi được")).to_be_visible()
    expect(page.locator(".uploads")).to_contain_text("Tệp không thuộc các dạng được nhận")
    code, key = page.locator(".receipt .code").all_text_contents()
    expect(page.locator(".receipt")).to_contain_text("(chưa kiểm chứng)")
    assert page.locator(".receipt img.qr").evaluate("(image) => image.complete && image.naturalWidth > 0")
    assert page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)") == "{}{}"
    assert key not in page.url
    assert "Nguyễn" not in page.locator("body").inner_text()
    _clean(page)
    keep(page, "filing-sent")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Lưu ảnh").click()
    assert saved.value.suggested_filename == f"ho-so-{code}.png"
    page.get_by_role("button", name="Tôi đã lưu mã và khoá").click()
    expect(page.get_by_role("heading", name="Chọn thủ tục")).to_be_visible()

    officer = _officer(visit, city)
    desk = officer.open(f"/staff/cases/{code}")
    expect(desk.locator("#case")).to_contain_text("người nộp (trực tuyến)")
    desk.get_by_role("button", name="Xem người nộp").click()
    expect(desk.locator(".applicant")).to_contain_text("Trần Văn Hai, tổ công nghệ số khu phố 3")
    expect(desk.locator(".applicant")).to_contain_text("Nói trước mặt người nộp thay")
    assert violations(desk) == []
    desk.get_by_text("Khác", exact=True).click()
    desk.get_by_role("button", name="Yêu cầu bổ sung").first.click()
    dialog = desk.locator("dialog")
    dialog.locator("[name=reason]").fill("Thiếu giấy tờ về đất")
    dialog.get_by_role("button", name="Yêu cầu bổ sung").click()
    expect(desk.locator("#case")).to_have_attribute("data-state", "supplement")

    # From another phone, by the QR code of the receipt: the key leaves the address bar at once.
    again = visit(**PHONE)
    page = again.open(f"/nop-ho-so#ma={code}&khoa={key}")
    expect(page.get_by_role("heading", name=f"Hồ sơ {code}")).to_be_visible()
    assert key not in page.url
    expect(page.get_by_text("Thiếu giấy tờ về đất")).to_be_visible()
    expect(page.locator("#filing")).to_contain_text("(chưa kiểm chứng)")
    assert "Nguyễn" not in page.locator("body").inner_text()
    _clean(page)
    page.locator("#paper-land_paper").set_input_files(_file("sổ.png", PNG))
    page.get_by_role("button", name="Gửi các tệp đã chọn").click()
    expect(page.locator(".files").first).to_contain_text("sổ.png")
    page.get_by_role("button", name="Tôi đã bổ sung đủ").click()
    expect(page.get_by_text("Đã báo cho phường")).to_be_visible()
    _clean(page)
    keep(page, "filing-open")

    desk.reload()
    expect(desk.locator("#documents")).to_contain_text("sổ.png")
    expect(desk.locator(".journal")).to_contain_text("Người nộp báo đã bổ sung đủ giấy tờ")
    notices = officer.fetch("/api/notices")["notices"]
    assert [code in one["text"] for one in notices if one["kind"] == "case_completed"] == [True]


def test_what_was_typed_outlives_a_reload_and_a_button_clears_it(visit: NewVisit) -> None:
    here = visit(**PHONE)
    page = _to_the_person(here)
    page.get_by_label("Họ và tên người đứng tên hồ sơ").fill("Nguyễn Thị Đẹp")
    page.get_by_label("Tôi nộp thay người khác").check()
    page.get_by_label("Đã ký giấy đồng ý").check()
    page.reload()
    expect(page.get_by_label("Họ và tên người đứng tên hồ sơ")).to_have_value("Nguyễn Thị Đẹp")
    expect(page.get_by_label("Đã ký giấy đồng ý")).to_be_checked()
    page.go_back()
    expect(page.get_by_label("Nội dung đề nghị")).to_have_value("Cấp số nhà mới")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="What you ask for")).to_be_visible()
    expect(page.get_by_label("What is asked for")).to_have_value("Cấp số nhà mới")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear what was filled in").click()
    assert page.evaluate("sessionStorage.length") == 0
    page.goto(f"{here.url}/nop-ho-so?lang=vi#buoc-4")
    expect(page.get_by_role("heading", name="Chọn thủ tục")).to_be_visible()


def test_a_wrong_key_is_told_and_nothing_shown(visit: NewVisit) -> None:
    here = visit(**PHONE)
    code, key = _filed(here)
    page = here.page
    page.get_by_role("button", name="Tôi đã lưu mã và khoá").click()
    page.get_by_role("button", name="Mở hồ sơ đã nộp").click()
    page.get_by_role("button", name="Mở hồ sơ").click()
    expect(page.get_by_text("Chưa nhập mã hồ sơ.")).to_be_visible()
    _clean(page)
    page.get_by_label("Mã hồ sơ").fill(code)
    page.get_by_label("Khoá hồ sơ").fill(key[::-1])
    page.get_by_role("button", name="Mở hồ sơ").click()
    expect(page.get_by_role("alert").filter(has_text="Không có hồ sơ trực tuyến nào khớp")).to_be_visible()
    page.get_by_label("Khoá hồ sơ").fill(key.lower().replace("-", " "))
    page.get_by_role("button", name="Mở hồ sơ").click()
    expect(page.get_by_role("heading", name=f"Hồ sơ {code}")).to_be_visible()


def test_a_house_leads_to_its_lot_and_the_map_to_the_form(visit: NewVisit) -> None:
    here = visit(**PHONE)
    house = here.fetch("/ogc/collections/house_numbers/items", limit=1)["features"][0]
    page = here.open("/nop-ho-so?dich-vu=house_number#buoc-2")
    expect(page.get_by_role("heading", name="Thửa đất")).to_be_visible()
    page.get_by_label("Tìm thửa đất").fill(house["properties"]["address"])
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.locator(".found .choice").first.click()
    expect(page.locator(".found")).to_contain_text("Các thửa đất tại đây")
    _clean(page)
    lot = here.fetch("/ogc/collections/parcels/items", limit=1)["features"][0]
    page.goto(f"{here.url}/thua/{quote(lot['properties']['identifier'])}")
    page.get_by_role("link", name="Nộp hồ sơ cho thửa này").click()
    expect(page).to_have_url(f"{here.url}/nop-ho-so?thua={lot['id']}")
    page.get_by_role("radio", name="Cấp số nhà").check()
    _next(page, "Thửa đất")
    expect(page.locator(".taken")).to_contain_text(f"Thửa {lot['properties']['parcel_no']}, tờ")


def test_a_building_is_held_against_the_plans_before_it_is_filed(visit: NewVisit) -> None:
    here = visit(**PHONE)
    page = _to_the_details(here, "Cấp giấy phép xây dựng")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Có 2 chỗ cần sửa")).to_be_visible()
    page.locator("[name=kind]").select_option("new")
    page.locator("[name=use]").select_option("house")
    page.get_by_label("Số tầng").fill("hai")
    page.get_by_role("button", name="Kiểm tra trước khi nộp").click()
    expect(page.get_by_text("Ghi một số lớn hơn 0.")).to_be_visible()
    page.get_by_label("Số tầng").fill("2")
    page.get_by_label("Chiều cao").fill("7,5")
    page.get_by_role("button", name="Kiểm tra trước khi nộp").click()
    expect(page.get_by_text("Cần số tầng, chiều cao và toạ độ")).to_be_visible()
    lot = page.evaluate("JSON.parse(sessionStorage.getItem('gis-filing')).lot.id")
    corners = here.fetch(f"/ogc/collections/parcels/items/{lot}", crs=GRID)["geometry"]["coordinates"][0][0]
    table = "\n".join(f"{n} {y:.2f} {x:.2f}" for n, (x, y) in enumerate(corners[:-1], 1))
    page.get_by_label("Toạ độ các góc").fill(table)
    page.get_by_role("button", name="Kiểm tra trước khi nộp").click()
    expect(page.locator(".check-lines")).to_contain_text("Mật độ xây dựng")
    _clean(page)
    keep(page, "filing-building")
    _next(page, "Người nộp")
    page.get_by_label("Họ và tên người đứng tên hồ sơ").fill("Nguyễn Thị Đẹp")
    _next(page, "Giấy tờ")
    expect(page.locator(".paper").filter(has_text="Bản vẽ thiết kế")).to_contain_text("Cần có")
    _clean(page)


def test_by_keyboard_on_a_desk_with_large_letters(visit: NewVisit) -> None:
    here = visit()
    page = here.open("/nop-ho-so")
    page.get_by_role("button", name="Chữ to").click()
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "21px"
    tab_to(page, "Cấp giấy phép xây dựng")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Cấp số nhà")).to_be_checked()
    tab_to(page, "Tiếp tục")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thửa đất")).to_be_focused()
    _clean(page)
    assert "unsafe" not in page.request.get(f"{here.url}/nop-ho-so").headers["content-security-policy"]


def test_other_cases_of_the_lot_are_told_to_the_officer(visit: NewVisit, city: RunningServer) -> None:
    (first, _), (second, _) = _filed(visit(**PHONE)), _filed(visit(**PHONE))
    page = _officer(visit, city).open(f"/staff/cases/{second}")
    expect(page.locator("#case")).to_contain_text("Thửa đất này còn hồ sơ khác cùng loại")
    assert violations(page) == []
    page.get_by_role("link", name=first).click()
    expect(page.locator("#case")).to_contain_text(first)
    expect(page.get_by_role("link", name=second)).to_be_visible()
