"""Figures at the signature: what is not spoken of stays, what does nothing is refused, floors are bounded."""

from typing import Any

import psycopg
import pytest

from tests.api.permits.test_check_outlived import plan
from tests.api.permits.test_way_of_a_permit import rows
from tests.support.office import Office
from tests.support.permit_desk import DESPITE, SIGNED, building, checked, handed, issued, proposed
from tests.support.problems import problem

CHANGE = SIGNED | {"document": "3/ĐC-GPXD"}
FIGURES = "ground_level, floor_area_m2, far"


def _adjusted(office: Office, **change: Any) -> Any:
    case = checked(office, kind="adjustment", permit="15/GPXD")
    handed(office, case, building(**change))
    return office.moved(office.read(case), "propose", given=DESPITE)


def _refused(office: Office, case: Any, given: dict[str, str], parameter: str) -> str:
    return str(problem(office.move(case, "issue", given=given), 400, parameter)["detail_vi"])


def test_an_adjustment_keeps_the_ground_level_and_never_guesses_the_floors(office: Office) -> None:
    first = proposed(office)
    office.moved(first, "issue", given=SIGNED | {"ground_level": "1,85", "floor_area": "250,5"})
    case = _adjusted(office, floors=2)
    assert "250,5 m²" in _refused(office, case, CHANGE, "floor_area")
    assert rows(office, FIGURES) == [(1.85, 250.5, 1.25)]
    office.moved(case, "issue", given=CHANGE | {"floor_area": "180"})
    assert rows(office, FIGURES) == [(1.85, 180.0, 0.9)]
    office.moved(
        _adjusted(office, floors=2), "issue", given=CHANGE | {"floor_area": "180", "ground_level": "2"}
    )
    assert rows(office, FIGURES) == [(2.0, 180.0, 0.9)]


def test_floors_that_were_reckoned_are_reckoned_anew(office: Office) -> None:
    issued(office)
    office.moved(_adjusted(office, floors=2), "issue", given=CHANGE)
    assert rows(office, FIGURES) == [(None, 192.0, 0.96)]


def test_what_does_nothing_for_the_kind_is_refused(office: Office) -> None:
    issued(office)
    case = _adjusted(office)
    assert "Điều chỉnh" in _refused(office, case, CHANGE | {"valid_until": "31/12/2030"}, "valid_until")
    office.moved(case, "withdraw", reason="Đổi ý")
    case = checked(office, kind="extension", permit="15/GPXD")
    problem(office.move(case, "propose", given=DESPITE), 400, "why_despite")
    case = office.moved(case, "propose")
    for name, value in (("ground_level", "1,85"), ("floor_area", "200"), ("valid_until", "31/12/2030")):
        assert "Gia hạn" in _refused(office, case, CHANGE | {name: value}, name)
    assert rows(office, "extended") == [(0,)]
    office.moved(case, "issue", given=CHANGE)


def test_floors_beyond_a_basement_a_mezzanine_and_a_roof_room_are_a_slip(office: Office) -> None:
    case = proposed(office)  # 96 m² on three floors
    assert "576,0 m²" in _refused(office, case, SIGNED | {"floor_area": "576,1"}, "floor_area")
    why = {"why_floor_area": "Tầng hầm để xe"}
    _refused(office, case, SIGNED | why | {"floor_area": "2505"}, "floor_area")
    office.moved(case, "issue", given=SIGNED | {"floor_area": "576"})
    assert rows(office, FIGURES) == [(None, 576.0, 2.88)]


@pytest.fixture
def planned(office: Office) -> Any:
    """The office with a plan that allows a ratio of 1.5: 300 m² of floors on 200 m²."""
    plan(office, far=1.5)
    yield office
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM layer.zoning")


def test_floors_above_the_ratio_of_the_plan_need_a_reason(planned: Office) -> None:
    case = proposed(planned)  # 288 m², a ratio of 1.44
    (line,) = [
        line
        for line in planned.get(f"/api/permits/cases/{case['code']}/building").json()["check"]["lines"]
        if line["code"] == "far"
    ]
    assert (line["outcome"], line["measured"], line["allowed"]) == ("pass", 1.44, 1.5)
    told = _refused(planned, case, SIGNED | {"floor_area": "310"}, "why_floor_area")
    assert "1,55 lần, vượt mức 1,50 lần" in told
    why = {"why_floor_area": "Tầng hầm không tính vào hệ số"}
    case = planned.moved(case, "issue", given=SIGNED | why | {"floor_area": "310"})
    assert why["why_floor_area"] in str(case["results"])
    assert rows(planned, FIGURES) == [(None, 310.0, 1.55)]


def test_a_reason_that_was_not_needed_is_not_kept(planned: Office) -> None:
    why = {"why_floor_area": "Tầng hầm"}
    case = planned.moved(proposed(planned), "issue", given=SIGNED | why | {"floor_area": "300"})
    assert why["why_floor_area"] not in str(case["results"])
