"""What must hold of any parcel and any street: nothing is lost, and nothing lies outside."""

from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from layers.planning.building.frontage import frontages
from layers.planning.building.ground import Kept, Net, net_of, outline_of
from layers.planning.building.reading import Street


# Maps are drawn to the millimetre.
def _metres(least: int, most: int) -> st.SearchStrategy[float]:
    return st.integers(least * 1000, most * 1000).map(lambda millimetres: millimetres / 1000)


metres = _metres(4, 60)


@st.composite
def lots(draw: st.DrawFn) -> BaseGeometry:
    """A convex lot of four to seven corners, at times with a hole, anyhow turned."""
    corners = draw(st.lists(st.tuples(metres, metres), min_size=4, max_size=7, unique=True))
    lot: BaseGeometry = shapely.MultiPoint(corners).convex_hull.buffer(
        draw(st.floats(0.5, 5)), join_style="mitre"
    )
    if draw(st.booleans()):
        lot = lot.difference(lot.centroid.buffer(1))
    return affinity.rotate(lot, draw(st.floats(0, 360)))


@st.composite
def streets(draw: st.DrawFn) -> Street:
    width = draw(st.floats(3, 20))
    planned = draw(st.none() | st.floats(width, width + 20))
    points = draw(st.lists(st.tuples(_metres(-60, 120), _metres(-60, 120)), min_size=2, max_size=4))
    line = shapely.LineString(points) if len(set(points)) > 1 else shapely.LineString([(0, 0), (60, 0)])
    return Street(draw(st.integers(1, 9)), "Thử", "duong_pho", width, planned, line, date(2026, 1, 1), False)


def _near(least: int) -> st.SearchStrategy[list[Street]]:
    """Some streets, each with an id of its own."""
    return st.lists(streets(), min_size=least, max_size=3, unique_by=lambda street: street.id)


#: Metres. Where two grounds share an edge to the last bit, an overlay without a grid may answer with all of
#: the smaller; so these are measured in one of a nanometre, which costs no millionth of a square metre.
_GRID = 1e-9


def _beyond(ground: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """What of the one is not of the other, measured apart from how the product cuts."""
    return shapely.difference(ground, other, grid_size=_GRID)


@settings(max_examples=150, deadline=None)
@given(lots(), _near(0), st.floats(0, 8))
def test_the_three_parts_are_the_parcel(lot: BaseGeometry, near: list[Street], setback: float) -> None:
    net = net_of(lot, [(1, lot.intersection(shapely.box(20, -90, 24, 150)))], near)
    faced = [front.street for front in frontages(lot, near)]
    outline = outline_of(net, [Kept(setback, street=street) for street in faced])
    kept = _beyond(net.geometry, outline).area
    assert outline.area + kept + net.taken_m2 == pytest.approx(lot.area, abs=1e-6)
    assert _beyond(outline, lot).area == pytest.approx(0, abs=1e-6)
    taken = _beyond(lot, net.geometry)
    shared = shapely.intersection(outline, taken, grid_size=_GRID)
    assert shared.area == pytest.approx(0, abs=1e-6)
    assert _beyond(outline, net.geometry).area == pytest.approx(0, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(lots(), _near(1), st.floats(0, 4), st.floats(0, 4))
def test_a_larger_setback_never_leaves_more(
    lot: BaseGeometry, near: list[Street], one: float, other: float
) -> None:
    net = Net(lot, lot, ())
    small, large = (outline_of(net, [Kept(m, street=s) for s in near]).area for m in sorted((one, other)))
    assert large <= small + 1e-6


@settings(max_examples=100, deadline=None)
@given(lots(), streets())
def test_no_more_is_faced_than_the_parcel_has_edge(lot: BaseGeometry, street: Street) -> None:
    for front in frontages(lot, [street]):
        assert 1 <= front.length_m <= lot.length + 1e-6
        # What is faced is near: half of the wider road and a verge of 2 m.
        assert lot.distance(street.line) <= max(street.width_m or 0, street.planned_width_m or 0) / 2 + 2


@pytest.mark.parametrize("against_the_clock", [True, False])
def test_a_side_edge_and_a_rear_edge_face_nothing(against_the_clock: bool) -> None:
    lot = shapely.box(0, 0, 10, 20, ccw=against_the_clock)
    street = Street(1, "Thử", "duong_pho", 12.0, None, shapely.LineString([(-50, -6), (50, -6)]),
                    date(2026, 1, 1), False)  # fmt: skip
    [front] = frontages(lot, [street])
    assert front.length_m == pytest.approx(10)


def test_a_lot_at_the_end_of_an_alley_faces_it() -> None:
    alley = Street(
        1, "Hẻm", "hem", 4.0, None, shapely.LineString([(5, -50), (5, -1)]), date(2026, 1, 1), False
    )
    [front] = frontages(shapely.box(3, 0, 7, 20), [alley])
    assert front.length_m == pytest.approx(4)


def test_a_lot_behind_another_faces_nothing() -> None:
    street = Street(1, "Thử", "duong_pho", 12.0, None, shapely.LineString([(-50, -6), (50, -6)]),
                    date(2026, 1, 1), False)  # fmt: skip
    assert frontages(shapely.box(0, 15, 10, 30), [street]) == []
