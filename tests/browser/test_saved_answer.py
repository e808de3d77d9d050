"""A kept answer as a file, opened from a disk where there is no network."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARTIFACTS
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def saved(live_city: RunningServer, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Path:
    """The file of an answer, as somebody would save it."""
    page = browser.new_page()
    items = page.request.get(f"{live_city.url}/ogc/collections/parcels/items", params={"limit": "1"}).json()
    asked = {"id": items["features"][0]["id"]}
    answer = page.request.post(f"{live_city.url}/api/planning/lookup", data=asked).json()
    file = tmp_path_factory.mktemp("usb") / "answer.html"
    file.write_bytes(page.request.get(f"{live_city.url}/answers/{answer['id']}.html").body())
    page.close()
    return file


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 360, "height": 740}], ids=str)
def test_it_opens_without_a_network(saved: Path, browser: Browser, size: Any) -> None:
    place = browser.new_context(viewport=size, offline=True)
    page = place.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    page.goto(saved.as_uri())
    _look(page, size["width"])
    assert faults == []
    place.close()


def _look(page: Page, width: int) -> None:
    expect(page.locator("main.card h1")).to_contain_text("Thửa đất số")
    expect(page.locator("main .kind")).to_have_text("TRA CỨU THAM KHẢO")
    shapes = page.locator(".leaflet-overlay-pane path.leaflet-interactive")
    assert shapes.count() > 1
    asked = page.locator('.leaflet-overlay-pane path[stroke="#b3261e"]').first
    card, shape = page.locator("main.card").bounding_box(), asked.bounding_box()
    assert card is not None and shape is not None  # noqa: PT018
    beside = shape["x"] >= card["x"] + card["width"] or shape["y"] + shape["height"] <= card["y"]
    assert beside, "what was asked about is not below the box"
    asked.dispatch_event("click")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("Diện tích tính trên bản đồ")
    page.get_by_text("Nội dung quy hoạch tại thửa đất").click()
    expect(page.locator("main.card")).to_contain_text("Nội dung chưa có dữ liệu")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"saved-answer-{width}.png")
