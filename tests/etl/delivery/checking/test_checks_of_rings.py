"""Faults within one geometry, each with a shape that has it and one that nearly has."""

from typing import Any

import pytest
import shapely
from shapely import MultiPolygon, Polygon, box
from shapely.affinity import translate

from tests.support.checked import Check
from tests.support.delivered import EAST, NORTH, Sample, parcels

HOLE = Polygon(box(0, 0, 20, 20).exterior, [box(0.0005, 5, 10, 10).exterior])
SPIKE = Polygon([(0, 0), (10, 0), (10, 10), (30, 10.02), (10, 10.04), (10, 20), (0, 20)])
TWICE = Polygon([(0, 0), (10, 0), (10, 10), (10, 10.0005), (10, 20), (0, 20)])
CASES = [
    ("near_vertices", TWICE, 1),
    ("near_vertices", Polygon([(0, 0), (10, 0), (10, 10), (10, 10.002), (10, 20), (0, 20)]), 0),
    ("spike", SPIKE, 1),
    ("spike", Polygon([(0, 0), (10, 0), (10, 10), (30, 10.5), (10, 11), (10, 20), (0, 20)]), 0),
    ("rings_touch", HOLE, 1),
    ("rings_touch", Polygon(box(0, 0, 20, 20).exterior, [box(0.01, 5, 10, 10).exterior]), 0),
    ("small_area", MultiPolygon([box(0, 0, 10, 20), box(15, 0, 15.5, 0.5)]), 1),
    ("small_area", MultiPolygon([box(0, 0, 10, 20), box(15, 0, 16, 1)]), 0),
    ("sliver", box(0, 0, 0.1, 20), 1),
    ("sliver", box(0, 0, 0.5, 20), 0),
]


def _alone(shape: Any) -> Sample:
    moved = translate(shape, EAST, NORTH)
    return Sample({**parcels(1).columns}, [moved])


@pytest.mark.parametrize(("code", "shape", "count"), CASES)
def test_a_ring_is_told_with_its_place(check: Check, code: str, shape: Any, count: int) -> None:
    found = check(_alone(shape))
    assert found.counts.get(code, 0) == count
    for fault in found.of(code):
        assert fault.row == 1
        assert fault.place is not None
        assert "%s" not in fault.vi + fault.en


def test_the_tip_of_a_spike_is_the_place(check: Check) -> None:
    (fault,) = check(_alone(SPIKE)).of("spike")
    assert fault.place is not None
    ((x, y),) = shapely.get_coordinates(shapely.from_wkt(fault.place))
    assert (x - EAST, y - NORTH) == pytest.approx((30, 10.02), abs=0.01)


def test_a_line_is_looked_at_for_vertices_only(check: Check) -> None:
    line = shapely.LineString([(0, 0), (5, 0), (5, 0.0004), (0, 0.0004)])
    moved = translate(line, EAST, NORTH)
    found = check(Sample({"name": ["Lê Lợi"], "kind": ["street"]}, [moved]), "streets")
    assert found.counts == {"near_vertices": 1}
