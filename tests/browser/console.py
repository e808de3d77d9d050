"""What a person does at the console: sign in, go on by Tab; and pictures of what is seen."""

import json

from playwright.sync_api import Page, expect

from gis_platform.access.demo_accounts import DEMO_ACCOUNTS_FILE
from gis_platform.access.roles import Role
from tests.browser.conftest import ARTIFACTS
from tests.support.server import RunningServer


def sign_in(page: Page, desk: RunningServer, role: Role = Role.STEWARD) -> None:
    """By keyboard: the name has the focus."""
    accounts = json.loads((desk.settings.data_dir / DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    expect(page.locator("[name=username]")).to_be_focused()
    page.keyboard.type(accounts[role.value]["username"])
    page.keyboard.press("Tab")
    page.keyboard.type(accounts[role.value]["password"])
    page.keyboard.press("Enter")
    expect(page.locator("#sign-out")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """On with Tab until the element of that name has the focus, which can be seen."""
    for _ in range(90):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => { const e = document.activeElement; const s = getComputedStyle(e); return [
                (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent ?? '').trim(),
                s.outlineStyle !== 'none' || e.type === 'file']; }"""
        )
        if told[0].startswith(name):
            assert told[1], f"{name}: the focus cannot be seen"
            return
    raise AssertionError(f"Tab never comes to {name!r}")


def keep(page: Page, name: str) -> None:
    """A picture of the whole page."""
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)


def small_letters(page: Page) -> list[str]:
    """Words on the page, apart from those on a map, that are written smaller than 16 pixels."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((e) =>
              e.offsetParent && !e.closest('.maplibregl-map')
              && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
              && parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.textContent.slice(0, 60))"""
    )
    return found
