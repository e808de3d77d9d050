"""The check meets the permits of the register, as they stood on the day asked about."""

from datetime import date

import pytest

from tests.layers.permits.conftest import Check, line
from tests.layers.planning.building.conftest import Ground, box


def _permit(ground: Ground, wkt: str, number: str = "12/GPXD", **more: str) -> None:
    told = {"state": "valid", "start_by": "2027-12-20", "valid_from": "2026-12-20"} | more
    ground.run(
        "INSERT INTO layer.building_permits (permit_no, kind, use, floors, height_m, footprint_m2, "  # noqa: S608
        "floor_area_m2, state, issued_on, start_by, unit_code, source_date, valid_from, geom) VALUES "
        f"('{number}', 'new', 'house', 2, 8, 50, 100, '{told['state']}', '2026-12-20', '{told['start_by']}', "
        f"'28249', '2026-12-20', '{told['valid_from']}', ST_GeomFromText('{wkt}', 9210))"
    )


@pytest.fixture(autouse=True)
def lot(ground: Ground) -> int:
    return ground.usual()


def test_where_nobody_holds_a_permit_it_passes(ground: Ground, check: Check) -> None:
    _permit(ground, box(10, 0, 20, 20))
    assert line(check(1, 3, 9, 12), "permits")["outcome"] == "pass"


def test_a_permit_on_the_ground_is_met(ground: Ground, check: Check) -> None:
    _permit(ground, box(5, 0, 20, 20))
    found = line(check(1, 3, 9, 12), "permits")
    assert (found["outcome"], found["measured"], found["allowed"]) == ("fail", 36.0, 0.5)
    assert "giấy phép số 12/GPXD ngày 20/12/2026 (36,0 m²)" in found["reason"]
    assert found["geometry"] is not None


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ({"state": "adjusted"}, "fail"),
        ({"state": "revoked"}, "pass"),
        ({"start_by": "2026-12-30"}, "cannot_decide"),
    ],
    ids=["adjusted", "revoked", "not begun in time"],
)
def test_what_is_in_force_no_more_is_no_hindrance(
    ground: Ground, check: Check, more: dict[str, str], outcome: str
) -> None:
    _permit(ground, box(5, 0, 20, 20), **more)
    assert line(check(1, 3, 9, 12), "permits")["outcome"] == outcome


def test_the_permits_are_those_of_the_day(ground: Ground, check: Check) -> None:
    _permit(ground, box(5, 0, 20, 20))
    assert line(check(1, 3, 9, 12, on=date(2026, 12, 19)), "permits")["outcome"] == "pass"
    assert line(check(1, 3, 9, 12, on=date(2026, 12, 20)), "permits")["outcome"] == "fail"


def test_the_permit_that_is_adjusted_is_no_other_one(ground: Ground, check: Check) -> None:
    _permit(ground, box(0, 0, 10, 20))
    assert line(check(1, 3, 9, 12, kind="adjustment"), "permits")["outcome"] == "cannot_decide"
    assert line(check(1, 3, 9, 12, kind="adjustment", permit="12/GPXD"), "permits")["outcome"] == "pass"
    _permit(ground, box(8, 0, 20, 20), "13/GPXD")
    found = line(check(1, 3, 9, 12, kind="adjustment", permit="12/GPXD"), "permits")
    assert (found["outcome"], found["measured"]) == ("fail", 9.0)
