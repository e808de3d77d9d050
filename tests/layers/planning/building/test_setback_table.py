"""The table of setbacks: its borders, and the cells that the copies leave in doubt."""

import pytest

from layers.planning.building.setback import Cell, SetbackTable
from tests.layers.planning.building.test_density import _RULES

TABLE = SetbackTable.of(_RULES["building.setback"]["value"])


@pytest.mark.parametrize(
    ("road", "height", "cell"),
    [
        (8, 10, Cell(0, False)), (18.99, 18.99, Cell(0, False)), (18.99, 19, Cell(3, False)),
        (12, 21.9, Cell(3, False)), (12, 22, Cell(4, False)), (12, 27.9, Cell(4, False)),
        (12, 28, Cell(6, False)), (12, 90, Cell(6, False)), (19, 18, Cell(0, False)),
        (19, 19, Cell(0, True)), (21.9, 22, Cell(3, True)), (19, 28, Cell(6, True)),
        (22, 18, Cell(0, False)), (22, 27, Cell(0, True)), (60, 28, Cell(6, True)),
    ],
)  # fmt: skip
def test_golden_cells(road: float, height: float, cell: Cell) -> None:
    assert TABLE.at(road, height) == cell


def test_it_is_not_for_alleys() -> None:
    assert not TABLE.is_for("hem")
    assert TABLE.is_for("duong_pho")
