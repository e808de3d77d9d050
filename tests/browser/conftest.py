"""A real Chromium on a really running server. Each visit fails that asks another host for anything."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.support.server import RunningServer

ARTIFACTS = Path(__file__).parents[2] / "test-artifacts"
DESKTOP = {"width": 1440, "height": 900}
_FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Maps are drawn without a graphics card here, on cores that other tests use too.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, drawing in software."""
    return {"executable_path": "/usr/bin/chromium", "args": list(_FLAGS)}


@dataclass
class Visit:
    """One person's browser, at the city's map.

    Attributes:
        page: the page.
        faults: what went wrong in the page, or was asked of another host; must stay empty.
    """

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Go there and wait until the page listens."""
        self.page.goto(self.url + path)
        expect(self.page.locator("body")).to_have_attribute("data-ready", "true")
        return self.page

    def drawn(self) -> None:
        """Wait until the map rests."""
        expect(self.page.locator("#map")).to_have_attribute("data-idle", "true")

    def search(self, text: str) -> None:
        """Type into the search box as a person does, and wait for the list."""
        self.page.get_by_role("combobox").press_sequentially(text, delay=15)
        expect(self.page.get_by_role("listbox")).to_be_visible()

    def answered(self, state: str = "answer") -> None:
        """Wait for the panel to hold an answer."""
        expect(self.page.locator("#answer")).to_have_attribute("data-state", state)

    def keep(self, name: str, *, drawn: bool = True) -> None:
        """Keep a picture of the page, its map drawn."""
        if drawn:
            self.drawn()
        ARTIFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png")

    def fetch(self, path: str, **asked: str | float | bool) -> Any:
        """Ask the server as the page would."""
        answer = self.page.request.get(self.url + path, params=asked)
        assert answer.ok, answer.text()
        return answer.json()


def _watched(context: BrowserContext, url: str) -> Visit:
    visit = Visit(context.new_page(), url)

    def asked(address: str) -> None:
        if not address.startswith((url + "/", "data:", "blob:", "file:")):
            visit.faults.append(f"asked {address}")

    def said(kind: str, text: str) -> None:
        # A refusal that the page shows to the person is reported by the browser as well, and so is a worker
        # that it looks for anew by itself while there is no network.
        expected = ("Failed to load resource", "occurred when fetching the script")
        if kind == "error" and not any(words in text for words in expected):
            visit.faults.append(f"console: {text}")

    visit.page.on("request", lambda request: asked(request.url))
    visit.page.on("console", lambda message: said(message.type, message.text))
    visit.page.on("pageerror", lambda error: visit.faults.append(f"error: {error}"))
    return visit


NewVisit = Callable[..., Visit]


@contextmanager
def visits(browser: Browser, url: str) -> Iterator[NewVisit]:
    """Makes visits with a context of their own; at the end none may have faults."""
    made: list[tuple[BrowserContext, Visit]] = []

    def make(**options: Any) -> Visit:
        context = browser.new_context(**({"viewport": DESKTOP, "locale": "vi-VN"} | options))
        visit = _watched(context, url)
        made.append((context, visit))
        return visit

    yield make
    faults = [fault for _, visit in made for fault in visit.faults]
    for context, _ in made:
        context.close()
    assert faults == []


@pytest.fixture
def new_visit(browser: Browser, live_city: RunningServer) -> Iterator[NewVisit]:
    """Makes visits to the demo city's map."""
    with visits(browser, live_city.url) as make:
        yield make


@pytest.fixture
def desktop(new_visit: NewVisit) -> Visit:
    """A person at a desk."""
    return new_visit()


@pytest.fixture
def phone(new_visit: NewVisit, playwright: Playwright) -> Visit:
    """A person with a phone."""
    device = dict(playwright.devices["Pixel 7"])
    device.pop("default_browser_type", None)
    return new_visit(**device)


@dataclass(frozen=True)
class Parcel:
    """A parcel of the demo city whose number is its own."""

    sheet: str
    number: str
    unit: str
    lon: float
    lat: float


@pytest.fixture(scope="session")
def parcel(playwright: Playwright, live_city: RunningServer) -> Parcel:
    """A lot that plans affect, and whose number no other lot has."""
    server = playwright.request.new_context(base_url=live_city.url)

    def fetch(path: str, **asked: str | float | bool) -> Any:
        return server.get(path, params=asked).json()

    for lot in fetch("/ogc/collections/parcels/items", limit=400)["features"]:
        sheet, number = lot["properties"]["sheet_no"], lot["properties"]["parcel_no"]
        found = fetch("/api/search", q=f"tờ {sheet} thửa {number}")["results"]
        if len(found) != 1:
            continue
        answer = fetch("/api/planning/lookup", sheet=sheet, parcel=number)
        if len(answer["parcels"]) == 1 and answer["affected"]:
            return Parcel(sheet, number, lot["properties"]["unit_code"], found[0]["lon"], found[0]["lat"])
    raise AssertionError("the demo city has no lot with a number of its own")
