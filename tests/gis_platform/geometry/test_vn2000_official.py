"""VN-2000 to WGS 84 is EPSG:6960 in Python: the golden point, and not the value PROJ picks by itself."""

import re

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from pyproj.transformer import TransformerGroup

from gis_platform.geometry.crs import (
    VN2000_SRIDS,
    UnknownCrs,
    gdal_coordinate_operation,
    is_vn2000,
    proj4_definition,
    transform_coordinates,
    transform_geometries,
    transformer,
    vn2000_pipeline,
)
from gis_platform.geometry.pinned_grids import DEFAULT_GRID, GRID, LON_LAT

# Tiền Giang and Đồng Tháp before the merger, with room.
LONGITUDES = st.floats(105.0, 107.0)
LATITUDES = st.floats(9.9, 11.0)


def test_golden_point_both_ways() -> None:
    assert transformer(4326, 9210).point(*LON_LAT) == pytest.approx(GRID, abs=0.001)
    assert transformer(9210, 4326).point(*GRID) == pytest.approx(LON_LAT, abs=1e-8)


def test_the_default_of_proj_is_not_produced() -> None:
    default = Transformer.from_crs(4326, 9210, always_xy=True).transform(*LON_LAT)
    assert default == pytest.approx(DEFAULT_GRID, abs=0.001), "PROJ changed its default: read the note again"
    ours = transformer(4326, 9210).point(*LON_LAT)
    assert np.hypot(ours[0] - default[0], ours[1] - default[1]) == pytest.approx(0.80, abs=0.01)


def test_pipeline_is_the_operation_that_epsg_calls_vn2000_to_wgs84_2() -> None:
    official = next(
        operation
        for operation in TransformerGroup(9210, 4326, always_xy=True).transformers
        if "VN-2000 to WGS 84 (2)" in operation.description
    )
    assert transformer(9210, 4326).point(*GRID) == pytest.approx(official.transform(*GRID), abs=1e-11)
    assert vn2000_pipeline(9210).replace("+", "") == official.definition


@pytest.mark.parametrize("srid", sorted(VN2000_SRIDS))
def test_every_grid_equals_the_official_operation(srid: int) -> None:
    official = next(
        operation
        for operation in TransformerGroup(srid, 4326, always_xy=True).transformers
        if "VN-2000 to WGS 84 (2)" in operation.description
    )
    there = transformer(4326, srid).point(*LON_LAT)
    assert official.transform(*there) == pytest.approx(LON_LAT, abs=1e-9)


@settings(deadline=None)
@given(lon=LONGITUDES, lat=LATITUDES, srid=st.sampled_from(sorted(VN2000_SRIDS - {4756})))
def test_round_trip_stays_within_a_millimetre(lon: float, lat: float, srid: int) -> None:
    start = transform_coordinates(np.array([[lon, lat]]), 4326, 9210)
    over = transform_coordinates(start, 9210, srid)
    back = transform_coordinates(over, srid, 9210)
    assert np.abs(back - start).max() < 0.001


@settings(deadline=None)
@given(lon=LONGITUDES, lat=LATITUDES)
def test_grid_to_grid_keeps_the_ground_distance(lon: float, lat: float) -> None:
    wgs84 = np.array([[lon, lat]])
    through_5897 = transform_coordinates(transform_coordinates(wgs84, 4326, 5897), 5897, 3857)
    direct = transform_coordinates(wgs84, 4326, 3857)
    assert np.abs(through_5897 - direct).max() < 0.001


def test_geometries_are_moved_marked_and_none_is_kept() -> None:
    square = shapely.box(567_200, 1_145_100, 567_300, 1_145_200)
    moved = transform_geometries(np.array([square, None], dtype=object), 9210, 4326)
    assert moved[1] is None
    assert shapely.get_srid(moved[0]) == 4326
    back = transform_geometries(moved, 4326, 9210)
    assert back[0].area == pytest.approx(10_000, abs=0.01)
    assert shapely.get_srid(square) == 0


def test_proj4_definition_has_the_rotation_signs_of_towgs84() -> None:
    towgs84 = re.search(r"\+towgs84=(\S+)", proj4_definition(9210))
    assert towgs84 is not None
    assert towgs84[1] == (
        "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"
    )


def test_other_systems_take_an_operation_of_stated_accuracy() -> None:
    assert transformer(3857, 4326).point(11_799_866.024, 1_118_889.975) == pytest.approx((106, 10), abs=1e-7)
    # The fundamental point of the Swiss grid lies in Bern.
    assert transformer(2056, 4326).point(2_600_000, 1_200_000) == pytest.approx((7.43863, 46.95108), abs=1e-5)
    paris = transformer(2154, 4326).point(652_469.02, 6_862_035.26)
    assert paris == pytest.approx((2.3522, 48.8566), abs=1e-4)
    assert transformer(2154, 9210).steps[-1] == transformer(4326, 9210).steps[-1]
    assert transformer(9210, 9210).point(*GRID) == GRID


@pytest.mark.parametrize("srid", [0, -1, 123_456, 5727])
def test_unknown_system_is_said_in_words(srid: int) -> None:
    with pytest.raises(UnknownCrs, match=f"EPSG:{srid}"):
        transformer(srid, 9210)
    assert not is_vn2000(srid)


def test_only_vn2000_grids_have_a_pinned_definition() -> None:
    for definition in (vn2000_pipeline, gdal_coordinate_operation, proj4_definition):
        with pytest.raises(UnknownCrs, match="not a VN-2000 grid"):
            definition(3857)
