"""A number between neighbours: in order, of its side's parity, free, and with room for the vacant lots."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.numbering.between import between, of_parity

SIDES = st.sampled_from(["left", "right"])
NUMBERS = st.tuples(st.integers(1, 60), st.sampled_from(["", "a", "b", "bis"]))


@given(
    side=SIDES,
    ends=st.tuples(st.none() | NUMBERS, st.none() | NUMBERS),
    taken=st.sets(NUMBERS, max_size=40),
    vacant=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_whatever_is_proposed_is_free_and_in_order(side: Any, ends: Any, taken: Any, vacant: Any) -> None:
    before, after = ends
    choice = between(before, after, side, taken, *vacant)
    for number in (*([choice.number] if choice.number else []), *choice.alternatives):
        assert number not in taken
        assert before is None or number > before
        assert after is None or number < after
        assert of_parity(number[0], side) or number[0] == before[0]
    assert len(set(choice.alternatives) | {choice.number}) == len(choice.alternatives) + 1
    assert (choice.number is None) == (choice.how is None)


@given(side=SIDES, lots=st.integers(1, 30), order=st.randoms())
def test_lots_that_come_in_any_order_each_get_their_own(side: Any, lots: int, order: Any) -> None:
    """A row without a number, filled lot by lot at random, ends numbered in order without a gap."""
    given_: dict[int, Any] = {}
    turns = list(range(lots))
    order.shuffle(turns)
    for lot in turns:
        behind = [n for n in given_ if n < lot]
        ahead = [n for n in given_ if n > lot]
        first, last = max(behind, default=-1), min(ahead, default=lots)
        choice = between(
            given_.get(first), given_.get(last), side, given_.values(), lot - first - 1, last - lot - 1
        )
        assert choice.how == "free"
        assert choice.enough
        given_[lot] = choice.number
    first = 1 if side == "left" else 2
    assert [given_[lot] for lot in range(lots)] == [(first + 2 * lot, "") for lot in range(lots)]


@pytest.mark.parametrize(
    ("before", "after", "taken", "number"),
    [
        ((11, ""), (13, ""), [], (11, "a")),
        ((11, ""), (13, ""), [(11, "a")], (11, "b")),
        ((11, "a"), (13, ""), [], (11, "b")),
        ((11, "bis"), (13, ""), [], (11, "c")),
        ((11, ""), (11, "a"), [], None),
        (None, (1, ""), [], None),
        ((15, ""), (9, ""), [], None),
        ((11, ""), (15, ""), [(13, "")], (11, "a")),
        (None, None, [], (1, "")),
    ],
)
def test_between_neighbours_on_the_left(before: Any, after: Any, taken: Any, number: Any) -> None:
    assert between(before, after, "left", taken).number == number


def test_too_few_numbers_for_the_vacant_lots_are_told() -> None:
    choice = between((1, ""), (7, ""), "left", [], 1, 3)
    assert (choice.number, choice.enough) == ((5, ""), False)
