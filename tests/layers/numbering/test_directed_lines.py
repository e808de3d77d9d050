"""The line to number along: one, of all pieces, from the end where the numbers begin."""

import math
from itertools import pairwise
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.numbering.directed import directed, runs_as_ruled


@pytest.mark.parametrize(
    ("degrees", "ruled"),
    # Clockwise from north, the way the street leads.
    [(180, True), (0, False), (270, True), (90, False), (225, True), (45, False), (315, True), (135, False)],
)
def test_new_streets_lead_as_the_circular_says(degrees: int, ruled: bool) -> None:
    angle = math.radians(degrees)
    line = shapely.LineString([(0, 0), (100 * math.sin(angle), 100 * math.cos(angle))])
    assert runs_as_ruled(line) is ruled
    assert runs_as_ruled(directed(line))


@given(
    places=st.lists(
        st.tuples(st.integers(0, 50), st.integers(-9, 9)), min_size=3, max_size=12, unique_by=lambda p: p[0]
    ),
    cuts=st.sets(st.integers(1, 10), max_size=3),
    turned=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_pieces_come_one_after_the_other_from_the_start(places: Any, cuts: Any, turned: Any) -> None:
    """A street cut by creeks, its pieces in any order and either way round."""
    corners = sorted((20.0 * x, float(y)) for x, y in places)
    at = [0, *sorted(cut for cut in cuts if cut < len(corners) - 1), len(corners) - 1]
    pieces = []
    for place, (first, last) in enumerate(pairwise(at)):
        piece = corners[first : last + 1]
        # A creek of a metre between two pieces.
        piece[-1] = (piece[-1][0] - 1.0, piece[-1][1])
        pieces.append(piece[::-1] if turned[place % 4] else piece)
    line = directed(shapely.MultiLineString(pieces[::-1]), corners[0])
    xs = [x for x, _ in line.coords]
    assert xs == sorted(xs)
    assert line.coords[0] == corners[0]
    again = directed(shapely.MultiLineString(pieces), corners[-1])
    assert [x for x, _ in again.coords] == sorted(xs, reverse=True)


def test_what_is_no_line_is_refused() -> None:
    with pytest.raises(ValueError, match="no line"):
        directed(shapely.GeometryCollection())
