"""Parcels: clean ground, believable sizes, numbers as in a cadastre."""

import json
from collections import Counter

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.demo import facts
from etl.demo.admin_units import unit_shapes
from etl.demo.city import City
from etl.demo.founding import DEFAULT_PARCELS
from etl.demo.ground import HOUSE_M2, lay_out, make_lots
from etl.demo.waters import waters
from tests.etl.demo.conftest import Rows, gathered

_HOUSING = {"ODT", "ONT"}


def uses_of(lots: Rows) -> list[list[dict[str, object]]]:
    """The parsed land uses of each parcel."""
    return [json.loads(text) for text in lots.table["land_uses"].to_pylist()]


def houses(lots: Rows) -> NDArray[np.bool_]:
    """Which parcels are house lots."""
    return np.array([uses[0]["code"] in _HOUSING for uses in uses_of(lots)])


def test_there_are_twenty_thousand_as_of_2018(lots: Rows) -> None:
    assert lots.table.num_rows == DEFAULT_PARCELS
    assert set(lots.column("source_date")) == {facts.PARCELS_AS_OF}


def test_lots_touch_and_never_overlap(lots: Rows) -> None:
    assert shapely.is_valid(lots.shapes).all()
    assert shapely.coverage_is_valid(lots.shapes)


def test_neighbours_in_a_block_leave_no_gap(city: City) -> None:
    """A whole block of houses fills one polygon without a hole."""
    cell = next(cell for cell in city.cells if cell.kind == "quarter")
    layout = lay_out(city, cell)
    made = make_lots(city, cell, layout)
    sizes = np.diff(made.start)
    rings = shapely.linearrings(made.points, indices=np.repeat(np.arange(len(made)), sizes))
    shapes = np.asarray(shapely.polygons(rings))
    whole = [shapely.coverage_union_all(shapes[made.block == block]) for block in np.unique(made.block)]
    filled = [shape for shape in whole if isinstance(shape, shapely.Polygon)]
    assert len(filled) > 0.8 * len(whole)  # a boulevard may cut a block in two
    assert all(len(shape.interiors) == 0 for shape in filled)


def test_house_lots_measure_60_to_400_square_metres(lots: Rows) -> None:
    area = shapely.area(lots.shapes)
    house = houses(lots)
    assert house.mean() > 0.97
    assert area[house].min() >= HOUSE_M2[0]
    assert area[house].max() <= HOUSE_M2[1]
    assert np.allclose(area, lots.column("measured_area_m2").astype(float), atol=0.051)


def test_no_lot_lies_in_water(city: City, lots: Rows) -> None:
    surfaces = gathered([waters(city)]).shapes
    _, found = shapely.STRtree(lots.shapes).query(surfaces, predicate="intersects")
    assert len(found) == 0


def test_no_lot_lies_on_a_street(lots: Rows, roads: Rows) -> None:
    width = roads.column("width_m").astype(float)
    carriageway = np.array(
        [
            shapely.buffer(line, metres / 2 - 0.05, cap_style="flat")
            for line, metres in zip(roads.shapes, width, strict=True)
        ]
    )
    street, lot = shapely.STRtree(lots.shapes).query(carriageway, predicate="intersects")
    common = shapely.area(shapely.intersection(carriageway[street], lots.shapes[lot]))
    assert common.max(initial=0.0) < 0.5  # centre lines are chords of curves


def test_each_lot_lies_in_its_unit_of_2018(city: City, lots: Rows) -> None:
    shapes, code = unit_shapes(city)[0], lots.column("unit_code")
    assert set(code) == set(shapes), "every unit has parcels"
    for unit, shape in shapes.items():
        shapely.prepare(shape)
        assert shapely.covers(shape, lots.shapes[code == unit]).all(), unit


def test_land_uses_add_up_to_the_legal_area(lots: Rows) -> None:
    for uses, legal in zip(uses_of(lots), lots.column("legal_area_m2"), strict=True):
        assert 1 <= len(uses) <= 3
        assert round(sum(float(str(use["area_m2"])) for use in uses), 1) == round(legal, 1)
        assert all(float(str(use["area_m2"])) > 0 for use in uses)


def test_one_certificate_in_ten_tells_another_area(lots: Rows) -> None:
    differs = lots.column("legal_area_m2") != lots.column("measured_area_m2")
    assert 0.07 < differs.mean() < 0.12


def test_numbers_run_from_one_in_each_sheet_and_a_few_occur_twice(lots: Rows) -> None:
    sheets: dict[tuple[str, str], list[int]] = {}
    for unit, sheet, number in zip(
        lots.column("unit_code"), lots.column("sheet_no"), lots.column("parcel_no"), strict=True
    ):
        sheets.setdefault((unit, sheet), []).append(int(number))
    twice = 0
    for numbers in sheets.values():
        count = Counter(numbers)
        twice += sum(times - 1 for times in count.values())
        assert min(numbers) == 1
        assert max(numbers) <= len(numbers)
    assert 0.0005 * DEFAULT_PARCELS < twice < 0.004 * DEFAULT_PARCELS


def test_sheets_are_compact_and_numbered_from_the_north(lots: Rows) -> None:
    key = np.array(
        [f"{u}/{s}" for u, s in zip(lots.column("unit_code"), lots.column("sheet_no"), strict=True)]
    )
    number = lots.column("parcel_no").astype(int)
    for sheet in np.unique(key):
        shapes = lots.shapes[key == sheet]
        west, south, east, north = shapely.total_bounds(shapes)
        assert max(east - west, north - south) < 1_100
        first = shapes[np.argmin(number[key == sheet])]
        assert north - shapely.bounds(first)[3] < 60
