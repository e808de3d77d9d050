"""What an officer of permits does at the console, by keyboard: for the tests of cases and of buildings."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.access.roles import Role
from gis_platform.geometry.crs import transform_coordinates
from gis_platform.settings import Settings
from tests.browser.conftest import NewVisit, Visit, visits
from tests.support.own_server import own_database
from tests.support.server import RunningServer

DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
WORKING_SRID = 9210


@pytest.fixture(scope="module")
def desk(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a small demo city of its own."""
    folder = tmp_path_factory.mktemp("permits")
    with (
        own_database(server, demo_template, base_settings, folder) as (settings, places),
        RunningServer(settings, places) as running,
    ):
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


def lot_of(here: Visit, place: int) -> dict[str, Any]:
    lots = here.fetch("/ogc/collections/parcels/items", limit=place + 1)["features"]
    lot: dict[str, Any] = lots[place]
    return lot


def called(lot: dict[str, Any]) -> str:
    return f"tờ {lot['properties']['sheet_no']} thửa {lot['properties']['parcel_no']}"


def choose(page: Page, lot: dict[str, Any]) -> None:
    """The ground by keyboard: typed, looked for with Enter, chosen among those of the same number."""
    page.get_by_label("Thửa đất", exact=True).focus()
    page.keyboard.type(called(lot))
    page.keyboard.press("Enter")
    expect(page.locator(".found input").first).to_be_focused()
    if not page.locator(".found input").first.is_checked():
        page.keyboard.press("Space")
    # The list begins with another lot where several have the number.
    page.locator(f".found input[value='{lot['id']}']").check()


def take_in(page: Page, lot: dict[str, Any], kind: str, name: str = "Nguyễn Thị Đẹp") -> str:
    """Taken in at the counter; its code."""
    expect(page.locator("#case-new form")).to_be_visible()
    page.get_by_label("Loại hồ sơ", exact=True).select_option(kind)
    choose(page, lot)
    expect(page.locator("#case-new .told.good").filter(has_text="đã chọn sẵn")).to_be_visible()
    page.get_by_label("Họ và tên").focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("#next-step")).to_be_visible()
    return page.url.partition("/staff/cases/")[2].partition("?")[0]


def corners(lot: dict[str, Any], half_m: float) -> str:
    """Corners of a square about the middle of the lot, as a drawing lists them."""
    ring = np.array(lot["geometry"]["coordinates"][0][0])
    east, north = transform_coordinates(ring[:-1], 4326, WORKING_SRID).mean(axis=0)
    corners = [(1, -1), (1, 1), (-1, 1), (-1, -1)]
    rows = [f"{i}\t{north + n * half_m:.2f}\t{east + e * half_m:.2f}" for i, (n, e) in enumerate(corners, 1)]
    return "\n".join(rows).replace(".", ",")


def take_step(page: Page, button: str, state: str, **given: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog")
    expect(dialog).to_be_visible()
    for name, words in given.items():
        dialog.locator(f"[name={name}]").fill(words)
    dialog.get_by_role("button", name=button, exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#case")).to_have_attribute("data-state", state)
