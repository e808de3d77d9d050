"""Adjusting puts a new building in the place of the old; extending prolongs, at most twice."""

from datetime import date
from typing import Any

import psycopg
import pytest

from tests.api.permits.test_way_of_a_permit import rows
from tests.support.office import Office
from tests.support.permit_desk import DESPITE, SIGNED, building, checked, handed, issued, proposed
from tests.support.problems import problem

TERMS = "extended, start_by, state"


def _paper(office: Office, case: Any) -> dict[str, Any]:
    told = office.get(f"/api/permits/papers/{case['outcome']['paper']}", "")
    assert told.status_code == 200, told.text
    return dict(told.json())


def _extended(office: Office, number: str = "15/GPXD") -> Any:
    return proposed(office, kind="extension", permit=number)


def test_an_adjustment_takes_the_place_of_the_building(office: Office) -> None:
    first = issued(office)
    office.on(date(2026, 12, 1))
    case = checked(office, kind="adjustment", permit="15/GPXD")
    handed(office, case, building(inset=3, floors=2))
    case = office.moved(office.read(case), "propose", given=DESPITE)
    case = office.moved(case, "issue", given=SIGNED | {"document": "3/ĐC-GPXD"})
    assert rows(office) == [("15/GPXD", "adjusted", 2, 56.0, date(2027, 11, 16))]
    before, now = _paper(office, first), _paper(office, case)
    assert (before["state"], before["footprint_m2"], before["floors"]) == ("superseded", 96.0, 3)
    assert (now["state"], now["footprint_m2"], now["floors"]) == ("valid", 56.0, 2)
    assert (now["permit_no"], now["given_by"], now["given_for"]) == ("15/GPXD", "3/ĐC-GPXD", "adjustment")
    items = "/ogc/collections/building_permits/items"
    was = office.get(items, "", as_of="2026-11-20").json()["features"]
    assert [one["properties"]["footprint_m2"] for one in was] == [96.0]
    assert [one["properties"]["footprint_m2"] for one in office.get(items, "").json()["features"]] == [56.0]


def test_an_extension_prolongs_twice_and_no_more(office: Office) -> None:
    first = issued(office)
    for times, day, until in (
        (1, date(2027, 11, 10), date(2028, 11, 16)),
        (2, date(2028, 11, 16), date(2029, 11, 16)),
    ):
        office.on(day)
        case = office.moved(_extended(office), "issue", given=SIGNED | {"document": f"{times}/GH-GPXD"})
        assert rows(office, TERMS) == [(times, until, "valid")]
        assert case["outcome"]["start_by"] == until.isoformat()
    assert _paper(office, first)["state"] == "superseded"
    assert "gia hạn" in _paper(office, first)["state_told"]
    now = _paper(office, case)
    # What the first paper rested on is said by the last one too.
    assert (now["state"], now["extended"], now["checked_on"]) == ("valid", 2, "2026-11-16")
    office.on(date(2029, 11, 1))
    case = checked(office, kind="extension", permit="15/GPXD")
    assert "2 lần" in problem(office.move(case, "propose"), 409, "permit")["detail_vi"]


def test_what_was_asked_for_in_time_is_prolonged_and_what_was_not_is_not(office: Office) -> None:
    first = issued(office)
    office.on(date(2027, 11, 16))
    asked = _extended(office)
    office.on(date(2027, 11, 22))
    assert _paper(office, first)["state"] == "expired"
    late = checked(office, kind="extension", permit="15/GPXD")
    assert "hết thời hạn" in problem(office.move(late, "propose"), 409, "permit")["detail_vi"]
    office.moved(asked, "issue", given=SIGNED | {"document": "1/GH-GPXD"})
    assert rows(office, TERMS) == [(1, date(2028, 11, 16), "valid")]


def test_a_permit_that_lapsed_is_not_adjusted(office: Office) -> None:
    issued(office)
    office.on(date(2027, 11, 22))
    case = checked(office, kind="adjustment", permit="15/GPXD")
    handed(office, case, building())
    case = office.read(case)
    assert (
        "không còn hiệu lực"
        in problem(office.move(case, "propose", given=DESPITE), 409, "permit")["detail_vi"]
    )
    # Its ground is free for another.
    office.moved(proposed(office), "issue", given=SIGNED | {"document": "16/GPXD"})


@pytest.mark.parametrize("kind", ["adjustment", "extension"])
@pytest.mark.parametrize(("details", "status"), [({}, 400), ({"permit": "99/GPXD"}, 404)])
def test_which_permit_is_meant_must_be_known(
    office: Office, kind: str, details: dict[str, str], status: int
) -> None:
    issued(office)
    case = checked(office, 1, kind, "an", **details)
    if kind == "adjustment":
        handed(office, case, building())
    problem(office.move(office.read(case), "propose", given={}), status, "permit")


def test_a_permit_of_another_lot_is_not_meant(office: Office) -> None:
    issued(office)
    case = checked(office, 2, kind="extension", permit="15/GPXD")
    problem(office.move(case, "propose"), 404, "permit")
    # But one whose lot was split or merged away is found by its ground.
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE layer.building_permits SET parcel_id = 999999")
    assert _extended(office)["state"]["name"] == "proposed"


def test_nothing_is_left_behind_where_the_permit_was_revoked_meanwhile(office: Office) -> None:
    issued(office)
    case = _extended(office)
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE layer.building_permits SET state = 'revoked'")
    problem(office.move(case, "issue", given=SIGNED | {"document": "1/GH-GPXD"}), 409, "permit")
    assert rows(office, TERMS) == [(0, date(2027, 11, 16), "revoked")]
    assert office.read(case)["state"]["name"] == "proposed"


def test_a_building_is_not_handed_in_for_an_extension(office: Office) -> None:
    issued(office)
    case = checked(office, kind="extension", permit="15/GPXD")
    told = office.post(f"/api/permits/cases/{case['code']}/building", building())
    assert "điều chỉnh" in problem(told, 409, "kind")["detail_vi"]
