"""The table of densities against values worked out by hand, and what must hold of any lot."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import layers
from layers.planning.building.density import DensityTable

_SET = Path(layers.__path__[0]) / "rule_sets" / "qcvn_01_2021_bxd.toml"
_RULES = {rule["code"]: rule for rule in tomllib.loads(_SET.read_text("utf-8"))["rules"]}
TABLE = DensityTable.of(_RULES["building.density.house"]["value"])


@pytest.mark.parametrize(
    ("lot", "per_cent", "footprint"),
    [
        (50, 100, 50), (90, 100, 90), (95, 95, 90.25), (100, 90, 90), (150, 80, 120), (200, 70, 140),
        (250, 65, 162.5), (300, 60, 180), (400, 55, 220), (500, 50, 250), (750, 45, 337.5),
        (1000, 40, 400), (2000, 40, 800),
    ],
)  # fmt: skip
def test_golden_values(lot: float, per_cent: float, footprint: float) -> None:
    assert TABLE.at(lot) == pytest.approx(per_cent)
    assert TABLE.at(lot) * lot / 100 == pytest.approx(footprint)


def test_a_lot_of_95_bears_more_than_one_of_100() -> None:
    assert TABLE.at(95) * 95 > TABLE.at(100) * 100


@given(st.floats(0.1, 5000), st.floats(0.1, 5000))
def test_a_larger_lot_is_never_denser(one: float, other: float) -> None:
    small, large = sorted((one, other))
    assert TABLE.at(small) >= TABLE.at(large) - 1e-9
    assert 40 <= TABLE.at(large) <= 100
