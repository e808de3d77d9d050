"""Layers: what is on the map, what its colours mean, and who sees which."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.settings import Settings
from tests.browser.conftest import ARTIFACTS, NewVisit, Parcel, Visit

pytestmark = pytest.mark.browser


def test_a_layer_is_switched_on_with_its_legend(desktop: Visit) -> None:
    page = desktop.open("/#15/10.3548/106.3656")
    row = page.locator('[data-layer="zoning"]')
    expect(row.locator(".age")).to_contain_text("Dữ liệu đến ")
    with page.expect_response(lambda answer: "/collections/zoning/tiles/" in answer.url) as tile:
        row.get_by_role("checkbox").check()
    assert tile.value.status in {200, 204}
    expect(row.get_by_text("Đất ở đô thị")).to_be_visible()
    rows = page.locator(".layer").all()
    closed = [r.bounding_box() for r in rows if not r.locator(".layer-more").is_visible()]
    assert closed
    assert all(box is not None and box["height"] < 90 for box in closed)
    desktop.keep("zoning-desktop")
    row.get_by_role("slider").fill("0.3")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-ready", "true")
    expect(row.get_by_role("checkbox")).to_be_checked()
    expect(row.get_by_role("slider")).to_have_value("0.3")


def test_staff_layers_appear_after_signing_in(desktop: Visit, base_settings: Settings) -> None:
    account = json.loads((base_settings.data_dir / DEMO_ACCOUNTS_FILE).read_text())["enforcement"]
    page = desktop.open()
    expect(page.locator('[data-layer="violations"]')).to_have_count(0)
    page.get_by_role("button", name="Cán bộ đăng nhập").click()
    page.get_by_label("Tên đăng nhập").fill(account["username"])
    page.get_by_label("Mật khẩu").fill("not the password")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu không đúng.")
    page.get_by_label("Mật khẩu").fill(account["password"])
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.locator('[data-layer="violations"]')).to_be_visible()
    expect(page.locator('[data-layer="cameras"]')).to_contain_text("nội bộ")
    page.locator('[data-layer="cameras"]').get_by_role("checkbox").check()
    desktop.keep("staff-desktop")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("button", name="Cán bộ đăng nhập")).to_be_visible()
    expect(page.locator('[data-layer="violations"]')).to_have_count(0)


def test_a_sign_on_the_map_tells_what_it_is(desktop: Visit) -> None:
    spot = desktop.fetch("/ogc/collections/hotspots/items", limit="1")["features"][0]
    lon, lat = spot["geometry"]["coordinates"]
    page = desktop.open(f"/#18/{lat}/{lon}")
    desktop.drawn()
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desktop.answered("feature")
    expect(page.locator("#answer-title")).to_have_text(spot["properties"]["name"])
    expect(page.locator("#answer")).to_contain_text("20 phút")


def test_a_station_shows_its_last_readings(desktop: Visit) -> None:
    station = desktop.fetch("/ogc/collections/sensors/items", limit="1")["features"][0]
    page = desktop.open(f"/?feature=sensors/{station['id']}")
    desktop.answered("feature")
    expect(page.get_by_role("heading", name="Số liệu mới nhất")).to_be_visible()
    desktop.keep("station-desktop")


def test_the_view_is_saved_as_a_file_that_opens_by_itself(
    desktop: Visit, parcel: Parcel, new_visit: NewVisit, tmp_path: Path
) -> None:
    page = desktop.open(f"/?sheet={parcel.sheet}&parcel={parcel.number}&unit={parcel.unit}")
    desktop.answered()
    desktop.drawn()
    before = page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="Lưu bản đồ đang xem").click()
    assert download.value.suggested_filename.startswith("my-tho-")
    desktop.answered()
    assert page.url == before
    expect(page.locator("#notice")).to_be_hidden()
    file = tmp_path / "saved.html"
    download.value.save_as(file)
    saved = new_visit().page
    saved.goto(file.as_uri())
    expect(saved.locator(".card")).to_contain_text("Dữ liệu minh hoạ")
    assert saved.locator("path.leaflet-interactive").count() > 10


def test_a_view_too_large_to_save_is_told(desktop: Visit, parcel: Parcel) -> None:
    page = desktop.open(f"/?sheet={parcel.sheet}&parcel={parcel.number}#map=11/{parcel.lat}/{parcel.lon}")
    desktop.answered()
    page.get_by_role("link", name="Lưu bản đồ đang xem").click()
    expect(page.locator("#notice")).to_have_text("Vùng đang xem quá rộng để lưu. Hãy phóng to rồi lưu lại.")
    desktop.answered()


def test_the_middle_of_the_city_is_saved_too(desktop: Visit, new_visit: NewVisit, tmp_path: Path) -> None:
    file = tmp_path / "middle.html"
    file.write_bytes(desktop.page.request.get(desktop.url + "/map/snapshot.html").body())
    page = new_visit().page
    page.goto(file.as_uri())
    expect(page.locator(".card")).to_contain_text("Dữ liệu minh hoạ")
    assert page.locator("path.leaflet-interactive").count() > 100
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / "snapshot.png")
