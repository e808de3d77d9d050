"""What the README says to try is there to be found, in a city of any size."""

import re
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest
import shapely

from etl.demo.founding import DEFAULT_PARCELS, DEFAULT_SEED, make_city
from etl.demo.parcels import parcels
from gis_platform.geometry.crs import transform_coordinates
from layers.references.parcel import parse_parcel_reference
from tests.conftest import SMALL_CITY
from tests.etl.demo.conftest import Rows, gathered

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
WELL_INSIDE_M = 3.0


@pytest.mark.parametrize("size", [SMALL_CITY, DEFAULT_PARCELS, 1_000_000])
def test_the_parcel_that_is_searched_for_exists(size: int) -> None:
    reference = parse_parcel_reference("tờ 12 thửa 45")
    assert "`tờ 12 thửa 45`" in README
    assert reference is not None
    for batch in parcels(make_city(DEFAULT_SEED, size)):
        hit = pc.and_(
            pc.equal(batch["sheet_no"], reference.sheet_no), pc.equal(batch["parcel_no"], reference.parcel_no)
        )
        if pc.any(hit).as_py():
            return
    pytest.fail(f"no parcel 45 on any sheet 12 among {size}")


def _point() -> shapely.Point:
    """The point of the look-up in the README, EPSG:9210."""
    found = re.search(r"lookup\?point=([0-9.]+),([0-9.]+)'", README)
    assert found is not None
    return shapely.Point(transform_coordinates(np.array([[float(found[1]), float(found[2])]]), 4326, 9210)[0])


def test_the_point_that_is_looked_up_lies_in_a_lot(lots: Rows) -> None:
    small = gathered(parcels(make_city(DEFAULT_SEED, SMALL_CITY)))
    for rows in (lots, small):
        (lot,) = rows.shapes[shapely.contains(rows.shapes, _point())]
        assert _point().distance(lot.boundary) > WELL_INSIDE_M


def test_the_number_is_there_in_phuong_7_too(lots: Rows) -> None:
    """Phường 7 is 28255 of the data of 2018."""
    numbers = zip(lots.column("unit_code"), lots.column("sheet_no"), lots.column("parcel_no"), strict=True)
    assert ("28255", "12", "45") in set(numbers)
