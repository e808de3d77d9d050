"""A delivery in the wrong grid or with swapped axes is told from its bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_platform.geometry.crs import VN2000_SRIDS, UnknownCrs
from gis_platform.geometry.envelope import Bounds, Verdict, envelope_in, guess_axis_swap

# The five wards.
CITY: Bounds = (106.25, 10.30, 106.45, 10.45)
PART: Bounds = (106.35, 10.34, 106.37, 10.36)
METRIC = sorted(VN2000_SRIDS - {4756})


def swapped(bounds: Bounds) -> Bounds:
    return bounds[1], bounds[0], bounds[3], bounds[2]


@pytest.mark.parametrize("srid", [9210, 5897, 3405, 4326, 4756, 3857])
def test_data_in_its_declared_system_fits(srid: int) -> None:
    check = guess_axis_swap(envelope_in(srid, PART), CITY, srid)
    assert check.fits
    assert check.likely_srids == (srid,)


@pytest.mark.parametrize("srid", [9210, 5897, 4326])
def test_swapped_axes_are_named(srid: int) -> None:
    check = guess_axis_swap(swapped(envelope_in(srid, PART)), CITY, srid)
    assert check.verdict is Verdict.SWAPPED_AXES
    assert check.swapped
    assert "Exchange the two columns" in check.sentence


def test_the_northing_is_what_vietnamese_tables_call_x() -> None:
    check = guess_axis_swap((1_145_000, 567_000, 1_146_000, 568_000), CITY, 9210)
    assert "call X the northing" in check.sentence


@pytest.mark.parametrize("true_srid", METRIC)
def test_every_grid_declared_as_another_is_recognised(true_srid: int) -> None:
    declared = 9210 if true_srid != 9210 else 5897
    check = guess_axis_swap(envelope_in(true_srid, PART), CITY, declared)
    assert check.verdict is Verdict.OTHER_CRS
    assert true_srid in check.likely_srids
    assert f"EPSG:{true_srid}" in check.sentence
    # UTM 48N and zone 482 share a meridian and lie 345 m apart here: bounds cannot part them.
    assert set(check.likely_srids) <= {true_srid, *({5897, 3405} if true_srid in (5897, 3405) else set())}


def test_degrees_declared_as_a_grid() -> None:
    check = guess_axis_swap(PART, CITY, 9210)
    assert check.likely_srids == (4326, 4756)
    assert "look like EPSG:4326 or EPSG:4756" in check.sentence


def test_swapped_degrees_declared_as_a_grid() -> None:
    check = guess_axis_swap(swapped(PART), CITY, 9210)
    assert check.verdict is Verdict.OTHER_CRS
    assert check.swapped
    assert "with swapped axes" in check.sentence


@pytest.mark.parametrize(
    "bounds",
    [(105.8, 21.0, 105.9, 21.1), (0.0, 0.0, 0.0, 0.0), (9e9, 9e9, 9e9, 9e9)],
    ids=["Hà Nội", "the null island", "far away"],
)
def test_data_of_another_place_is_outside(bounds: Bounds) -> None:
    check = guess_axis_swap(bounds, CITY, 4326)
    assert check.verdict is Verdict.OUTSIDE
    assert "outside the city" in check.sentence


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_coordinates_that_are_not_numbers_are_outside(value: float) -> None:
    check = guess_axis_swap((value, 10.0, value, 10.0), CITY, 4326)
    assert check.verdict is Verdict.OUTSIDE
    assert "not numbers" in check.sentence


def test_unknown_declared_system_is_an_error() -> None:
    with pytest.raises(UnknownCrs):
        guess_axis_swap(PART, CITY, 123_456)


@settings(deadline=None)
@given(
    lon=st.floats(CITY[0], CITY[2] - 0.01),
    lat=st.floats(CITY[1], CITY[3] - 0.01),
    srid=st.sampled_from([9210, 5897, 4326]),
)
def test_any_part_of_the_city_fits_and_its_mirror_does_not(lon: float, lat: float, srid: int) -> None:
    there = envelope_in(srid, (lon, lat, lon + 0.01, lat + 0.01))
    assert np.isfinite(there).all()
    assert guess_axis_swap(there, CITY, srid).fits
    assert guess_axis_swap(swapped(there), CITY, srid).verdict is Verdict.SWAPPED_AXES
