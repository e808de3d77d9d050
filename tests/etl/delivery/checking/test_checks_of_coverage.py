"""Areas that share borders and no ground: overlaps and gaps beyond the tolerance of the scale, 0.15 m."""

from typing import Any

import psycopg
import pytest
import shapely
from shapely import Polygon, box
from shapely.affinity import translate

from tests.support.checked import Check
from tests.support.delivered import EAST, NORTH, Sample, parcels

IN_FORCE = """
    INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    VALUES ('28249', %s, '1', '2018-01-01', '2018-01-01',
            ST_Multi(ST_SetSRID(CAST(%s AS geometry), core.working_srid())))
"""


def _at(*shapes: Any) -> Sample:
    """Parcels of these shapes, in metres from the first corner."""
    moved = [translate(shape, EAST, NORTH) for shape in shapes]
    return Sample({**parcels(len(shapes)).columns}, moved)


def test_neighbours_that_share_their_border_are_in_order(check: Check) -> None:
    assert check(_at(box(0, 0, 10, 20), box(10, 0, 20, 20), box(0, 20, 20, 40))).counts == {}


@pytest.mark.parametrize("less", [0.001, 0.05, 0.14])
def test_an_overlap_within_the_tolerance_is_none(check: Check, less: float) -> None:
    assert check(_at(box(0, 0, 10, 20), box(10 - less, 0, 20, 20))).counts == {}


def test_an_overlap_beyond_the_tolerance_is_told_once_with_its_ground(check: Check) -> None:
    found = check(_at(box(0, 0, 10, 20), box(9.5, 0, 20, 20), box(20, 0, 30, 20)))
    assert found.counts == {"overlap": 1}
    (fault,) = found.faults
    assert (fault.row, fault.severity) == (1, "warning")
    assert fault.en == "Overlaps row 2: 10.0 m2, about 0.49 m wide (tolerance 0.15 m)."
    assert fault.vi.startswith("Chồng lấn với dòng 2: 10,0 m², rộng tới khoảng 0,49 m")
    assert fault.place is not None
    assert shapely.from_wkt(fault.place).area == pytest.approx(10)


def test_an_area_within_another_is_the_same_ground(check: Check) -> None:
    found = check(_at(box(0, 0, 10, 20), box(2, 2, 6, 6)))
    assert [(f.code, f.severity, f.count) for f in found.findings] == [("same_ground", "warning", 1)]


def test_a_sheet_that_lies_on_another_is_told_for_each_parcel_inside(check: Check) -> None:
    sheet = [box(10 * x, 20 * y, 10 * x + 10, 20 * y + 20) for x in range(5) for y in range(5)]
    again = [translate(each, 1, 1) for each in sheet]
    found = check(_at(*sheet, *again))
    assert found.counts["same_ground"] == 25


def test_a_corner_of_one_in_another_is_an_overlap(check: Check) -> None:
    turned = Polygon([(9, 10), (20, 0), (20, 20)])
    found = check(_at(box(0, 0, 10, 20), turned))
    assert found.counts == {"overlap": 1}


def test_a_hole_filled_by_another_is_in_order(check: Check) -> None:
    ring = box(0, 0, 20, 20).difference(box(5, 5, 10, 10))
    assert check(_at(ring, box(5, 5, 10, 10))).counts == {}


def test_the_same_geometry_twice_is_told_as_that(check: Check) -> None:
    found = check(_at(box(0, 0, 10, 20), box(0, 0, 10, 20), box(10, 0, 20, 20)))
    assert found.counts == {"identical_geometry": 1}
    assert found.faults[0].row == 2


def test_a_gap_narrower_than_the_tolerance_is_told_and_a_path_is_not(check: Check) -> None:
    narrow = check(_at(box(0, 0, 10, 20), box(10.1, 0, 20, 20), box(20, 20, 30, 40)))
    assert narrow.counts == {"gap": 1}
    assert narrow.faults[0].row == 1
    assert "between rows 1 and 2" in narrow.faults[0].en
    assert check(_at(box(0, 0, 10, 20), box(10.5, 0, 20, 20))).counts == {}
    assert check(_at(box(0, 0, 10, 20), Polygon([(10, 0), (20, 0), (20, 20), (11, 20)]))).counts == {}


def test_borders_drawn_a_centimetre_apart_are_one(check: Check) -> None:
    assert check(_at(box(0, 0, 10, 20), box(10.01, 0, 20, 20), box(0, 20.01, 20, 40))).counts == {}


def test_a_border_with_more_vertices_on_one_side_is_no_gap(check: Check) -> None:
    beside = [
        Polygon([(10, 0), (20, 0), (20, 20), (10, 20), (10.0004, 10)]),
        box(0, 20, 7, 40),
        box(7, 20, 20, 40),
    ]
    assert check(_at(box(0, 0, 10, 20), *beside)).counts == {}


def test_a_new_sheet_that_overlaps_a_neighbour_in_force(check: Check, work: psycopg.Connection[Any]) -> None:
    neighbour = translate(box(-20, 0, 0.5, 20), EAST, NORTH)
    work.execute(IN_FORCE.encode(), ("99", neighbour.wkt))
    found = check(_at(box(0, 0, 10, 20), box(10, 0, 20, 20)))
    assert found.counts == {"overlap_in_force": 1}
    held = work.execute("SELECT id FROM layer.parcels").fetchone()
    assert held is not None
    assert (found.faults[0].row, found.faults[0].id) == (1, held[0])


def test_what_the_delivery_replaces_may_be_overlapped(check: Check, work: psycopg.Connection[Any]) -> None:
    replaced = translate(box(-20, 0, 0.5, 20), EAST, NORTH)
    work.execute(IN_FORCE.encode(), ("12", replaced.wkt))
    split = translate(box(0, 0, 21, 20), EAST, NORTH)
    work.execute(IN_FORCE.encode(), ("99", split.wkt))
    assert check(_at(box(0, 0, 10, 20), box(10, 0, 20, 20))).counts == {}


def test_what_is_in_force_as_it_is_was_looked_at_before(check: Check, work: psycopg.Connection[Any]) -> None:
    sample = _at(box(0, 0, 10, 20), box(9.5, 0, 20, 20), box(20, 0, 30, 20))
    for shape in sample.shapes[:2]:
        assert shape is not None
        work.execute(IN_FORCE.encode(), ("12", shape.wkt))
    assert check(sample).counts == {}


def test_areas_of_another_group_may_lie_on_one_another(check: Check) -> None:
    shapes: list[Any] = [translate(box(0, 0, 900, 900), EAST, NORTH) for _ in range(3)]
    shapes[2] = translate(shapes[2], 300, 0)
    units = {
        "code": ["1", "1", "2"],
        "name": ["a", "a", "b"],
        "full_name": ["a", "a", "b"],
        "kind": ["xa"] * 3,
    }
    found = check(Sample({**units, "generation": [1, 2, 2]}, shapes), "admin_units")
    assert found.counts == {"same_ground": 1}
