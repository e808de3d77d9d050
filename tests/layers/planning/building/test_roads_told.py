"""What a street's planned width takes is told in the buckets and in the verdict, never as "not affected"."""

from typing import Any

import pytest

from tests.layers.planning.building.conftest import Ground, box, line


def _roads(answer: Any, bucket: str) -> list[Any]:
    return [one for one in answer[bucket] if one["theme"] == "road_reserve"]


def test_the_strip_of_a_planned_width_is_a_hit(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), setback_m=0)
    ground.street((-80, -6), (80, -6), planned_width_m=16.0)
    answer = ground.answer(ground.parcel(box(0, 0, 10, 20)))
    [hit] = _roads(answer, "affected")
    assert (hit["layer"], hit["plan"], hit["governs"]) == ("streets", None, True)
    assert (hit["area_m2"], hit["share"], hit["red_line_m"]) == (20.0, 0.1, 8.0)
    assert hit["title"] == "đường Thử, bề rộng quy hoạch 16,0 m"
    assert "không ghi đồ án và số quyết định" in hit["basis"]
    assert str(hit["source_date"]) == "2026-06-30"
    assert _roads(answer, "not_affected") == _roads(answer, "no_data") == []
    assert line(answer["building"][0], "taken")["value"] == 20.0
    [reason] = [one for one in answer["verdict"]["reasons"] if one["code"] == "road"]
    assert reason["text"] == "đường quy hoạch lấy 20,00 m² (10,0 %) của thửa đất: đường Thử"
    # It takes nothing from the yes: the sentence tells what is left.
    assert answer["verdict"]["tier"] == "allowed"


def test_less_than_map_error_is_a_sliver_and_takes_nothing(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100))
    ground.street((-80, -6), (80, -6), planned_width_m=12.04)
    answer = ground.answer(ground.parcel(box(0, 0, 10, 20)))
    assert _roads(answer, "affected") == []
    [hit] = _roads(answer, "slivers")
    assert (hit["layer"], hit["area_m2"]) == ("streets", 0.2)
    assert len(_roads(answer, "not_affected")) == 1


@pytest.mark.parametrize(("width", "y", "told"), [(4.0, -3.9, True), (4.0, -4.1, False), (None, -14.0, True)])
def test_a_street_without_a_planned_width_is_no_data(
    ground: Ground, width: float | None, y: float, *, told: bool
) -> None:
    parcel = ground.usual()
    ground.street((-80, y), (80, y), name="Hẻm 5", kind="hem", width_m=width, planned_width_m=None)
    answer = ground.answer(parcel)
    assert len(_roads(answer, "no_data")) == told
    assert len(_roads(answer, "not_affected")) == (not told)
    if told:
        [gap] = _roads(answer, "no_data")
        assert gap["reason"].startswith("Chưa có bề rộng quy hoạch của Hẻm 5 cạnh thửa đất")
        assert gap["uncovered_m2"] == 0
        assert "planned_width" in {one["code"] for one in answer["verdict"]["reasons"]}
        assert answer["verdict"]["tier"] == "not_enough_data"


def test_without_a_plan_both_reasons_stand_in_one_line(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), themes=["land_function"])
    ground.street((-80, -6), (80, -6), planned_width_m=None)
    [gap] = _roads(ground.answer(ground.parcel(box(0, 0, 10, 20)), language="en"), "no_data")
    assert gap["uncovered_m2"] == 200.0
    assert "The planned width of đường Thử is not loaded" in gap["reason"]
    assert "Nothing is loaded for this theme here" in gap["reason"]
