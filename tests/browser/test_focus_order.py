"""Whoever goes by the Tab key meets the parts of the page as they are read, and can leave each."""

from itertools import groupby

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisit, Parcel
from tests.browser.test_newcomer import SMALL_PHONE

pytestmark = pytest.mark.browser

_WHERE = """() => {
    const at = document.activeElement;
    const part = at.closest('.skip, .bar, #search, #answer, #map, #layers, #layers-open, #views, #notice');
    const seen = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    return [at === document.body ? 'end' : (part?.id || part?.classList[0] || at.outerHTML),
        style.outlineStyle !== 'none' || style.boxShadow !== 'none', seen.width > 0 && seen.height > 0];
}"""


@pytest.mark.parametrize("screen", [{}, SMALL_PHONE], ids=["desktop", "phone"])
def test_tab_goes_through_the_page_as_it_is_read(
    new_visit: NewVisit, parcel: Parcel, screen: dict[str, object]
) -> None:
    visit = new_visit(**screen)
    page = visit.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}")
    visit.answered()
    visit.drawn()
    page.evaluate("document.activeElement.blur()")
    met: list[tuple[str, bool, bool]] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        met.append(tuple(page.evaluate(_WHERE)))
        if met[-1][0] == "end":
            break
    parts = [part for part, _ in groupby(part for part, _, _ in met)]
    # On a phone the answer is a sheet that lies over the buttons of the views.
    last = ["layers-open"] if screen else ["layers", "views"]
    assert parts == ["skip", "bar", "search", "answer", "map", *last, "end"]
    assert all(marked and there for part, marked, there in met if part != "end"), met


def test_the_views_are_there_again_once_nothing_lies_over_them(new_visit: NewVisit, parcel: Parcel) -> None:
    visit = new_visit(**SMALL_PHONE)
    page = visit.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}")
    visit.answered()
    views = page.locator("#views")
    expect(views).to_be_hidden()
    page.get_by_role("button", name="Đóng kết quả").click()
    expect(views).to_be_visible()
    page.locator("#layers-open").click()
    expect(views).to_be_hidden()
    page.locator("#layers-close").click()
    page.get_by_role("button", name="Ngày khác", exact=True).click()
    expect(views).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ngày khác", exact=True)).to_be_focused()


def test_closing_a_remark_or_the_answer_leaves_the_focus_somewhere(
    new_visit: NewVisit, parcel: Parcel
) -> None:
    visit = new_visit()
    page = visit.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}")
    visit.answered()
    page.get_by_role("button", name="Đóng kết quả").press("Enter")
    assert page.evaluate("document.activeElement.id") == "search-box"
