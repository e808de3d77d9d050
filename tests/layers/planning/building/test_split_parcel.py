"""A parcel in two zones: each figure says what it is of; ground not for building is not counted."""

from typing import Any

import pytest

from tests.layers.planning.building.conftest import Ground, box, line


@pytest.fixture
def split(ground: Ground) -> Any:
    """The front 5 m of 20 are for houses, the rest for trees."""
    ground.zone(box(-100, -100, 100, 5), setback_m=0, max_density_pct=50.0)
    more = {"function_code": "CLN", "function_name": "Đất trồng cây lâu năm", "max_density_pct": None}
    ground.zone(box(-100, 5, 100, 100), **more, floors_max=None, height_max_m=None, far_max=None)
    ground.street((-80, -6), (80, -6))
    return ground.entry(ground.parcel(box(0, 0, 10, 20)))


def test_each_figure_says_for_which_part_it_holds(split: Any) -> None:
    told = {one["value"]: one["holds_for"] for one in split["lines"] if one["code"] == "density_max"}
    assert told == {
        None: "chỉ trên 150,0 m² (75,0 %) của thửa đất, quy hoạch là đất trồng cây lâu năm",
        50.0: "chỉ trên 50,0 m² (25,0 %) của thửa đất, quy hoạch là đất ở đô thị",
    }


def test_ground_for_trees_is_not_ground_for_building(split: Any) -> None:
    assert (split["buildable_m2"], split["not_for_building_m2"]) == (50.0, 150.0)
    assert (split["setback_strip_m2"], split["taken_m2"]) == (0.0, 0.0)
    assert line(split, "outline")["value"] == 50.0
    assert split["footprint_max_m2"] == 25.0


def test_of_a_whole_parcel_nothing_is_said_of_parts(ground: Ground) -> None:
    entry = ground.entry(ground.usual())
    assert not any("holds_for" in one for one in entry["lines"])
    assert entry["not_for_building_m2"] == 0.0
