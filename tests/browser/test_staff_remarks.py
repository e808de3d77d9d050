"""What people say is wrong comes to the steward, who closes it with words; a planner signs all the same."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.access.roles import Role
from gis_platform.settings import Settings
from tests.browser.conftest import DESKTOP, NewVisit, Visit, visits
from tests.browser.console import keep, tab_to
from tests.browser.looked_over import violations
from tests.support.own_server import own_database
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIZES = pytest.mark.parametrize("size", [{"viewport": DESKTOP}, PHONE], ids=["desktop", "phone"])
WORDS = "Mật độ xây dựng ghi chưa đúng, xin kiểm tra lại."


@pytest.fixture(scope="module")
def desk(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a demo city of its own."""
    folder = tmp_path_factory.mktemp("remarks")
    with own_database(server, demo_template, base_settings, folder) as (settings, places):
        with RunningServer(settings, places) as running:
            yield running


@pytest.fixture
def visit(browser: Browser, desk: RunningServer) -> Iterator[NewVisit]:
    """Makes visits of somebody who has signed in."""
    with visits(browser, desk.url) as new:

        def make(role: Role | None = Role.STEWARD, **options: Any) -> Visit:
            here = new(**options)
            if role is not None:
                known = json.loads((desk.settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
                told = here.page.request.post(
                    desk.url + "/api/auth/login", data=known[role.value], headers={"Origin": desk.url}
                )
                assert told.ok, told.text()
            return here

        yield make


_answers = iter(range(1000))


@pytest.fixture
def answer(playwright: Playwright, desk: RunningServer) -> dict[str, Any]:
    """An answer of today nobody has remarked on, of one parcel with a plan."""
    asking = playwright.request.new_context(base_url=desk.url)
    found = asking.get("/ogc/collections/parcels/items", params={"limit": 300}).json()["features"]
    for lot in found[next(_answers) * 20 :]:
        identifier = lot["properties"]["identifier"]
        told = asking.get("/api/planning/lookup", params={"identifier": identifier}).json()
        if len(told.get("parcels", [])) == 1 and told["affected"]:
            return dict(told)
    raise AssertionError("the demo city has no parcel with a plan left")


def _remark(desk: RunningServer, playwright: Playwright, answer: dict[str, Any], place: str) -> int:
    asking = playwright.request.new_context(base_url=desk.url)
    told = asking.post(f"/api/planning/answers/{answer['id']}/remarks", data={"words": WORDS, "place": place})
    assert told.status == 201, told.text()
    return int(told.json()["remark"])


def _fits(page: Page, width: int, within: str) -> None:
    """No sideways scrolling; on a phone letters of 16 px and targets of 44 px."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width >= 720:
        return
    small, low = page.evaluate(
        """(within) => [
            [...document.querySelectorAll(`${within} *`)].filter((e) => e.checkVisibility()
                && e.textContent.trim() && !e.children.length && !e.closest('.unseen')
                && parseFloat(getComputedStyle(e).fontSize) < 16),
            [...document.querySelectorAll(
                `${within} :is(a, button, select, textarea, label:has(input), input[type=text])`)]
                .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.5),
        ].map((all) => all.map((e) => e.outerHTML.slice(0, 90)))""",
        within,
    )
    assert small == []
    assert low == []


@SIZES
def test_a_steward_reads_answers_and_closes_a_remark(
    visit: NewVisit, desk: RunningServer, playwright: Playwright, answer: dict[str, Any], size: dict[str, Any]
) -> None:
    width = size["viewport"]["width"]
    kind = "phone" if width < 720 else "desktop"
    number = _remark(desk, playwright, answer, "/affected/0")
    here = visit(**size)
    page = here.open("/staff")
    notice = page.locator('[data-kind="planning-remark"]', has_text=answer["id"])
    notice.get_by_role("link", name="Xem phản ánh").click()
    line = page.locator(".remark-line")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Bị ảnh hưởng")
    expect(line).to_contain_text(WORDS)
    expect(line).to_contain_text(f"Thửa {answer['parcels'][0]['parcel_no']}, tờ")
    page.get_by_role("link", name="Xem mọi phản ánh").click()
    expect(page.get_by_role("button", name="Chờ xử lý")).to_have_attribute("aria-pressed", "true")
    unit = page.get_by_label("Phường, xã")
    unit.select_option(answer["parcels"][0]["unit_code"])
    expect(page.locator(".remark-line", has_text=f"Phản ánh số {number}")).to_have_count(1)
    assert violations(page) == []
    _fits(page, width, "main")
    keep(page, f"staff-remarks-{kind}")

    page.locator(".remark-line", has_text=f"Phản ánh số {number}").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Phản ánh số {number}")
    assert violations(page) == []
    _fits(page, width, "main")
    keep(page, f"staff-remark-{kind}")
    page.get_by_role("link", name="Mở kết quả tại dòng này").click()
    pointed = page.locator(".hit.pointed")
    expect(pointed).to_be_focused()
    expect(pointed).to_be_in_viewport()
    here.keep(f"staff-remark-line-{kind}")
    page.go_back()

    page.get_by_role("button", name="Kết thúc phản ánh").click()
    expect(page.get_by_text("Hãy chọn việc đã làm.")).to_be_visible()
    page.get_by_label("Đã sửa dữ liệu").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Đã sửa mật độ theo quyết định.")
    tab_to(page, "Kết thúc phản ánh")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("main")).to_contain_text("Đã sửa mật độ theo quyết định.")
    expect(page.locator("form")).to_have_count(0)
    assert violations(page) == []
    page.goto(desk.url + "/staff/remarks?state=closed")
    expect(page.locator(".remark-line", has_text=f"Phản ánh số {number}")).to_contain_text("Đã sửa dữ liệu")


def test_a_planner_reads_and_does_not_close(
    visit: NewVisit, desk: RunningServer, playwright: Playwright, answer: dict[str, Any]
) -> None:
    number = _remark(desk, playwright, answer, "")
    page = visit(Role.PLANNER).open(f"/staff/remarks/{number}")
    expect(page.locator("main")).to_contain_text(WORDS)
    expect(page.locator("main")).to_contain_text("Phản ánh do cán bộ dữ liệu xử lý")
    expect(page.locator("form")).to_have_count(0)


def test_others_are_turned_away(visit: NewVisit, desk: RunningServer) -> None:
    page = visit(Role.PERMIT).open("/staff")
    expect(page.get_by_role("link", name="Phản ánh")).to_have_count(0)
    told = page.goto(desk.url + "/staff/remarks")
    assert told is not None
    assert told.status == 403


@SIZES
def test_a_planner_signs_an_answer_that_has_remarks(
    visit: NewVisit, desk: RunningServer, playwright: Playwright, answer: dict[str, Any], size: dict[str, Any]
) -> None:
    width = size["viewport"]["width"]
    kind = "phone" if width < 720 else "desktop"
    _remark(desk, playwright, answer, "/affected/0")
    here = visit(Role.PLANNER, **size)
    page = here.open(f"/answers/{answer['id']}")
    here.answered()
    if kind == "phone":
        page.locator("#answer-grip").click()
    signing = page.locator(".signing")
    signing.get_by_role("button", name="Ký văn bản…").press("Enter")
    expect(signing.get_by_role("heading")).to_be_focused()
    expect(signing).to_contain_text("chưa có gì thay đổi")
    expect(signing).to_contain_text("Còn 1 phản ánh chưa xử lý")
    signing.get_by_label("Họ tên người ký").fill("Nguyễn Văn Minh")
    signing.get_by_label("Chức vụ").fill("Trưởng phòng")
    signing.get_by_label("Cơ quan").fill("UBND phường Đạo Thạnh")
    submit = signing.get_by_role("button", name=re.compile("Ký văn bản số"))
    signing.get_by_label("Tôi đã đối chiếu").check()
    submit.click()
    expect(signing.get_by_role("alert")).to_have_text("Hãy đánh dấu xác nhận trước khi ký.")
    assert violations(page) == []
    _fits(page, width, ".signing")
    signing.scroll_into_view_if_needed()
    here.keep(f"signing-{kind}")
    signing.get_by_label("Tôi đã xem 1 phản ánh").check()
    submit.click()
    expect(signing).to_contain_text("Đã ký văn bản cung cấp thông tin")
    paper = signing.get_by_role("link", name="Mở văn bản (PDF)")
    printed = page.request.get(desk.url + str(paper.get_attribute("href")))
    assert printed.body().startswith(b"%PDF")
    expect(page.locator(".kept")).to_contain_text("UBND phường Đạo Thạnh")
    _fits(page, width, ".signing")
    here.keep(f"signed-{kind}")


def test_an_answer_with_several_meanings_says_why_it_is_not_signed(
    visit: NewVisit, desk: RunningServer, playwright: Playwright
) -> None:
    asking = playwright.request.new_context(base_url=desk.url)
    for lot in asking.get("/ogc/collections/parcels/items", params={"limit": 300}).json()["features"]:
        asked = {"sheet": lot["properties"]["sheet_no"], "parcel": lot["properties"]["parcel_no"]}
        told = asking.get("/api/planning/lookup", params=asked).json()
        if told.get("ambiguous"):
            break
    page = visit(Role.PLANNER).open(f"/d/{told['id']}")
    signing = page.locator(".signing")
    signing.get_by_role("button", name="Ký văn bản…").click()
    expect(signing.get_by_role("alert")).to_contain_text("không thể ký")
    expect(signing.get_by_label("Chức vụ")).to_have_count(0)


@pytest.mark.parametrize("role", [None, Role.STEWARD])
def test_nobody_else_is_offered_to_sign(visit: NewVisit, answer: dict[str, Any], role: Role | None) -> None:
    here = visit(role)
    page = here.open(f"/d/{answer['id']}")
    here.answered()
    expect(page.locator(".kept")).to_be_visible()
    expect(page.locator(".signing")).to_have_count(0)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", [Role.ADMIN, Role.STEWARD, Role.PLANNER])
def test_the_header_of_the_console_is_one_line(visit: NewVisit, role: Role, language: str) -> None:
    """At 1440 pixels, for who has every part too: its links stand side by side, beside the account."""
    page = visit(role).open(f"/staff?lang={language}")
    tops = page.evaluate(
        "[...document.querySelectorAll('.bar :is(.brand, .tools a, #sign-out)')].map((e) => {"
        " const box = e.getBoundingClientRect(); return Math.round(box.top + box.height / 2); })"
    )
    assert len(tops) >= 6
    assert max(tops) - min(tops) <= 2
    assert page.evaluate("document.querySelector('.bar').getBoundingClientRect().height") <= 60
    assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]
    keep(page, f"staff-header-{role}-{language}")
