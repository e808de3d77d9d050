"""Before an adjustment is filed: the permit that is named is no other one, as the case's own check has it."""

from typing import Any

import psycopg

from tests.support.office import Office
from tests.support.permit_desk import DESPITE, building, checked, handed, issued
from tests.support.problems import problem


def _line(office: Office, **more: Any) -> dict[str, Any]:
    answer = office.post("/api/permits/check", building() | {"kind": "adjustment"} | more, "")
    assert answer.status_code == 200, answer.text
    return next(one for one in answer.json()["lines"] if one["code"] == "permits")


def _failing(told: Any) -> set[str]:
    return {line["code"] for line in told["check"]["lines"] if line["outcome"] == "fail"}


def test_a_number_that_is_of_no_use_is_told_and_hides_nothing(office: Office) -> None:
    issued(office)
    body = building() | {"kind": "new", "permit": "15/GPXD"}
    answer = office.post("/api/permits/check", body, "").json()
    assert next(one for one in answer["lines"] if one["code"] == "permits")["outcome"] == "fail"
    assert any("15/GPXD không được xét" in notice for notice in answer["notices"])
    # In a case too.
    case = checked(office, permit="15/GPXD")
    kept = handed(office, case, building())["check"]
    assert kept["notices"] == answer["notices"]
    assert "permits" in {line["code"] for line in kept["lines"] if line["outcome"] == "fail"}


def test_another_permit_of_the_same_number_is_met_by_an_adjustment(office: Office) -> None:
    """Numbers begin anew each year: this year's 15/GPXD of the lot beside is another one."""
    issued(office)
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(
            "UPDATE layer.building_permits SET issued_on = '2025-11-16', started_on = '2025-11-17', "
            "parcel_id = %s",
            [office.parcels[1]],
        )
    issued(office, 3)
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(
            "UPDATE layer.building_permits SET parcel_id = %s, "
            "geom = ST_Multi(ST_MakeEnvelope(567221, 1145151, 567222, 1145160, core.working_srid())) "
            "WHERE issued_on > '2026-01-01'",
            [office.parcels[0]],
        )
    wide = building(inset=1)
    told = _line(office, **wide, permit="15/GPXD")
    assert (told["outcome"], told["measured"]) == ("fail", 96.0)
    case = checked(office, kind="adjustment", permit="15/GPXD")
    # Two of that number are in force on the lot: none is hidden but those issued for it, and none is changed.
    assert "permits" in _failing(handed(office, case, wide))
    told = problem(office.move(office.read(case), "propose", given=DESPITE), 409, "permit")
    assert "2 giấy phép" in told["detail_vi"]


def test_the_permit_that_that_is_named_is_not_met(office: Office) -> None:
    issued(office)
    assert _line(office)["outcome"] == "cannot_decide"
    assert _line(office, permit=" 15/GPXD ")["outcome"] == "pass"
    assert _line(office, permit="16/GPXD")["outcome"] == "fail"
