"""A check is of its day: where law or plans are other ones since, the building is handed in again."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from tests.api.permits.test_way_of_a_permit import rows
from tests.support.office import Office
from tests.support.permit_desk import DESPITE, SIGNED, building, checked, handed, proposed
from tests.support.problems import problem

_ZONE = """
    INSERT INTO layer.zoning (code, plan_code, plan_name, plan_level, decision_no, decision_date, theme,
                              title, function_code, function_name, far_max, geom, source_date, valid_from)
    SELECT %(code)s, %(code)s, 'Đồ án', 'chi_tiet', %(decision)s, '2025-01-01', 'land_function', 'Ô', 'ODT',
           'Đất ở', %(far)s, ST_Multi(ST_MakeEnvelope(567000, 1145000, 567500, 1145300, core.working_srid())),
           '2025-01-01', '2025-01-01'
"""


def plan(office: Office, far: float | None = None, code: str = "P1", decision: str = "1/QĐ-UBND") -> None:
    """A plan of housing over all lots comes into the city."""
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(_ZONE, {"code": code, "far": far, "decision": decision})


@pytest.fixture(autouse=True)
def _no_plans(office: Office) -> Iterator[None]:
    yield
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM layer.zoning")


def _again(office: Office, case: Any, move: str, given: dict[str, str]) -> None:
    told = problem(office.move(case, move, given=given), 409, "building")
    assert "kiểm tra lại công trình" in told["detail_vi"].lower()


def test_a_check_of_2026_is_none_of_2027(office: Office) -> None:
    """QCVN 01:2021 ends with 31 December 2026."""
    plan(office)
    office.on(date(2026, 12, 31))
    case, ready = checked(office), proposed(office, 2)
    kept = handed(office, case, building())["check"]
    assert any((line["rule"] or {}).get("document") == "QCVN 01:2021/BXD" for line in kept["lines"])
    case = office.read(case)
    office.on(date(2027, 1, 1))
    _again(office, case, "propose", DESPITE)
    _again(office, ready, "issue", SIGNED)
    assert rows(office) == []
    handed(office, case, building())
    case = office.moved(office.read(case), "propose", given=DESPITE)
    office.moved(case, "issue", given=SIGNED)
    ready = office.moved(ready, "back_to_checking", note="Quy chuẩn mới")
    handed(office, ready, building(2))
    ready = office.moved(office.read(ready), "propose", given=DESPITE)
    office.moved(ready, "issue", given=SIGNED | {"document": "16/GPXD"})


def test_a_day_on_which_nothing_changed_asks_for_nothing(office: Office) -> None:
    plan(office)
    case = proposed(office)
    office.on(date(2026, 11, 30))
    office.moved(case, "issue", given=SIGNED)


def test_a_new_plan_is_held_against_the_building(office: Office) -> None:
    case, ready = checked(office), proposed(office, 2)
    handed(office, case, building())
    plan(office)
    _again(office, office.read(case), "propose", DESPITE)
    _again(office, office.read(ready), "issue", SIGNED)
    handed(office, case, building())
    assert office.moved(office.read(case), "propose", given=DESPITE)["state"]["name"] == "proposed"


def test_a_plan_of_another_decision_is_another_plan(office: Office) -> None:
    """Its outcomes are the same: the permit would still state the decision of before as its basis."""
    plan(office)
    ready = proposed(office)
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM layer.zoning")
    plan(office, decision="2/QĐ-UBND")
    _again(office, office.read(ready), "issue", SIGNED)


def test_a_house_number_given_meanwhile_asks_for_nothing(office: Office) -> None:
    plan(office)
    case = checked(office)
    handed(office, case, building())
    given = office.post("/api/house-numbers", {"parcel": office.parcels[0], "document": "15/QĐ-UBND"})
    assert given.status_code == 201, given.text
    office.moved(office.read(case), "propose", given=DESPITE)
