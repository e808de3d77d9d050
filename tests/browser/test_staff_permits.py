"""An officer takes a citizen's application in and to a permit in the console: by keyboard, and on a phone."""

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np
import psycopg
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from pydantic import SecretStr

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE, ensure_demo_accounts
from gis_platform.access.roles import Role
from gis_platform.casework.registry import installed_workflows
from gis_platform.database.server import logins
from gis_platform.geometry.crs import transform_coordinates
from gis_platform.settings import Settings
from tests.browser.conftest import NewVisit, Visit, visits
from tests.browser.console import keep, small_letters, tab_to
from tests.browser.looked_over import violations
from tests.support.databases import fresh_database
from tests.support.office import PDF
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WORKING_SRID = 9210
permits = pytest.mark.skipif(
    "building_permit" not in installed_workflows(), reason="the workflow of permits is not installed"
)

consults = pytest.mark.skipif(
    not getattr(installed_workflows().get("building_permit"), "consultation", None),
    reason="nobody is consulted on permits",
)

files = pytest.mark.skipif(
    find_spec("api.permits.footprint") is None, reason="no files of footprints are read"
)


@pytest.fixture(scope="module")
def desk(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a small demo city of its own."""
    places = logins(base_settings, fresh_database(server, "gis_permit_desk_test", demo_template))
    secret = (base_settings.data_dir / "secret.key").read_text(encoding="ascii").strip()
    folder = tmp_path_factory.mktemp("permits")
    settings = base_settings.model_copy(update={"data_dir": folder, "secret_key": SecretStr(secret)})
    with psycopg.connect(places.owner) as owner:
        ensure_demo_accounts(owner, settings)
    with RunningServer(settings, places) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, desk: RunningServer) -> Iterator[NewVisit]:
    """Makes visits of a permit officer; none may ask another host, or have a fault."""
    with visits(browser, desk.url) as new:

        def make(**options: Any) -> Visit:
            here = new(**options)
            accounts = json.loads((desk.settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
            answer = here.page.request.post(
                desk.url + "/api/auth/login", data=accounts[Role.PERMIT.value], headers={"Origin": desk.url}
            )
            assert answer.ok, answer.text()
            return here

        yield make


def _lot(here: Visit, place: int) -> dict[str, Any]:
    lots = here.fetch("/ogc/collections/parcels/items", limit=place + 1)["features"]
    lot: dict[str, Any] = lots[place]
    return lot


def _called(lot: dict[str, Any]) -> str:
    return f"tờ {lot['properties']['sheet_no']} thửa {lot['properties']['parcel_no']}"


def _choose(page: Page, lot: dict[str, Any]) -> None:
    """The ground by keyboard: typed, looked for with Enter, chosen among those of the same number."""
    page.get_by_label("Thửa đất", exact=True).focus()
    page.keyboard.type(_called(lot))
    page.keyboard.press("Enter")
    expect(page.locator(".found input").first).to_be_focused()
    if not page.locator(".found input").first.is_checked():
        page.keyboard.press("Space")
    # The list begins with another lot where several have the number.
    page.locator(f".found input[value='{lot['id']}']").check()


def _file(page: Page, lot: dict[str, Any], kind: str, name: str = "Nguyễn Thị Đẹp") -> str:
    """Taken in at the counter; its code."""
    expect(page.locator("#case-new form")).to_be_visible()
    if len(installed_workflows()) > 1:
        page.get_by_label("Loại hồ sơ", exact=True).select_option(kind)
    _choose(page, lot)
    expect(page.locator("#case-new .told.good").filter(has_text="đã chọn sẵn")).to_be_visible()
    page.get_by_label("Họ và tên").focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("#next-step")).to_be_visible()
    return page.url.partition("/staff/cases/")[2].partition("?")[0]


def _table(lot: dict[str, Any], half_m: float) -> str:
    """Corners of a square about the middle of the lot, as a drawing lists them."""
    ring = np.array(lot["geometry"]["coordinates"][0][0])
    east, north = transform_coordinates(ring[:-1], 4326, WORKING_SRID).mean(axis=0)
    corners = [(1, -1), (1, 1), (-1, 1), (-1, -1)]
    rows = [f"{i}\t{north + n * half_m:.2f}\t{east + e * half_m:.2f}" for i, (n, e) in enumerate(corners, 1)]
    return "\n".join(rows).replace(".", ",")


def _step(page: Page, button: str, state: str, **given: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog")
    expect(dialog).to_be_visible()
    for name, words in given.items():
        dialog.locator(f"[name={name}]").fill(words)
    dialog.get_by_role("button", name=button, exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#case")).to_have_attribute("data-state", state)


def test_the_home_shows_today_s_work_and_the_counter_leads_to_the_slip(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff")
    expect(page.locator("#work-title")).to_have_text("Việc hôm nay")
    expect(page.locator("#work")).to_contain_text("Không có hồ sơ nào đang chờ đơn vị giải quyết.")
    tab_to(page, "Tiếp nhận hồ sơ")
    page.keyboard.press("Enter")
    code = _file(page, _lot(here, 2), "house_number")
    slip = page.get_by_role("status").filter(has_text="Đã tiếp nhận hồ sơ").get_by_role("link")
    expect(slip.first).to_have_attribute("href", f"/api/cases/{code}/receipt.pdf")
    assert violations(page) == []
    page = here.open("/staff")
    expect(page.locator("#work .case-line")).to_contain_text(code)
    expect(page.locator(".work-counts a")).to_have_count(4)
    keep(page, "staff-home-desktop")
    assert violations(page) == []


def test_the_counter_on_a_phone_tells_papers_and_ward(visit: NewVisit) -> None:
    here = visit(**PHONE)
    page = here.open("/staff/cases/new")
    expect(page.locator("#case-new form")).to_be_visible()
    page.get_by_role("button", name="Tiếp nhận", exact=True).tap()
    expect(page.get_by_label("Thửa đất", exact=True)).to_be_focused()
    told = page.locator(".papers [role=status]")
    expect(told).to_contain_text("Chưa đánh dấu")
    for box in page.locator(".papers input").all():
        box.check()
    expect(told).to_have_text("Đã nhận đủ thành phần hồ sơ.")
    for one in page.locator("#case-new input:not([type=checkbox]):not([type=radio]), #case-new select").all():
        if not one.is_visible():
            continue
        described = [name for name in str(one.get_attribute("aria-describedby")).split() if "hint" in name]
        assert page.locator(f"#{described[0]}").is_visible()
    _choose(page, _lot(here, 4))
    expect(page.locator("#case-new .told.good").filter(has_text="đã chọn sẵn")).to_be_visible()
    assert page.get_by_label("Phường, xã giải quyết").input_value() != ""
    keep(page, "staff-case-new-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    assert small_letters(page) == []


def test_who_files_for_somebody_says_how_that_was_agreed_to(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff/cases/new")
    expect(page.locator("#case-new form")).to_be_visible()
    expect(page.locator("[name=helped_by]")).to_be_hidden()
    page.get_by_role("checkbox", name="Người dân đồng ý để cán bộ").check()
    page.locator("[name=helped_by]").fill("")
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    expect(page.get_by_text("Cần ghi người nộp thay.")).to_be_visible()
    page.locator("[name=helped_by]").fill("Trần Văn Năm")
    page.locator("[name=agreed]").select_option("spoken")
    assert violations(page) == []
    _file(page, _lot(here, 20), "house_number")
    page.get_by_role("button", name="Xem người nộp").click()
    expect(page.locator(".applicant")).to_contain_text(
        "Trần Văn Năm (người dân đồng ý: Nói trước mặt người nộp thay)"
    )


def test_a_missing_paper_is_told_before_the_step_and_added_on_its_line(visit: NewVisit) -> None:
    here = visit(**DESK)
    _file(here.open("/staff/cases/new"), _lot(here, 6), "house_number")
    page = here.page
    _step(page, "Bắt đầu kiểm tra", "checking")
    expect(page.locator("#next-step")).to_be_disabled()
    expect(page.locator(".next .told.warn")).to_contain_text("Đơn đề nghị cấp số nhà")
    line = page.locator(".checklist li").filter(has_text="Đơn đề nghị cấp số nhà")
    expect(line).to_contain_text("Còn thiếu")
    wrong: FilePayload = {"name": "đơn.txt", "mimeType": "text/plain", "buffer": b"xin so nha"}
    line.locator("input[type=file]").set_input_files(wrong)
    expect(line.locator(".fault")).to_contain_text("xét nội dung tệp")
    right: FilePayload = {"name": "đơn.pdf", "mimeType": "application/pdf", "buffer": PDF}
    line.locator("input[type=file]").set_input_files(right)
    expect(line.first).to_contain_text("Đã có")
    expect(page.locator("#documents-title")).to_be_focused()
    expect(page.locator("#next-step")).to_be_enabled()
    assert violations(page) == []


@permits
def test_a_building_is_stated_checked_and_stated_again(visit: NewVisit) -> None:
    here = visit(**DESK)
    page, lot = here.open("/staff/cases/new"), _lot(here, 8)
    _file(page, lot, "building_permit")
    page.get_by_label("Dán bảng toạ độ").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Kiểm tra và lưu").click()
    expect(page.locator("#building .fault:visible").first).to_have_text("Cần dán bảng toạ độ.")
    page.get_by_label("Bảng kê toạ độ").fill(_table(lot, 30))
    page.get_by_label("Số tầng").fill("3")
    page.get_by_label("Chiều cao (m)").fill("12,5")
    page.keyboard.press("Enter")
    expect(page.locator(".check-sum")).to_contain_text("Không đạt")
    expect(page.locator(".submission h3").first).to_be_focused()
    failed = page.locator(".check-group[data-outcome=fail] li[data-code=inside_parcel]")
    expect(failed).to_contain_text("Mức quy định")
    expect(page.locator(".check-group[data-outcome=cannot_decide]")).to_contain_text("chưa kiểm chứng")
    failed.get_by_role("button", name="Xem trên bản đồ").focus()
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Về lại chỗ đang xem")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(failed.get_by_role("button")).to_be_focused()
    keep(page, "staff-permit-desktop")
    assert violations(page) == []
    page.get_by_text("Nhập lại công trình").click()
    page.get_by_label("Bảng kê toạ độ").fill(_table(lot, 1))
    page.get_by_role("button", name="Kiểm tra và lưu").click()
    expect(page.locator(".submission h3").first).to_contain_text("Lần 2")
    expect(page.locator(".check-group[data-outcome=fail] li[data-code=inside_parcel]")).to_have_count(0)
    page.get_by_label("Các lần đã nhập").select_option("1")
    expect(page.locator(".submission h3").first).to_contain_text("Lần 1")
    expect(failed).to_be_visible()
    page.reload()
    expect(page.locator(".submission h3").first).to_contain_text("Lần 2")


@permits
def test_from_the_counter_to_a_signed_permit(visit: NewVisit) -> None:
    here = visit(**DESK)
    page, lot = here.open("/staff/cases/new"), _lot(here, 16)
    _file(page, lot, "building_permit")
    _step(page, "Bắt đầu thẩm định", "checking")
    before = page.locator(".next .told.warn")
    expect(before).to_contain_text("Chưa nhập công trình xin phép.")
    expect(before).to_contain_text("Hồ sơ còn thiếu")
    expect(page.locator("#next-step")).to_be_disabled()
    missing = page.locator(".checklist li[data-held=false]")
    for left in range(missing.count() - 1, -1, -1):
        paper: FilePayload = {"name": f"giấy {left}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        missing.first.locator("input[type=file]").set_input_files(paper)
        expect(missing).to_have_count(left)
    expect(page.locator(".dossier .told")).to_have_text("Đủ thành phần hồ sơ.")
    page.get_by_label("Dán bảng toạ độ").check()
    page.get_by_label("Bảng kê toạ độ").fill(_table(lot, 1))
    page.get_by_label("Số tầng").fill("2")
    page.get_by_label("Chiều cao (m)").fill("7,5")
    page.keyboard.press("Enter")
    expect(page.locator(".check-sum")).to_be_visible()
    expect(before).to_have_count(0)
    why = "Đã đối chiếu hồ sơ giấy"
    _step(page, "Đề xuất cấp phép", "proposed", why_despite=why)
    expect(page.locator(".building form")).to_have_count(0)
    assert violations(page) == []
    _step(page, "Cấp giấy phép", "issued", document="15/GPXD", signer="Trần Văn Năm", signer_title="Chủ tịch")
    results = page.locator("section[aria-labelledby=results-title]")
    expect(results).to_contain_text("15/GPXD")
    expect(results.get_by_role("link")).to_have_attribute("href", re.compile("^/giay-phep/"))
    expect(page.get_by_text("Hồ sơ đã kết thúc, không còn bước nào.")).to_be_visible()
    keep(page, "staff-permit-issued")
    assert violations(page) == []


@permits
def test_a_building_is_drawn_by_keyboard_and_on_a_phone(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff/cases/new")
    code = _file(page, _lot(here, 10), "building_permit")
    expect(page.locator(".case-map")).to_have_attribute("data-idle", "true")
    page.get_by_role("button", name="Vẽ trên bản đồ của hồ sơ").focus()
    page.keyboard.press("Enter")
    told = page.locator(".under-map [role=status]")
    expect(told).to_have_text("Chưa có góc nào.")
    for n, arrow in enumerate(("ArrowRight", "ArrowDown", "ArrowLeft"), 1):
        page.keyboard.press("Enter")
        expect(told).to_have_text(f"Đã chấm {n} góc.")
        page.keyboard.press(arrow)
        page.wait_for_timeout(700)
    tab_to(page, "Xong, nhập tiếp số tầng")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Số tầng")).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    expect(page.locator(".check-sum")).to_be_visible()
    phone = visit(**PHONE)
    page = phone.page
    page.goto(f"{phone.url}/staff/cases/{code}")
    expect(page.locator(".check-sum")).to_be_visible()
    expect(page.locator(".case-map")).to_have_attribute("data-idle", "true")
    page.get_by_text("Nhập lại công trình").tap()
    page.get_by_role("button", name="Vẽ trên bản đồ của hồ sơ").tap()
    told = page.locator(".under-map [role=status]")
    expect(told).to_have_text("Chưa có góc nào.")
    box = page.locator(".case-map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for n, (right, down) in enumerate(((-60, -60), (60, -60), (60, 60)), 1):
        page.touchscreen.tap(x + right, y + down)
        expect(told).to_have_text(f"Đã chấm {n} góc.")
    keep(page, "staff-permit-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    assert small_letters(page) == []


@permits
def test_what_was_typed_survives_another_kind_and_a_step_made_once_is_told(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff/cases/new")
    expect(page.locator("#case-new form")).to_be_visible()
    kind = page.get_by_label("Loại hồ sơ", exact=True)
    kind.select_option("building_permit")
    page.locator("[name=kind]").select_option("repair")
    repair = page.locator(".papers").inner_text()
    page.locator("[name=kind]").select_option("adjustment")
    assert page.locator(".papers").inner_text() != repair
    page.locator("[name=permit]").fill("12/GPXD")
    kind.select_option("house_number")
    expect(page.locator("[name=permit]")).to_have_count(0)
    kind.select_option("building_permit")
    assert page.locator("[name=permit]").input_value() == "12/GPXD"
    assert page.locator("[name=kind]").input_value() == "adjustment"
    page.locator("[name=kind]").select_option("new")
    page.locator("[name=permit]").fill("")
    _file(page, _lot(here, 12), "building_permit")
    page.locator("#next-step").click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("#case")).to_have_attribute("data-state", "checking")
    page.get_by_text("Khác", exact=True).click()
    ask = "Yêu cầu bổ sung"
    expect(page.locator(".others li").filter(has_text=ask)).to_contain_text("chỉ thực hiện được một lần")
    _step(page, ask, "supplement", reason="Thiếu bản vẽ")
    page.get_by_text("Khác", exact=True).click()
    early = page.locator(".others .told.warn")
    expect(early).to_contain_text("từ ngày sau đó mới thực hiện được")
    page.locator("#next-step").click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("#case")).to_have_attribute("data-state", "checking")
    page.get_by_text("Khác", exact=True).click()
    again = page.locator(".others li").filter(has_text=ask)
    expect(again).to_contain_text("chỉ được thực hiện một lần")
    expect(again.get_by_role("button")).to_be_disabled()
    assert violations(page) == []


@consults
def test_a_body_is_asked_and_its_answer_written_down(visit: NewVisit) -> None:
    here = visit(**DESK)
    page = here.open("/staff/cases/new")
    _file(page, _lot(here, 14), "building_permit")
    page.get_by_role("button", name="Hỏi ý kiến cơ quan khác").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Phòng Cảnh sát PCCC")
    page.keyboard.press("Tab")
    page.keyboard.type("Công trình có cần thẩm duyệt không?")
    page.get_by_role("button", name="Gửi hỏi ý kiến").click()
    asked = page.locator("#consultations li").first
    expect(asked).to_contain_text("Quá ngày này mà không trả lời được coi là đồng ý.")
    expect(page.locator("#consultations-title")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("button", name="Ghi nhận ý kiến").click()
    page.locator("dialog [name=answer]").select_option("conditions")
    page.get_by_role("button", name="Ghi nhận", exact=True).click()
    expect(page.locator("dialog .fault:visible")).to_have_text("Cần ghi điều kiện hoặc lý do không đồng ý.")
    page.locator("dialog [name=words]").fill("Có lối thoát nạn thứ hai")
    page.get_by_role("button", name="Ghi nhận", exact=True).click()
    expect(asked).to_contain_text("Đồng ý kèm điều kiện")
    expect(asked).to_contain_text("Có lối thoát nạn thứ hai")
    expect(page.get_by_role("button", name="Ghi nhận ý kiến")).to_have_count(0)


@permits
@files
def test_the_ground_comes_out_of_a_file(visit: NewVisit) -> None:
    here = visit(**PHONE)
    page, lot = here.open("/staff/cases/new"), _lot(here, 18)
    _file(page, lot, "building_permit")
    page.get_by_label("Tệp bản vẽ").check()
    chooser = page.locator("#building input[type=file]")
    wrong: FilePayload = {"name": "nhà.dxf", "mimeType": "image/vnd.dxf", "buffer": b"no drawing"}
    chooser.set_input_files(wrong)
    expect(page.locator("#building .fault:visible")).to_have_count(1)
    ground = {"type": "Polygon", "coordinates": lot["geometry"]["coordinates"][0]}
    right: FilePayload = {
        "name": "nhà.geojson",
        "mimeType": "application/geo+json",
        "buffer": json.dumps(ground).encode(),
    }
    chooser.set_input_files(right)
    expect(page.locator("#building").get_by_text("Đã đọc nhà.geojson")).to_be_visible()
    page.get_by_label("Số tầng").fill("2")
    page.get_by_label("Chiều cao (m)").fill("8")
    page.get_by_role("button", name="Kiểm tra và lưu").tap()
    expect(page.locator("li[data-code=inside_parcel]")).to_have_count(1)
    expect(page.locator(".check-sum")).to_be_visible()
    assert violations(page) == []
    assert small_letters(page) == []
