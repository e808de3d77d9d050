"""Identifiers are geohashes through the official transformation, and lie in their parcel."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.geohash import geohash
from gis_platform.geometry.crs import transform_coordinates
from tests.etl.demo.conftest import Rows

_LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz"


def bounds(code: str) -> tuple[float, float, float, float]:
    """West, south, east, north of a geohash, by halving."""
    lon, lat, even = [-180.0, 180.0], [-90.0, 90.0], True
    for letter in code:
        for bit in (16, 8, 4, 2, 1):
            span = lon if even else lat
            span[0 if _LETTERS.index(letter) & bit else 1] = sum(span) / 2
            even = not even
    return lon[0], lat[0], lon[1], lat[1]


@given(st.floats(-180, 179.999), st.floats(-90, 89.999))
def test_a_geohash_holds_its_point(lon: float, lat: float) -> None:
    code = geohash(np.array([lon]), np.array([lat]))[0].as_py()
    west, south, east, north = bounds(code)
    assert len(code) == 12
    hair = 1e-9  # degrees; a cell is a hundred times as wide
    assert west - hair <= lon <= east + hair
    assert south - hair <= lat <= north + hair


def test_the_known_code_of_the_golden_point() -> None:
    point = transform_coordinates(np.array([[567_217.5, 1_145_161.5]]), 9210, 4326)
    assert geohash(point[:, 0], point[:, 1])[0].as_py() == "w3gdumj11fw2"


def test_issued_identifiers_are_unique_and_lie_in_their_parcel(lots: Rows) -> None:
    code = lots.column("identifier")
    issued = np.array([one is not None for one in code])
    assert 0.57 < issued.mean() < 0.63
    assert len(set(code[issued])) == issued.sum()
    boxes = np.array([bounds(one) for one in code[issued][:400]])
    middle = np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2], axis=1)
    grid = transform_coordinates(middle, 4326, 9210)
    assert shapely.contains_xy(lots.shapes[issued][:400], grid[:, 0], grid[:, 1]).all()
