"""The line on the house number rests on the register, on the day asked about."""

from datetime import date
from typing import Any

import pytest

from tests.layers.permits.conftest import Check, line
from tests.layers.planning.building.conftest import E0, N0, Ground


@pytest.fixture
def lot(ground: Ground) -> int:
    return ground.usual()


def _number(ground: Ground, lot: int | None, state: str, number: int = 12, **more: Any) -> None:
    told: dict[str, Any] = {
        "document": "7/QĐ-UBND",
        "issued_on": "2026-12-20",
        "valid_from": "2026-12-20",
        "y": 0.0,
    } | more
    parcel = "NULL" if lot is None else str(lot)
    ground.run(
        "INSERT INTO layer.house_numbers (street_id, alley_path, number, suffix, state, parcel_id, "  # noqa: S608
        f"unit_code, document, issued_on, source_date, valid_from, geom) SELECT id, '[]', {number}, '', "
        f"'{state}', {parcel}, '28249', '{told['document']}', '{told['issued_on']}', '2026-12-20', "
        f"'{told['valid_from']}', "
        f"ST_SetSRID(ST_MakePoint({E0 + 5}, {N0 + told['y']}), 9210) FROM layer.streets LIMIT 1"
    )


def _told(check: Check, **more: Any) -> tuple[str, str]:
    found = line(check(1, 3, 9, 12, **more), "house_number")
    return found["outcome"], found["reason"]


def test_a_number_that_was_given_passes_and_is_named(ground: Ground, lot: int, check: Check) -> None:
    _number(ground, lot, "issued")
    assert _told(check) == ("pass", "Số nhà 12 đường Thử đã cấp (7/QĐ-UBND, ngày 20/12/2026).")


def test_a_house_with_two_numbers_has_both(ground: Ground, lot: int, check: Check) -> None:
    _number(ground, lot, "issued")
    _number(ground, lot, "issued", 14)
    outcome, words = _told(check)
    assert outcome == "pass"
    assert words.index("12 đường Thử") < words.index("14 đường Thử")


@pytest.mark.usefixtures("lot")
def test_a_number_at_the_gate_is_that_of_the_lot(ground: Ground, check: Check) -> None:
    _number(ground, None, "issued", y=-2.0)
    assert _told(check)[0] == "pass"


@pytest.mark.usefixtures("lot")
def test_a_gate_elsewhere_is_not(ground: Ground, check: Check) -> None:
    _number(ground, None, "issued", y=-4.0)
    assert _told(check)[0] == "cannot_decide"


@pytest.mark.parametrize(("state", "words"), [("reserved", "đang được dành"), ("planned", "đang dự kiến")])
def test_a_number_not_given_yet_says_so(
    ground: Ground, lot: int, check: Check, state: str, words: str
) -> None:
    _number(ground, lot, state)
    outcome, told = _told(check)
    assert outcome == "cannot_decide"
    assert told.startswith(f"Số 12 đường Thử {words}")
    assert "“Cấp số nhà”" in told


@pytest.mark.parametrize("state", [None, "retired"])
def test_without_a_number_it_says_how_to_apply(
    ground: Ground, lot: int, check: Check, state: str | None
) -> None:
    if state is not None:
        _number(ground, lot, state)
    assert _told(check) == (
        "cannot_decide",
        "Thửa đất chưa có số nhà trong sổ số nhà. Hãy nộp hồ sơ “Cấp số nhà” tại bộ phận một cửa của phường, "
        "xã.",
    )


@pytest.mark.usefixtures("lot")
def test_an_address_of_the_cadastre_is_no_number_given(ground: Ground, check: Check) -> None:
    ground.run("UPDATE layer.parcels SET address = '12/5 Ấp Bắc'")
    outcome, told = _told(check)
    assert outcome == "cannot_decide"
    assert "ghi địa chỉ 12/5 Ấp Bắc" in told
    assert "“Cấp số nhà”" in told


def test_the_register_is_that_of_the_day(ground: Ground, lot: int, check: Check) -> None:
    ground.run("UPDATE layer.parcels SET address = '12/5 Ấp Bắc'")
    _number(ground, lot, "issued")
    assert _told(check, on=date(2026, 12, 20))[0] == "pass"
    outcome, told = _told(check, on=date(2026, 12, 19))
    assert outcome == "cannot_decide"
    assert "vào ngày 19/12/2026" in told
