"""Houses along a line: neighbours, and what is irregular, least things first."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from layers.numbering.between import of_parity
from layers.numbering.placed import Placed, irregularities, neighbours


def _placed(number: Any, at_m: float, side: Any, id_: int = 0) -> Placed:
    return Placed(id_, number, at_m, side, "issued", None, None, (0.0, 0.0))


HOUSES = st.lists(
    st.tuples(st.integers(1, 40), st.floats(0, 100), st.sampled_from(["left", "right", None])), max_size=25
).map(lambda rows: [_placed((n, ""), at, side, id_) for id_, (n, at, side) in enumerate(rows)])


def test_a_street_in_order_has_nothing_irregular() -> None:
    row = [_placed((n, ""), 3.0 * n, "left" if n % 2 else "right", n) for n in range(1, 40)]
    assert irregularities(row) == []


def test_one_wrong_house_does_not_make_its_neighbours_wrong() -> None:
    numbers = [1, 3, 99, 5, 7, 9]
    row = [_placed((n, ""), float(place), "left", n) for place, n in enumerate(numbers)]
    assert [(kind, one.id) for kind, one in irregularities(row)] == [("out_of_order", 99)]


def test_parity_and_numbers_used_twice_are_told() -> None:
    row = [
        _placed((1, ""), 0.0, "left", 1),
        _placed((4, ""), 1.0, "left", 2),
        _placed((4, ""), 2.0, "right", 3),
    ]
    assert [(kind, one.id) for kind, one in irregularities(row)] == [
        ("same_number", 2),
        ("wrong_parity", 2),
        ("same_number", 3),
    ]


@given(HOUSES)
def test_without_those_out_of_order_the_others_ascend(row: list[Placed]) -> None:
    wrong = {one.id for kind, one in irregularities(row) if kind == "out_of_order"}
    for side in ("left", "right"):
        rest = [o for o in row if o.side == side and of_parity(o.number[0], side) and o.id not in wrong]
        numbers = [one.number for one in sorted(rest, key=lambda o: (o.at_m, o.number))]
        assert numbers == sorted(set(numbers))


@given(HOUSES, st.floats(0, 100), st.sampled_from(["left", "right"]))
def test_neighbours_are_the_nearest_of_their_side(row: list[Placed], at_m: float, side: Any) -> None:
    found = neighbours(row, at_m, side)
    for one in row:
        if one.side != side or not of_parity(one.number[0], side):
            continue
        if one.at_m <= at_m:
            assert found.before is not None
            assert found.before.at_m >= one.at_m
        else:
            assert found.after is not None
            assert found.after.at_m <= one.at_m
