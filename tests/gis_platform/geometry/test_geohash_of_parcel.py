"""The 12-character parcel identifier shows which transformation was used: it is finer than the error."""

import pytest
from pyproj import Transformer

from gis_platform.geometry.crs import transformer

_ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
_GRID = (567_217.5, 1_145_161.5)


def geohash(lon: float, lat: float) -> str:
    box = [[-180.0, 180.0], [-90.0, 90.0]]
    value = 0
    for bit in range(60):
        low, high = box[bit % 2]
        middle = (low + high) / 2
        above = (lon, lat)[bit % 2] >= middle
        value = value * 2 + above
        box[bit % 2] = [middle, high] if above else [low, middle]
    return "".join(_ALPHABET[value >> (5 * place) & 31] for place in range(11, -1, -1))


def test_pinned_transformation_gives_the_official_code() -> None:
    assert geohash(*transformer(9210, 4326).point(*_GRID)) == "w3gdumj11fw2"


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("w3gdumj144ef", Transformer.from_crs(9210, 4326, always_xy=True)),
        ("w3gdum5z025d", Transformer.from_crs(9210, 4756, always_xy=True)),
    ],
    ids=["the default of PROJ", "no shift of datum"],
)
def test_the_other_ways_give_other_codes(code: str, wrong: Transformer) -> None:
    assert geohash(*wrong.transform(*_GRID)) == code
