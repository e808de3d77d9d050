""" "This is wrong": one tap on any line of an answer, a few words, thanks with the numbers to ask after."""

import re
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from gis_platform.database.server import Logins
from tests.browser.conftest import Parcel, Visit
from tests.browser.looked_over import violations

pytestmark = pytest.mark.browser


def _asked(visit: Visit, parcel: Parcel) -> Page:
    page = visit.open(f"/thua/{parcel.unit}/{parcel.sheet}/{parcel.number}")
    visit.answered()
    return page


def _filed(city: Logins) -> tuple[str, str, str]:
    with psycopg.connect(city.owner) as connection:
        row = connection.execute(
            "SELECT answer_id, place, words FROM planning.remark ORDER BY id DESC LIMIT 1"
        ).fetchone()
    assert row is not None
    return row


def _at(document: Any, place: str) -> Any:
    """What a JSON pointer leads to."""
    for step in place.split("/")[1:]:
        document = document[int(step) if isinstance(document, list) else step]
    return document


def test_every_line_can_be_objected_to(desktop: Visit, parcel: Parcel) -> None:
    page = _asked(desktop, parcel)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    without = page.evaluate(
        """() => [...document.querySelectorAll('#answer-body :is(.hit, .themes li, .ground-lines li, .badge,'
                + '.verdict, .facts > div, .building > .indicators > div, .rule)')]
            .filter((line) => !line.querySelector('.flag'))
            .map((line) => line.outerHTML.slice(0, 120))"""
    )
    assert without == []
    names = page.locator(".flag").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert len(names) > 10
    assert all(name.startswith("Báo chưa đúng: ") for name in names)


def test_the_remark_is_bound_to_its_line(phone: Visit, parcel: Parcel, small_city: Logins) -> None:
    page = _asked(phone, parcel)
    page.locator("#answer-grip").click()
    line = page.locator('[data-bucket="affected"] .hit').last
    name = line.get_by_role("heading").inner_text()
    line.locator(".flag").tap()
    field = line.get_by_role("textbox")
    expect(field).to_be_focused()
    field.fill("Thửa này không nằm trong quy hoạch đó.")
    phone.keep("remark-phone")
    line.get_by_role("button", name="Gửi phản ánh").tap()
    thanks = line.locator(".thanks")
    expect(thanks).to_be_focused()
    answer, place, words = _filed(small_city)
    expect(thanks).to_contain_text(
        re.compile(rf"Xin cảm ơn! Phản ánh số \d+, kèm kết quả tra cứu mã {answer}\.")
    )
    hit = _at(phone.fetch(f"/answers/{answer}"), place)
    assert hit in phone.fetch(f"/answers/{answer}")["affected"]
    assert name.startswith(hit["function_name"] or hit["title"])
    assert words == "Thửa này không nằm trong quy hoạch đó."
    phone.keep("remark-thanks-phone")
    line.get_by_role("button", name="Đóng").tap()
    expect(line.locator(".remark")).to_have_count(0)


def test_the_keyboard_alone_is_enough(desktop: Visit, parcel: Parcel, small_city: Logins) -> None:
    page = _asked(desktop, parcel)
    button = page.locator(".facts .flag").first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Space")
    page.keyboard.type("Diện tích trên sổ là 120 m².")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".facts .thanks")).to_be_focused()
    _, place, words = _filed(small_city)
    assert re.fullmatch(r"/parcels/0/[a-z_0-9]+", place)
    assert words == "Diện tích trên sổ là 120 m²."
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(button).to_be_focused()


def test_an_open_form_stands_in_nobodys_way(desktop: Visit, parcel: Parcel) -> None:
    page = _asked(desktop, parcel)
    for selector in (".verdict", ".badge", ".facts > div", ".hit"):
        page.locator(f"{selector} .flag").first.click()
    assert violations(page) == []
    desktop.keep("remark-desktop")


def test_without_words_nothing_is_sent_and_without_network_it_is_told(desktop: Visit, parcel: Parcel) -> None:
    page = _asked(desktop, parcel)
    desktop.drawn()
    page.locator(".verdict .flag").click()
    form = page.locator(".verdict .remark")
    form.get_by_role("button", name="Gửi phản ánh").click()
    expect(form.locator(".thanks")).to_have_count(0)
    form.get_by_role("textbox").fill("Chưa đúng.")
    page.context.set_offline(True)
    form.get_by_role("button", name="Gửi phản ánh").click()
    expect(form.get_by_role("alert")).to_contain_text("không có mạng")
    expect(form.get_by_role("textbox")).to_have_value("Chưa đúng.")
    page.context.set_offline(False)
    form.get_by_role("button", name="Gửi phản ánh").click()
    expect(form.locator(".thanks")).to_be_visible()
