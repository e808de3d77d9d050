"""What names nothing is met with what is missing in it; a ward of before keeps what the list said of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("thửa 45", "Thiếu số tờ bản đồ: nhập cả tờ và thửa, ví dụ “tờ 12 thửa 45”"),
        ("tờ 12", "Thiếu số thửa: nhập cả tờ và thửa, ví dụ “tờ 12 thửa 45”"),
        ("tời 12 thửa 45", "Có phải “tờ 12 thửa 45” không?"),
        ("12/45", "Nếu là thửa đất, hãy nhập “tờ 12 thửa 45”; nếu là số nhà"),
        ("1145161,57 567218,31", "X = 1145161,57, hướng bắc; Y = 567218,31, hướng đông"),
        ("567.218,31; 1.145.161,57", "X = 1.145.161,57, hướng bắc; Y = 567.218,31, hướng đông"),
    ],
)
def test_what_is_missing_is_said(desktop: Visit, typed: str, told: str) -> None:
    page = desktop.open()
    page.get_by_role("combobox").press_sequentially(typed, delay=10)
    expect(page.locator("#search-note")).to_contain_text(told)


def test_a_ward_of_before_says_what_it_belongs_to_now(desktop: Visit) -> None:
    page = desktop.open()
    desktop.search("Phường 3")
    option = page.get_by_role("option", name=re.compile("^Phường 3.*nay thuộc")).first
    now = option.locator(".search-subtitle").inner_text()
    option.click()
    desktop.answered("feature")
    answer = page.locator("#answer")
    expect(answer).to_contain_text(now)
    for inner in ("Thời kỳ", "Mã đơn vị cấp trên"):
        expect(answer).not_to_contain_text(inner)
    page.reload()
    desktop.answered("feature")
    expect(answer).to_contain_text(now)
