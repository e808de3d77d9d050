"""The sentence: allowed only where nothing is missing, and never more than the data says."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from gis_platform.layer.text import Text
from layers.planning.building.verdict import LABELS, Reason, Tier, verdict_of, verdict_of_all
from layers.zoning import THEMES
from tests.layers.planning.building.conftest import Ground, box
from web_map.extract.words import words as extract_words
from web_map.texts import catalogue


def _told(ground: Ground, parcel: int, **more: Any) -> Any:
    return ground.answer(parcel, **more)["verdict"]


def test_where_everything_is_known_it_says_yes_and_how_much(ground: Ground) -> None:
    told = _told(ground, ground.usual())
    assert told["tier"] == "allowed"
    assert told["sentence"].startswith("Được xây dựng nhà ở: ")
    assert "tối đa 4 tầng" in told["sentence"]
    assert "không quá 140,0 m²" in told["sentence"]
    assert "không phải giấy phép xây dựng" in told["sentence"]
    assert "chưa đối chiếu với văn bản gốc" in told["sentence"]
    assert told["reasons"] == []


def test_what_is_left_beside_a_road_is_said(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), setback_m=0)
    ground.street((-80, -6), (80, -6), planned_width_m=16.0)
    told = _told(ground, ground.parcel(box(0, 0, 10, 20)))
    assert told["tier"] == "allowed"
    assert "trên phần còn lại sau khi trừ 20,0 m² đất làm đường" in told["sentence"]


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_a_theme_without_data_takes_the_yes_away(ground: Ground, theme: str) -> None:
    ground.zone(box(-100, -100, 100, 100), themes=[one for one in THEMES if one != theme])
    ground.street((-80, -6), (80, -6))
    if theme == "land_function":
        ground.run("UPDATE layer.zoning SET theme = 'heritage', plan_themes = '{heritage}'")
    answer = ground.answer(ground.parcel(box(0, 0, 10, 20)))
    told = answer["verdict"]
    assert told["tier"] == "not_enough_data"
    assert "no_data" in {reason["code"] for reason in told["reasons"]}
    [gap] = [line for line in answer["no_data"] if line["theme"] == theme]
    assert "không có nghĩa là không bị ảnh hưởng" in gap["reason"]


@pytest.mark.parametrize(
    "made_old",
    [
        "UPDATE layer.parcels SET source_date = '2018-12-31'",
        "UPDATE layer.zoning SET source_date = '2022-06-30'",
        "UPDATE layer.streets SET source_date = '2020-06-30'",
    ],
)
def test_a_source_past_its_cycle_takes_the_yes_away(ground: Ground, made_old: str) -> None:
    parcel = ground.usual()
    ground.run(made_old)
    told = _told(ground, parcel)
    assert told["tier"] == "not_enough_data"
    assert "quá chu kỳ cập nhật" in told["sentence"]


def test_a_rule_that_is_not_loaded_takes_the_yes_away(ground: Ground) -> None:
    told = _told(ground, ground.usual(), on=date(2027, 1, 1))
    assert told["tier"] == "not_enough_data"
    assert told["reasons"][0]["code"] == "rule_not_loaded"
    assert "chưa được nạp" in told["sentence"]
    assert "QCVN 01:2026/BXD" in told["sentence"]


def test_before_the_law_on_permits_neither_yes_nor_no(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), function_code="DKV", function_name="Đất cây xanh, công viên")
    ground.street((-80, -6), (80, -6))
    parcel = ground.parcel(box(0, 0, 10, 20))
    assert _told(ground, parcel)["tier"] == "not_allowed"
    assert _told(ground, parcel, on=date(2026, 6, 30))["tier"] == "not_enough_data"


@pytest.mark.parametrize(
    ("zone", "parcel", "code"),
    [
        ({"function_code": "TMD"}, {"land_uses": Jsonb([{"code": "TMD"}])}, "rule_not_loaded"),
        ({}, {"status": "disputed"}, "status"),
        ({}, {"status": "seized"}, "status"),
        ({}, {"land_uses": Jsonb([{"code": "ODT"}, {"code": "CLN"}])}, "land_use"),
        ({}, {"land_uses": Jsonb([])}, "land_use"),
        ({"function_code": "HL"}, {}, "land_use"),
        ({"floors_max": None}, {}, "figures"),
        ({"setback_m": None, "height_max_m": None}, {}, "setback"),
    ],
)
def test_what_cannot_be_told_takes_the_yes_away(
    ground: Ground, zone: dict[str, Any], parcel: dict[str, Any], code: str
) -> None:
    ground.zone(box(-100, -100, 100, 100), **zone)
    ground.street((-80, -6), (80, -6))
    told = _told(ground, ground.parcel(box(0, 0, 10, 20), **parcel))
    assert told["tier"] == "not_enough_data"
    assert code in {reason["code"] for reason in told["reasons"]}


def test_a_corridor_takes_the_yes_away(ground: Ground) -> None:
    parcel = ground.usual()
    ground.zone(box(0, 15, 10, 30), theme="waterway_corridor", function_code="HL")
    told = _told(ground, parcel)
    assert told["tier"] == "not_enough_data"
    assert "50,0 m² nằm trong" in told["sentence"]


def test_a_cell_in_doubt_takes_the_yes_away(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), height_max_m=25.0)
    ground.street((-80, -10), (80, -10), width_m=20.0, planned_width_m=20.0)
    told = _told(ground, ground.parcel(box(0, 0, 10, 20)))
    assert told["tier"] == "not_enough_data"
    assert "chưa xác minh" in told["sentence"]


def test_no_street_takes_the_yes_away(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100))
    answer = ground.answer(ground.parcel(box(0, 0, 10, 20)))
    assert answer["verdict"]["tier"] == "not_enough_data"
    assert answer["building"][0]["buildable"] is None


def test_a_street_of_unknown_width_takes_the_yes_away(ground: Ground) -> None:
    parcel = ground.usual()
    ground.street((-8, -80), (-8, 80), name="đường Tây", width_m=None, planned_width_m=None)
    answer = ground.answer(parcel)
    assert answer["verdict"]["tier"] == "not_enough_data"
    assert "chưa có bề rộng của đường Tây" in answer["verdict"]["sentence"]
    assert answer["building"][0]["buildable"] is None


def test_a_road_over_all_of_it_is_a_no_whatever_the_rules(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100))
    ground.street((-80, -6), (80, -6), planned_width_m=60.0)
    parcel = ground.parcel(box(0, 0, 10, 20))
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        told = _told(ground, parcel, on=day)
        assert told["tier"] == "not_allowed"
        assert told["sentence"].startswith(
            "Không được xây dựng nhà ở: toàn bộ thửa đất thuộc đường quy hoạch"
        )


def test_a_no_by_old_data_says_that_it_is_old(ground: Ground) -> None:
    parcel = ground.usual(function_code="DGD", function_name="Đất giáo dục, đào tạo")
    ground.run("UPDATE layer.parcels SET source_date = '2018-12-31'")
    told = _told(ground, parcel)
    assert told["tier"] == "not_allowed"
    assert "đất ở tại đô thị (ODT) nhưng quy hoạch là đất giáo dục, đào tạo (DGD)" in told["sentence"]
    assert "quá chu kỳ cập nhật" in told["sentence"]


def test_english_says_the_same(ground: Ground) -> None:
    parcel = ground.usual()
    assert _told(ground, parcel, language="en")["sentence"].startswith("A house may be built: ")
    after = _told(ground, parcel, on=date(2027, 1, 1), language="en")
    assert after["sentence"].startswith("Not enough data to answer: ")


reasons = st.lists(
    st.builds(
        Reason,
        code=st.sampled_from(["a", "b"]),
        tier=st.sampled_from([Tier.NOT_ALLOWED, Tier.NOT_ENOUGH_DATA]),
        text=st.sampled_from([Text("lẽ một", "one"), Text("lẽ hai", "two")]),
    ),
    max_size=6,
)
_STARTS = {tier: f"{label.vi}: " for tier, label in LABELS.items()}


def test_what_stands_above_the_sentence_is_how_it_begins() -> None:
    assert [label.vi for label in LABELS.values()] == [
        "Được xây dựng nhà ở",
        "Không được xây dựng nhà ở",
        "Chưa đủ dữ liệu để trả lời",
    ]
    for language in ("vi", "en"):
        for words in (catalogue(language), extract_words(language)):
            for tier, label in LABELS.items():
                assert words[f"verdict.{tier.value}"] == label.in_language(language)


def test_every_reason_is_named_in_the_sentence(ground: Ground) -> None:
    ground.zone(box(-100, -100, 100, 100), floors_max=None, themes=["land_function"])
    ground.street((-80, -6), (80, -6), planned_width_m=16.0)
    parcel = ground.parcel(box(0, 0, 10, 20), status="disputed")
    for language in ("vi", "en"):
        told = _told(ground, parcel, language=language)
        assert len(told["reasons"]) >= 4
        assert all(reason["text"] in told["sentence"] for reason in told["reasons"])
    ground.run("UPDATE layer.zoning SET function_code = 'DKV', function_name = 'Đất cây xanh'")
    told = _told(ground, parcel)
    assert told["tier"] == "not_allowed"
    assert "; ngoài ra, " in told["sentence"]
    assert all(reason["text"] in told["sentence"] for reason in told["reasons"])


@pytest.mark.parametrize(
    ("general", "tier", "weighs"),
    [
        ({"function_code": "DKV", "function_name": "Đất cây xanh"}, "not_enough_data", True),
        ({"function_code": "ONT", "function_name": "Đất ở nông thôn"}, "allowed", False),
        ({"function_code": "ODT", "function_name": "Đất ở đô thị"}, "allowed", None),
    ],
)
def test_plans_that_clash_are_a_reason(
    ground: Ground, general: dict[str, Any], tier: str, *, weighs: bool | None
) -> None:
    ground.zone(box(-200, -200, 200, 200), plan_code="QHC", plan_level="chung", **general)
    told = _told(ground, ground.usual())
    assert told["tier"] == tier
    found = [reason["text"] for reason in told["reasons"] if reason["code"] == "clash"]
    assert len(found) == (weighs is not None)
    for text in found:
        assert f"quy hoạch chung là {general['function_name'].replace('Đ', 'đ', 1)}" in text
        assert "quy hoạch phân khu là đất ở đô thị (ODT)" in text
        assert "thông lệ chưa xác minh" in text
        assert text in told["sentence"]


def test_plans_of_one_level_that_clash_cannot_be_decided(ground: Ground) -> None:
    ground.zone(box(5, -200, 200, 200), plan_code="QHPK-2", function_code="DKV", function_name="Đất cây xanh")
    told = _told(ground, ground.usual())
    [reason] = [one["text"] for one in told["reasons"] if one["code"] == "clash"]
    assert "đồ án cùng cấp" in reason
    assert told["tier"] == "not_enough_data"


@given(reasons)
def test_yes_is_said_only_without_a_reason_against(found: list[Reason]) -> None:
    verdict = verdict_of(found, Text("được", "yes"), None)
    assert (verdict.tier is Tier.ALLOWED) == (found == [])
    assert verdict.sentence.vi.startswith(_STARTS[verdict.tier])
    # One sentence.
    assert verdict.sentence.vi.count(".") == verdict.sentence.en.count(".") == 1


@given(st.lists(reasons, min_size=1, max_size=4))
def test_of_several_parcels_yes_needs_all(each: list[list[Reason]]) -> None:
    verdicts = [verdict_of(found, Text("được", "yes"), None) for found in each]
    tiers = {verdict.tier for verdict in verdicts}
    together = verdict_of_all(verdicts)
    assert together.tier is (tiers.pop() if len(tiers) == 1 else Tier.NOT_ENOUGH_DATA)
    assert together.sentence.vi.startswith(_STARTS[together.tier])
