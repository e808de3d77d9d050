"""A parcel and a kept answer have addresses of their own: the same view for everybody, on every device."""

import re

import psycopg
import pytest
from playwright.sync_api import expect

from gis_platform.database.server import Logins
from tests.browser.conftest import NewVisit, Parcel, Visit

pytestmark = pytest.mark.browser


def _kept(visit: Visit, parcel: Parcel) -> str:
    answer = visit.fetch("/api/planning/lookup", sheet=parcel.sheet, parcel=parcel.number)
    return str(answer["id"])


def test_what_is_asked_on_the_map_stands_in_the_address(desktop: Visit, phone: Visit, parcel: Parcel) -> None:
    page = desktop.open()
    desktop.search(f"tờ {parcel.sheet} thửa {parcel.number} {parcel.unit}")
    page.keyboard.press("Enter")
    desktop.answered()
    expect(page).to_have_url(re.compile(rf"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}(#|$)"))
    title, unit = page.locator("#answer-title").inner_text(), page.locator(".unit").inner_text()
    expect(page).to_have_title(f"{title} – Bản đồ quy hoạch Mỹ Tho")
    other = phone.open(page.url.removeprefix(desktop.url).partition("#")[0])
    phone.answered()
    expect(other.locator("#answer-title")).to_have_text(title)
    assert other.locator(".unit").inner_text() == unit
    page.go_back()
    desktop.answered("welcome")
    page.go_forward()
    desktop.answered()


def test_the_other_language_keeps_the_place(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}")
    desktop.answered()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    desktop.answered()
    expect(page).to_have_url(re.compile(rf"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}\?lang=en"))
    expect(page.locator("#answer-title")).to_have_text(f"Parcel {parcel.number}, map sheet {parcel.sheet}")


def test_older_links_become_the_newer_ones(desktop: Visit) -> None:
    lots = desktop.fetch("/ogc/collections/parcels/items", limit=100)["features"]
    identifier = next(
        lot["properties"]["identifier"] for lot in lots if lot["properties"]["identifier"] is not None
    )
    page = desktop.open(f"/?identifier={identifier}")
    desktop.answered()
    expect(page).to_have_url(re.compile(rf"/thua/{identifier}(#|$)"))
    page.reload()
    desktop.answered()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/d/" + "0" * 20, "Không có kết quả tra cứu nào mang mã"),
        ("/thua/bcdefghjkmnp", "Không tìm thấy thửa đất có mã định danh bcdefghjkmnp"),
        ("/thua/phuong-1/999/99999", "Không tìm thấy thửa 99999, tờ bản đồ 999 thuộc phuong-1"),
    ],
)
def test_what_is_not_there_is_said_in_words(desktop: Visit, path: str, told: str) -> None:
    answer = desktop.page.goto(desktop.url + path)
    assert answer is not None
    assert answer.status == 404
    desktop.answered("missing")
    expect(desktop.page.locator("#answer")).to_contain_text(told)


def test_a_kept_answer_opens_as_it_was_and_is_asked_again(desktop: Visit, parcel: Parcel) -> None:
    kept = _kept(desktop, parcel)
    page = desktop.page
    page.goto(f"{desktop.url}/answers/{kept}")
    expect(page).to_have_url(re.compile(rf"/d/{kept}(#|$)"))
    desktop.answered()
    banner = page.get_by_role("region", name="Kết quả tra cứu đã lưu")
    expect(banner).to_contain_text("Nội dung dưới đây giữ nguyên như khi lập.")
    expect(banner).to_contain_text("chưa có gì thay đổi")
    expect(page.locator(".receipt")).to_contain_text(kept)
    desktop.keep("kept-desktop")
    banner.get_by_role("button", name="Tra cứu lại hôm nay").click()
    expect(banner).to_be_hidden()
    desktop.answered()
    assert f"/d/{kept}" not in page.url
    page.go_back()
    expect(page).to_have_url(re.compile(rf"/d/{kept}"))
    expect(banner).to_be_visible()


def test_a_kept_answer_says_that_it_keeps_its_language(desktop: Visit, parcel: Parcel) -> None:
    kept = _kept(desktop, parcel)
    page = desktop.open(f"/d/{kept}?lang=en")
    desktop.answered()
    banner = page.get_by_role("region", name="A kept answer")
    expect(banner).to_contain_text("This answer was given in Vietnamese")
    banner.get_by_role("button", name="Ask again today, in English").click()
    expect(page).to_have_url(re.compile(r"^(?!.*/d/).*lang=en"))
    desktop.answered()
    expect(page.locator(".verdict h3")).to_have_text(re.compile("^[ -~]+$"))


def test_a_kept_answer_says_what_has_changed_since(
    new_visit: NewVisit, parcel: Parcel, small_city: Logins
) -> None:
    visit = new_visit()
    kept = _kept(visit, parcel)
    (lot,) = visit.fetch("/api/planning/lookup", sheet=parcel.sheet, parcel=parcel.number)["parcels"]
    with psycopg.connect(small_city.owner, autocommit=True) as connection:
        sql = "UPDATE layer.parcels SET status = %s WHERE id = %s"
        connection.execute(sql, ["disputed" if lot["status"] != "disputed" else "in_force", lot["id"]])
        try:
            page = visit.open(f"/d/{kept}")
            visit.answered()
            banner = page.get_by_role("region", name="Kết quả tra cứu đã lưu")
            expect(banner).to_have_attribute("data-changed", "true")
            told = f"Thửa {parcel.number} ({parcel.sheet}) đã thay đổi"
            expect(banner.get_by_role("listitem").first).to_contain_text(told)
            visit.keep("kept-changed")
        finally:
            connection.execute(sql, [lot["status"], lot["id"]])


def test_a_kept_answer_of_several_parcels_stays_one(desktop: Visit) -> None:
    lots = desktop.fetch("/ogc/collections/parcels/items", limit=2)["features"]
    asked = desktop.page.request.post(
        f"{desktop.url}/api/planning/lookup", data={"parcels": [{"id": lot["id"]} for lot in lots]}
    ).json()
    page = desktop.open(f"/d/{asked['id']}")
    desktop.answered()
    expect(page.locator("#answer-title")).to_have_text("Khu đất gồm 2 thửa")
    banner = page.get_by_role("region", name="Kết quả tra cứu đã lưu")
    expect(banner).to_be_visible()
    page.locator(".choice").last.click()
    desktop.answered()
    expect(banner).to_be_visible()
    assert f"/d/{asked['id']}" in page.url
    page.get_by_role("button", name="Về kết quả chung").click()
    expect(page.locator("#answer-title")).to_have_text("Khu đất gồm 2 thửa")
    banner.get_by_role("button", name="Tra cứu lại hôm nay").click()
    expect(page).to_have_url(re.compile(rf"/\?parcels={lots[0]['id']},{lots[1]['id']}(#|$)"))
    expect(banner).to_be_hidden()
    desktop.answered()
    expect(page.locator(".choice")).to_have_count(2)
    page.reload()
    desktop.answered()
    expect(page.locator("#answer-title")).to_have_text("Khu đất gồm 2 thửa")


def test_a_link_is_copied_and_told(desktop: Visit, parcel: Parcel) -> None:
    desktop.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = desktop.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}")
    desktop.answered()
    page.get_by_role("button", name="Chép liên kết").click()
    notice = page.locator("#notice")
    expect(notice).to_have_text("Đã chép liên kết")
    expect(notice).to_have_attribute("role", "status")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_phone_shares_by_its_own_way(phone: Visit, parcel: Parcel) -> None:
    phone.page.add_init_script(
        "navigator.share = async (what) => "
        "{ document.documentElement.dataset.shared = JSON.stringify(what); };"
    )
    page = phone.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}")
    phone.answered()
    page.get_by_role("button", name="Chia sẻ").click()
    place = f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}"
    shared = re.compile(rf"Thửa {parcel.number}.*{place}")
    expect(page.locator("html")).to_have_attribute("data-shared", shared)
