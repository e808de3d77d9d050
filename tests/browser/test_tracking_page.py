"""Following a case on a phone: from the code on the receipt to its state, light and dark, and on paper."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from pydantic import SecretStr

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE, ensure_demo_accounts
from gis_platform.access.roles import Role
from gis_platform.casework.codes import SYMBOLS
from gis_platform.database.server import logins
from gis_platform.settings import Settings
from tests.browser.conftest import ARTIFACTS, NewVisit, Visit, visits
from tests.browser.looked_over import violations
from tests.support.databases import fresh_database
from tests.support.server import RunningServer

pytestmark = pytest.mark.browser

SMALL_PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


@pytest.fixture(scope="module")
def town(
    server: str, demo_template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A running server over a small demo city of its own."""
    places = logins(base_settings, fresh_database(server, "gis_tracking_test", demo_template))
    secret = (base_settings.data_dir / "secret.key").read_text(encoding="ascii").strip()
    folder = tmp_path_factory.mktemp("tracking")
    settings = base_settings.model_copy(update={"data_dir": folder, "secret_key": SecretStr(secret)})
    with psycopg.connect(places.owner) as owner:
        ensure_demo_accounts(owner, settings)
    with RunningServer(settings, places) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, town: RunningServer) -> Iterator[NewVisit]:
    """Makes visits; none may ask another host, or have a fault."""
    with visits(browser, town.url) as new:
        yield new


@pytest.fixture
def officer(visit: NewVisit, town: RunningServer) -> Visit:
    """A visit of the ward's officer."""
    here = visit(viewport={"width": 1280, "height": 800})
    accounts = json.loads((town.settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    signed = here.page.request.post(
        town.url + "/api/auth/login", data=accounts[Role.PERMIT.value], headers={"Origin": town.url}
    )
    assert signed.ok, signed.text()
    return here


def _send(here: Visit, path: str, body: Any) -> Any:
    answer = here.page.request.post(here.url + path, data=body, headers={"Origin": here.url})
    assert answer.ok, answer.text()
    return answer.json()


def _case(here: Visit) -> Any:
    """One that was asked for a supplement and goes on."""
    lot = here.fetch("/ogc/collections/parcels/items", limit=1)["features"][0]
    filing = {
        "workflow": "house_number",
        "unit_code": here.fetch("/api/house-numbers/propose", parcel=lot["id"])["unit_code"],
        "place": "Thửa 41, tờ 12, đường Hùng Vương",
        "feature": lot["id"],
        "applicant": {"name": "Nguyễn Thị Đẹp"},
    }
    case = _send(here, "/api/cases", filing)
    for move, more in (
        ("take_up", {}),
        ("ask_supplement", {"reason": "Thiếu giấy tờ"}),
        ("supplemented", {}),
    ):
        body = {"move": move, "version": case["version"], **more}
        case = _send(here, f"/api/cases/{case['code']}/moves", body)
    return case


def _small_letters(page: Page) -> list[str]:
    """Words of the page's own part that are written smaller than 16 pixels."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((e) => e.offsetParent
              && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
              && parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.textContent.slice(0, 60))"""
    )
    return found


def _looked_over(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert _small_letters(page) == [], name
    assert violations(page) == [], name


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_person_types_the_code_and_sees_where_the_case_is(
    officer: Visit, visit: NewVisit, colours: str
) -> None:
    code = _case(officer)["code"]
    here = visit(color_scheme=colours, **SMALL_PHONE)
    page = here.page
    page.goto(here.url + "/ho-so")
    _looked_over(page, f"tracking-ask-{colours}")
    box = page.get_by_label("Mã hồ sơ")
    slip = code[:-1] + next(symbol for symbol in SYMBOLS if symbol != code[-1])
    box.fill(slip)
    # A form that is refused answers 400, which the browser notes as a fault of its own.
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.get_by_role("alert")).to_contain_text("một ký tự bị gõ sai")
    expect(box).to_have_value(slip)
    expect(box).to_be_focused()
    _looked_over(page, f"tracking-slip-{colours}")
    here.faults.clear()
    box.fill(code.lower().replace("-", ""))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hồ sơ {code}")
    expect(page.locator(".track-now .state")).to_have_text("Đang kiểm tra")
    expect(page.locator(".track-steps li")).to_have_count(4)
    assert "Hùng Vương" not in page.content()
    first = page.locator(".working").first
    expect(first.locator("table")).not_to_be_visible()
    first.locator("summary").click()
    expect(first.locator("table")).to_be_visible()
    _looked_over(page, f"tracking-case-{colours}")


def test_it_can_be_read_in_english_on_a_desktop_and_printed(officer: Visit, visit: NewVisit) -> None:
    code = _case(officer)["code"]
    here = visit(viewport={"width": 1280, "height": 800})
    page = here.page
    page.goto(f"{here.url}/ho-so/{code}")
    _looked_over(page, "tracking-case-desktop")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".track-now .state")).to_have_text("Being checked")
    page.get_by_role("link", name="See another case").click()
    expect(page.get_by_label("Code of the case")).to_be_visible()
    page.goto(f"{here.url}/ho-so/{code}?lang=vi")
    page.emulate_media(media="print")
    page.screenshot(path=ARTIFACTS / "tracking-print.png", full_page=True)
    expect(page.get_by_role("link", name="Xem hồ sơ khác")).not_to_be_visible()
    expect(page.locator(".track-now .state")).to_be_visible()


def test_an_officer_prints_the_receipt_from_the_case(officer: Visit) -> None:
    case = _case(officer)
    page = officer.open(f"/staff/cases/{case['code']}")
    link = page.get_by_role("link", name="In giấy hẹn")
    expect(link).to_be_visible()
    officer.keep("case-with-receipt", drawn=False)
    address = link.get_attribute("href")
    assert address == f"/api/cases/{case['code']}/receipt.pdf"
    paper = page.request.get(officer.url + address)
    assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
