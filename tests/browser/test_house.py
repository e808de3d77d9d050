"""A house number leads to the planning answer of its lot, or to a word that it has none."""

import re
from typing import Any

import psycopg
import pytest
from playwright.sync_api import expect

from gis_platform.database.server import Logins
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def _house(visit: Visit, *, renumbered: bool = False) -> dict[str, Any]:
    """A house in force that alone has its address, and whose lot is known."""
    for house in visit.fetch("/ogc/collections/house_numbers/items", limit=500)["features"]:
        known = house["properties"]
        if known["state"] != "issued" or not known["parcel_id"] or bool(known["old_numbers"]) != renumbered:
            continue
        found = visit.fetch("/api/search", q=known["address"])["results"]
        if found[0]["id"] == house["id"] and [one["title"] for one in found].count(known["address"]) == 1:
            return dict(house)
    raise AssertionError("no such house in the demo city")


@pytest.mark.parametrize("who", ["phone", "desktop"])
def test_a_house_that_is_chosen_answers_for_its_lot(request: pytest.FixtureRequest, who: str) -> None:
    visit: Visit = request.getfixturevalue(who)
    house = _house(visit, renumbered=True)
    page = visit.open()
    visit.search(house["properties"]["address"])
    page.get_by_role("option", name=re.compile("Số nhà")).first.click()
    visit.answered()
    answer = page.locator("#answer")
    expect(page.locator("#answer-title")).to_have_text(
        re.compile(rf"^{re.escape(house['properties']['address'])}: thửa \w+, tờ bản đồ \w+$")
    )
    expect(answer.locator(".verdict")).to_be_visible()
    about = answer.locator("details.house")
    expect(about.locator("dl")).not_to_be_visible()
    about.get_by_text("Thông tin số nhà").click()
    (old,) = house["properties"]["old_numbers"][:1]
    day = "/".join(reversed(old["until"].split("-")))
    number = f"{old['path'][0]['number']}{old['path'][0]['suffix']}"
    expect(about).to_contain_text(f"Số: {number}, Đường: {old['street']}, Dùng đến: {day}")
    for inner in ("[object", "Mã đường", "Mã thửa đất trong hệ thống"):
        expect(about).not_to_contain_text(inner)
    # Whoever gets the link sees the same.
    title = page.locator("#answer-title").inner_text()
    page.reload()
    visit.answered()
    expect(page.locator("#answer-title")).to_have_text(title)


def test_a_house_without_a_lot_says_so_and_shows_its_record(desktop: Visit, small_city: Logins) -> None:
    with psycopg.connect(small_city.owner, autocommit=True) as connection:
        made = connection.execute(
            "INSERT INTO layer.house_numbers (street_id, number, state, address, unit_code, source_date,"
            " valid_from, geom)"
            " SELECT h.street_id, 4321, 'issued', '4321 ' || s.name, h.unit_code, h.source_date,"
            " h.valid_from,"
            "  ST_Translate(ST_PointN(ST_ExteriorRing(ST_Envelope(w.geom)), 1), -400, -400)"
            " FROM layer.house_numbers h JOIN layer.streets s ON s.id = h.street_id,"
            "  (SELECT ST_Collect(geom) AS geom FROM layer.parcels) w ORDER BY h.id LIMIT 1"
            " RETURNING id, address"
        ).fetchone()
        assert made is not None
        try:
            page = desktop.open(f"/?feature=house_numbers/{made[0]}")
            desktop.answered("feature")
            expect(page.locator("#answer-title")).to_have_text(made[1])
            expect(page.locator("#answer .told")).to_contain_text("chưa gắn với thửa đất nào")
            expect(page.locator("#answer .facts")).not_to_contain_text("Mã đường")
        finally:
            connection.execute("DELETE FROM layer.house_numbers WHERE id = %s", [made[0]])


def test_a_number_that_the_street_does_not_have_is_said(phone: Visit) -> None:
    house = _house(phone)
    address = house["properties"]["address"]
    street = address.partition(" ")[2]
    page = phone.open()
    phone.search(f"99999 {street}")
    page.keyboard.press("Enter")
    phone.answered("missing")
    expect(page.locator("#answer-title")).to_have_text(f"Chưa có số nhà 99999 trên đường {street}")
    choices = page.locator("#answer .choice")
    expect(choices.last).to_contain_text(f"Cả tuyến đường {street}")
    nearest = choices.first.inner_text()
    assert re.match(rf"\d+\S* {street}", nearest)
    choices.first.tap()
    phone.answered()
    expect(page.locator("#answer-title")).to_contain_text(f"{nearest}: thửa")


def test_a_street_whose_name_has_a_number_is_still_found_by_it(desktop: Visit) -> None:
    page = desktop.open()
    desktop.search("30 Tháng 4")
    expect(page.get_by_role("option").first).to_contain_text("30 Tháng 4")
    expect(page.get_by_role("option", name=re.compile("Tra theo số nhà"))).to_have_count(0)
