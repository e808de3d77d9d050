"""Golden cases on ground where everything is known: what may be built, line by line."""

from datetime import date
from typing import Any

import pytest
import shapely
from psycopg.types.json import Jsonb

from tests.layers.planning.building.conftest import Ground, box, line


def test_the_stricter_of_plan_and_table_holds_and_which_is_said(ground: Ground) -> None:
    entry = ground.entry(ground.usual())
    density = line(entry, "density_max")
    assert (density["value"], density["outcome"], density["stated"]) == (70.0, "computed", 80.0)
    assert "mức của quy chuẩn" in density["reason"]
    rule = density["rule"]
    assert (rule["document"], rule["article"]) == ("QCVN 01:2021/BXD", "Bảng 2.8")
    assert (rule["effective_to"], rule["verified"], rule["reading"]) == ("2026-12-31", False, "seen")
    assert density["source"]["decision_no"] == "1/QĐ-UBND"
    assert density["source"]["legal_basis"] == "Điều 1"
    far = line(entry, "far_max")
    assert (far["value"], far["outcome"]) == (5.0, "stated")
    assert "mức của đồ án" in far["reason"]


def test_footprint_and_floor_area_follow(ground: Ground) -> None:
    entry = ground.entry(ground.usual())
    assert (entry["net_area_m2"], entry["net_area_from"]) == (200.0, "computed")
    assert entry["buildable_m2"] == pytest.approx(180.0, abs=0.01)
    assert entry["footprint_max_m2"] == pytest.approx(140.0, abs=0.01)
    assert entry["floor_area_max_m2"] == pytest.approx(560.0, abs=0.01)
    drawn = shapely.geometry.shape(entry["buildable"])
    assert drawn.is_valid
    assert 106 < drawn.centroid.x < 107


def test_95_square_metres_bear_90_25(ground: Ground) -> None:
    """Table 2.8: 100 % up to 90 m², 90 % at 100 m², a straight line between. At 95 m², half way: 95 %, and
    0.95 * 95 m² = 90.25 m². The lot is 9.5 by 10 m.
    """
    ground.zone(box(-100, -100, 100, 100), max_density_pct=None, setback_m=0)
    ground.street((-80, -6), (80, -6))
    entry = ground.entry(ground.parcel(box(0, 0, 9.5, 10)))
    assert line(entry, "density_max")["value"] == pytest.approx(95.0)
    assert entry["footprint_max_m2"] == pytest.approx(90.25, abs=0.01)


def test_the_legal_area_is_that_of_the_certificate(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100))
    ground.street((-80, -6), (80, -6))
    entry = ground.entry(ground.parcel(box(0, 0, 10, 20), legal_area_m2=150.0))
    assert (entry["net_area_m2"], entry["net_area_from"]) == (150.0, "legal")
    assert line(entry, "density_max")["value"] == pytest.approx(80.0)


def test_a_setback_is_of_the_stricter_and_its_line_is_from_the_red_line(ground: Ground) -> None:
    [front] = ground.entry(ground.usual())["frontages"]
    assert (front["name"], front["length_m"]) == ("đường Thử", pytest.approx(10.0))
    assert (front["red_line_m"], front["setback_m"], front["building_line_m"]) == (6.0, 2.0, 8.0)


def test_a_high_house_on_a_narrow_road_keeps_the_setback_of_the_table(ground: Ground) -> None:
    """Table 2.7: a road of less than 19 m and a house of 19 to 22 m keep 3 m, more than the plan's 2 m. Of
    the lot of 10 by 20 m there are 10 * (20 - 3) = 170 m² left.
    """
    entry = ground.entry(ground.usual(height_max_m=20.0))
    [front] = entry["frontages"]
    assert (front["setback_m"], front["outcome"]) == (3.0, "computed")
    assert entry["buildable_m2"] == pytest.approx(170.0, abs=0.01)


def test_a_corner_lot_has_a_setback_on_each_street(ground: Ground) -> None:
    """The lot of 10 by 20 m loses 2 m along its south and 2 m along its west: 8 * 18 = 144 m² are left."""
    ground.zone(box(-100, -100, 100, 100))
    ground.street((-80, -6), (80, -6), name="đường Nam")
    ground.street((-5, -80), (-5, 80), name="đường Tây", width_m=10.0, planned_width_m=10.0)
    entry = ground.entry(ground.parcel(box(0, 0, 10, 20)))
    faced = {front["name"]: front["length_m"] for front in entry["frontages"]}
    assert faced == {"đường Nam": pytest.approx(10.0), "đường Tây": pytest.approx(20.0)}
    assert entry["buildable_m2"] == pytest.approx(8 * 18, abs=0.01)


def test_a_hole_is_no_ground(ground: Ground) -> None:
    """20 * 20 - 4 * 4 = 384 m² of lot; a setback of 2 m along 20 m of street takes 40 m² and does not reach
    the hole, which begins 8 m behind it: 344 m². The hole's edges face no street.
    """
    ground.zone(box(-100, -100, 100, 100))
    ground.street((-80, -6), (80, -6))
    outer, inner = box(0, 0, 20, 20), box(8, 8, 12, 12)
    entry = ground.entry(ground.parcel(f"{outer[:-2]}, {inner[len('MULTIPOLYGON((') :]}"))
    assert entry["net_area_m2"] == pytest.approx(384.0)
    assert entry["buildable_m2"] == pytest.approx(400 - 16 - 40, abs=0.01)
    assert [front["length_m"] for front in entry["frontages"]] == [pytest.approx(20.0)]


def test_a_parcel_in_two_zones_is_apportioned(ground: Ground) -> None:
    """The lot of 400 m² lies half in each zone. Table 2.8 at 400 m², half way from 300 (60 %) to 500 (50 %):
    55 %, less than the west's 60 %, more than the east's 40 %. 55 % of 200 m² and 40 % of 200 m²: 190 m².
    """
    ground.zone(box(-100, -100, 10, 100), max_density_pct=60.0, setback_m=0)
    ground.zone(box(10, -100, 100, 100), max_density_pct=40.0, setback_m=0)
    ground.street((-80, -6), (80, -6))
    entry = ground.entry(ground.parcel(box(0, 0, 20, 20)))
    found = [one["value"] for one in entry["lines"] if one["code"] == "density_max"]
    assert sorted(found) == [40.0, pytest.approx(55.0)]
    assert entry["footprint_max_m2"] == pytest.approx(0.55 * 200 + 0.40 * 200, abs=0.01)


def test_a_detailed_plan_over_half_a_parcel_leaves_the_other_half_to_the_general_one(ground: Ground) -> None:
    ground.zone(
        box(-100, -100, 100, 100), plan_code="QHC", plan_level="chung", max_density_pct=50.0, setback_m=0
    )
    ground.zone(
        box(10, -100, 100, 100), plan_code="QHCT", plan_level="chi_tiet", max_density_pct=30.0, setback_m=0
    )
    ground.street((-80, -6), (80, -6))
    entry = ground.entry(ground.parcel(box(0, 0, 20, 20)))
    assert entry["footprint_max_m2"] == pytest.approx(0.5 * 200 + 0.3 * 200, abs=0.02)


def test_what_a_wider_road_takes_comes_off_the_lot(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), max_density_pct=None, setback_m=0)
    ground.street((-80, -6), (80, -6), planned_width_m=16.0)
    entry = ground.entry(ground.parcel(box(0, 0, 10, 20)))
    assert entry["taken_m2"] == pytest.approx(20.0, abs=0.01)
    assert entry["net_area_m2"] == pytest.approx(180.0, abs=0.01)
    assert line(entry, "density_max")["value"] == pytest.approx(74.0, abs=0.01)
    assert entry["footprint_max_m2"] == pytest.approx(133.2, abs=0.01)


def test_a_road_drawn_by_a_plan_and_by_its_street_is_counted_once(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), setback_m=0)
    ground.zone(
        box(-80, -14, 80, 2), theme="road_reserve", function_code="DGT", red_line_m=8.0, building_line_m=11.0
    )
    ground.street((-80, -6), (80, -6), planned_width_m=16.0)
    entry = ground.entry(ground.parcel(box(0, 0, 10, 20)))
    assert entry["taken_m2"] == pytest.approx(20.0, abs=0.01)
    # The plan draws its building line 3 m behind the red one, which is more than the zone asks.
    [front] = entry["frontages"]
    assert (front["red_line_m"], front["setback_m"], front["building_line_m"]) == (8.0, 3.0, 11.0)
    assert entry["buildable_m2"] == pytest.approx(150.0, abs=0.01)
    assert {one["value"] for one in entry["lines"] if one["code"] == "building_line"} == {11.0}


def test_two_wards_do_not_part_a_parcel(ground: Ground) -> None:
    """The border of the wards runs 5 m from the west edge of a lot of 10 by 20 m. It stays one lot of 200 m²,
    with 70 % by Table 2.8 (140 m²), and lies in the ward that holds the point inside it.
    """
    whole = ground.usual()
    for code, west, east in (("28249", -100, 5), ("28261", 5, 100)):
        ground.ward(code, box(west, -100, east, 100))
    answer = ground.answer(whole)
    [entry] = answer["building"]
    assert answer["parcels"][0]["unit_now"] in {"Phường 28249", "Phường 28261"}
    assert entry["footprint_max_m2"] == pytest.approx(140.0, abs=0.01)


@pytest.mark.parametrize(
    ("uses", "function", "outcome"),
    [
        (["ODT"], "ONT", "fits"), (["ODT"], "ODT", "fits"), (["ODT", "CLN"], "ODT", "partly"),
        (["CLN"], "ODT", "differs"), (["KĐD"], "ODT", "cannot_decide"), (["TSL"], "NTS", "fits"),
        (["ODT"], "HL", "cannot_decide"), ([], "ODT", "cannot_decide"),
    ],
)  # fmt: skip
def test_land_use_against_the_plan(ground: Ground, uses: list[str], function: str, outcome: str) -> None:
    ground.zone(box(-100, -100, 100, 100), function_code=function)
    ground.street((-80, -6), (80, -6))
    parcel = ground.parcel(box(0, 0, 10, 20), land_uses=Jsonb([{"code": code} for code in uses]))
    told: Any = ground.entry(parcel)["land_use_against_plan"]
    assert told["outcome"] == outcome
    assert told["reason"]


def test_the_last_day_of_the_rules_and_the_first_without(ground: Ground) -> None:
    parcel = ground.usual()
    before = ground.entry(parcel, on=date(2026, 12, 31))
    after = ground.entry(parcel, on=date(2027, 1, 1))
    assert before["footprint_max_m2"] == pytest.approx(140.0, abs=0.01)
    assert (after["footprint_max_m2"], after["buildable"]) == (None, None)
    for code in ("density_max", "far_max", "setback"):
        told = line(after, code)
        assert (told["value"], told["outcome"], told["rule"]) == (None, "cannot_decide", None)
        assert "chưa được nạp" in told["reason"]
        assert "QCVN 01:2026/BXD" in told["reason"]
    # What the plan itself states is still told as what it is.
    assert line(after, "floors_max")["value"] == 4
    assert line(after, "density_max")["stated"] == 80.0


def test_before_the_rules_began_none_is_loaded(ground: Ground) -> None:
    told = line(ground.entry(ground.usual(), on=date(2021, 7, 4)), "density_max")
    assert (told["value"], told["outcome"]) == (None, "cannot_decide")
    assert "QCVN" not in told["reason"]


def test_a_cell_in_doubt_says_so_in_words(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), height_max_m=25.0)
    ground.street((-80, -10), (80, -10), width_m=20.0, planned_width_m=20.0)
    setback = line(ground.entry(ground.parcel(box(0, 0, 10, 20))), "setback")
    assert setback["value"] == 3.0
    assert setback["rule"]["verified"] is False
    assert "chưa xác minh" in setback["reason"]
    assert "chưa xác minh" in setback["rule"]["note"]


def test_every_line_has_its_ground_or_says_why_not(ground: Ground) -> None:
    for entry in ground.answer(ground.usual(), language="en")["building"]:
        for told in entry["lines"]:
            assert told["title"]
            assert (told["value"] is None) == (told["outcome"] == "cannot_decide"), told
            assert told["reason"] or told["source"], told


@pytest.mark.parametrize(("language", "units"), [("vi", ("tầng", "lần")), ("en", ("floors", "times"))])
def test_units_are_in_the_language_asked(ground: Ground, language: Any, units: tuple[str, str]) -> None:
    entry = ground.entry(ground.usual(), language=language)
    assert (line(entry, "floors_max")["unit"], line(entry, "far_max")["unit"]) == units


def test_the_rules_asked_are_listed_with_their_state(ground: Ground) -> None:
    rules = {rule["code"]: rule for rule in ground.answer(ground.usual(), on=date(2027, 1, 1))["rules"]}
    assert rules["building.density.house"]["loaded"] is False
    assert rules["building.permit.conditions"]["loaded"] is True
    assert rules["building.permit.conditions"]["verified"] is False
    assert "chưa đối chiếu" in rules["building.permit.conditions"]["state"]
