"""Reserving, giving and retiring numbers: by the proposal or with a reason, in one's own unit, audited."""

from typing import Any

import psycopg
import pytest
import shapely

from tests.api.house_numbers.conftest import Office
from tests.support.accounts import audited
from tests.support.problems import problem
from tests.support.towns import UNIT, UNIT_NAME, Town

GIVE = "/api/house-numbers"
STREET = [(0.0, 120.0), (0.0, 0.0)]


@pytest.fixture(scope="module")
def lots(office: Office) -> dict[str, Any]:
    """A street with ten lots on the left and no house, and one without a direction."""
    with psycopg.connect(office.places.owner) as connection:
        town = Town(connection)
        town.unit(UNIT, UNIT_NAME, (-500, -500, 500, 500))
        street = town.line("Ấp Bắc", STREET)
        town.axis(street, STREET)
        found: dict[str, Any] = {
            "left": [town.lot(shapely.box(5, 110 - 8 * n, 15, 118 - 8 * n)) for n in range(10)]
        }
        bare = town.line("Đinh Bộ Lĩnh", [(200.0, 0.0), (200.0, 100.0)])
        found |= {"street": street, "bare": bare, "on_bare": town.lot(shapely.box(205, 40, 215, 50))}
        alley = town.line("Hẻm nhỏ", [(0.0, 60.0), (-40.0, 60.0)], width=3.0, kind="hem")
        return found | {
            "alley": alley,
            "mouth": town.lon_lat((-2.0, 60.0)),
            "south": town.lon_lat((200.0, 0.0)),
        }


def _given(office: Office, body: dict[str, Any]) -> Any:
    answer = office.post(GIVE, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_the_proposal_is_given_and_the_trail_tells_who(office: Office, lots: dict[str, Any]) -> None:
    given = _given(office, {"parcel": lots["left"][1], "document": "12/GCN-SN"})
    assert (given["number"], given["state"], given["as_proposed"]) == ("3", "issued", True)
    assert (given["address"], given["unit_code"], given["document"]) == ("3 Ấp Bắc", UNIT, "12/GCN-SN")
    entries = [entry for entry in audited(office.places) if entry[2] == f"house_numbers/{given['id']}"]
    ((actor, action, _, detail),) = entries
    assert (actor, action, detail["proposed"], detail["reason"]) == ("hoa", "house-number.issued", "3", None)
    item = office.get(f"/ogc/collections/house_numbers/items/{given['id']}").json()["properties"]
    assert (item["number"], item["alley_path"], item["state"]) == (3, [], "issued")


def test_another_number_needs_a_reason(office: Office, lots: dict[str, Any]) -> None:
    body = {"parcel": lots["left"][2], "number": "5A"}
    refused = problem(office.post(GIVE, body), 400, "reason")
    assert "số đề xuất (5)" in refused["detail_vi"]
    given = _given(office, body | {"reason": "Theo giấy chứng nhận cũ"})
    assert (given["number"], given["as_proposed"]) == ("5A", False)


def test_what_another_house_has_is_refused_and_told_whose_it_is(office: Office, lots: dict[str, Any]) -> None:
    body = {"parcel": lots["left"][3], "number": "3", "reason": "Gia đình yêu cầu"}
    refused = problem(office.post(GIVE, body), 409)
    assert "3 Ấp Bắc" in refused["detail_vi"]
    assert refused["held_by_parcel"] == lots["left"][1]


def test_a_number_kept_for_a_lot_is_the_one_it_gets(office: Office, lots: dict[str, Any]) -> None:
    kept = _given(office, {"parcel": lots["left"][4], "state": "reserved"})
    given = _given(office, {"parcel": lots["left"][4], "document": "14/GCN-SN"})
    assert (given["id"], given["number"], given["state"]) == (kept["id"], kept["number"], "issued")
    again = problem(office.post(GIVE, {"parcel": lots["left"][4]}), 400, "reason")
    assert "đã có số nhà" in again["detail_vi"]


def test_its_states_follow_one_another_and_nothing_is_deleted(office: Office, lots: dict[str, Any]) -> None:
    kept = _given(office, {"parcel": lots["left"][5], "state": "reserved"})
    path = f"{GIVE}/{kept['id']}/state"
    given = office.post(path, {"state": "issued", "document": "15/GCN-SN"})
    assert (given.status_code, given.json()["state"]) == (200, "issued")
    assert "đang ở tình trạng" in problem(office.post(path, {"state": "issued"}), 409)["detail_vi"]
    problem(office.post(path, {"state": "retired"}), 400, "reason")
    retired = office.post(path, {"state": "retired", "reason": "Nhà đã phá dỡ"})
    assert retired.json()["state"] == "retired"
    # Its number is free for the next, and is found for ever.
    next_one = _given(office, {"parcel": lots["left"][5], "reason": "Nhà mới"})
    assert next_one["number"] == kept["number"]
    found = office.get("/api/geocode", q=f"{kept['number']} Ấp Bắc").json()["results"]
    assert [one["match"] for one in found] == ["current", "retired"]
    problem(office.post(f"{GIVE}/999999999/state", {"state": "issued"}), 404)


def test_an_officer_of_a_ward_decides_for_that_ward(office: Office, lots: dict[str, Any]) -> None:
    body = {"parcel": lots["left"][6], "state": "reserved"}
    assert UNIT in problem(office.post(GIVE, body, office.elsewhere), 403)["detail_vi"]
    assert office.post(GIVE, body, office.ward).status_code == 201


def test_only_permit_officers_give_numbers(office: Office, lots: dict[str, Any]) -> None:
    body = {"parcel": lots["left"][7]}
    problem(office.client.post(GIVE, json=body), 401)
    problem(office.post(GIVE, body, office.planner), 403)


def test_a_street_without_direction_is_refused_until_it_has_one(office: Office, lots: dict[str, Any]) -> None:
    body = {"parcel": lots["on_bare"]}
    refused = problem(office.post(GIVE, body), 400, "street")
    assert "chiều" in refused["detail_vi"]
    ruled = office.post(f"{GIVE}/directions", {"line": lots["bare"]}).json()
    assert (ruled["as_for_new_streets"], ruled["street"], ruled["length_m"]) == (True, lots["bare"], 100.0)
    # Facing south along it the lot in the east is on the left.
    assert office.get(f"{GIVE}/propose", parcel=lots["on_bare"]).json()["side"] == "left"
    decided = {"line": lots["bare"], "start": lots["south"], "document": "45/QĐ-UBND"}
    turned = office.post(f"{GIVE}/directions", decided)
    assert (turned.status_code, turned.json()["as_for_new_streets"]) == (200, False)
    proposed = office.get(f"{GIVE}/propose", parcel=lots["on_bare"]).json()
    assert (proposed["side"], proposed["street"]["basis"]) == ("right", "decided")


def test_an_alley_opens_into_what_has_a_direction(office: Office, lots: dict[str, Any]) -> None:
    path = f"{GIVE}/directions"
    body = {"line": lots["alley"], "street": lots["street"], "alley": "3"}
    problem(office.post(path, body), 400, "start")
    problem(office.post(path, body | {"start": lots["mouth"], "alley": "3/1"}), 400, "alley")
    assert office.post(path, body | {"start": lots["mouth"]}).status_code == 200
    other = {"line": lots["bare"], "street": lots["street"], "alley": "3", "start": lots["mouth"]}
    problem(office.post(path, other), 409, "alley")
    problem(office.post(path, {"line": 999999}), 404, "line")


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"number": "12//3"}, "number"),
        ({"number": "0"}, "number"),
        ({"number": "Lê Lợi"}, "number"),
        ({"number": "1/2/3/4/5/6/7/8/9"}, "number"),
        ({"state": "retired"}, "state"),
        ({"reason": "x"}, "reason"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_body_is_refused_in_words(
    office: Office, lots: dict[str, Any], body: dict[str, Any], parameter: str
) -> None:
    problem(office.post(GIVE, {"parcel": lots["left"][8], **body}), 400, parameter)
