"""What a page is looked over for: assistive technology, fingers, eyes."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEAST_TOUCH_PX = 44
LEAST_TEXT_PX = 16


def violations(page: Page) -> list[Any]:
    """What axe finds wrong: the rule, and where."""
    response: dict[str, Any] = Axe().run(page).response
    return [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in response["violations"]]


def small_touches(page: Page) -> list[str]:
    """What is too small for a finger."""
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll('button, a, input:not([type=checkbox], [type=radio]), '
                + 'select, summary, [role=slider], label:has([type=radio])')]
            .filter((e) => e.checkVisibility() && !e.classList.contains('skip'))
            .map((e) => [e, e.getBoundingClientRect()])
            .filter(([, box]) => Math.min(box.width, box.height) < least - 0.5)
            .map(([e]) => e.outerHTML.slice(0, 120))""",
        LEAST_TOUCH_PX,
    )
    return found


def small_texts(page: Page) -> list[str]:
    """What is too small to read on a phone."""
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll('body *')]
            .filter((e) => e.checkVisibility())
            .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .filter((e) => parseFloat(getComputedStyle(e).fontSize) < least)
            .map((e) => e.outerHTML.slice(0, 120))""",
        LEAST_TEXT_PX,
    )
    return found
