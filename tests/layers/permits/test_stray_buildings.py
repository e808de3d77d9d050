"""Buildings that stand on several parcels, or on none of the one that was named: told, with what to do."""

from typing import Any

import pytest

from gis_platform.errors import BadParameter, NotFound
from tests.layers.permits.conftest import Check, line
from tests.layers.planning.building.conftest import Ground, box


def _outcomes(found: dict[str, Any]) -> dict[str, str]:
    return {one["code"]: one["outcome"] for one in found["lines"]}


def test_a_building_on_several_parcels_names_them_and_is_of_the_larger_part(
    ground: Ground, check: Check
) -> None:
    lot = ground.usual()
    ground.parcel(box(10, 0, 20, 20))
    found = check(4, 3, 12, 12)
    [notice] = found["notices"]
    assert "2 thửa đất (thửa/tờ): 45/12 (54,0 m²), 45/12 (18,0 m²)" in notice
    assert "hợp thửa" in notice
    assert found["parcel"]["id"] == lot
    assert (line(found, "inside_parcel")["outcome"], line(found, "inside_parcel")["measured"]) == (
        "fail",
        18.0,
    )


def test_a_building_on_one_parcel_is_told_nothing_of_others(ground: Ground, check: Check) -> None:
    ground.usual()
    ground.parcel(box(10, 0, 20, 20))
    assert check(1, 3, 10.02, 12)["notices"] == []


def test_a_building_far_from_the_parcel_that_was_named(ground: Ground, check: Check) -> None:
    lot = ground.usual()
    found = check(30, 3, 38, 12, parcel=lot)
    inside = line(found, "inside_parcel")
    assert (inside["outcome"], inside["measured"]) == ("fail", 72.0)
    assert "cách ranh giới 20,00 m" in inside["reason"]
    outcomes = _outcomes(found)
    for code in ("in_plan", "density", "floors", "height", "far"):
        assert outcomes[code] == "cannot_decide", code


def test_a_building_where_there_is_no_parcel(ground: Ground, check: Check) -> None:
    ground.usual()
    with pytest.raises(NotFound) as caught:
        check(60, 60, 70, 70)
    assert "Hãy kiểm tra lại vị trí trên bản đồ" in str(caught.value.detail_vi)


def test_ground_too_small_for_a_building_is_told_as_that(ground: Ground, check: Check) -> None:
    ground.usual()
    with pytest.raises(BadParameter) as caught:
        check(4, 8, 4.9, 9)
    assert "0,90 m², quá nhỏ" in str(caught.value.detail_vi)
    codes = {one["code"] for one in check(4, 8, 5, 9)["lines"]}
    assert {"in_plan", "density", "floors", "height", "far", "setback", "road"} <= codes
