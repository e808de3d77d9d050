"""VN-2000 to WGS 84 is EPSG:6960 in GDAL: by its warper here, by `gdaltransform -ct` where installed."""

import shutil
import subprocess

import numpy as np
import pytest
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.warp import Resampling, reproject

from gis_platform.geometry.crs import gdal_coordinate_operation
from gis_platform.geometry.pinned_grids import DEFAULT_GRID, GRID, LON_LAT

_DEGREE = 1e-6


def warped_position(**options: str) -> tuple[float, float]:
    """The grid position that GDAL's warper finds at the golden longitude and latitude.

    The source raster holds in each cell its own easting and northing, so the value read at a place in
    degrees is the grid position GDAL gave to that place.
    """
    half, size = 32, 64
    west, north = round(GRID[0]) - half, round(GRID[1]) + half
    columns, rows = np.meshgrid(np.arange(size), np.arange(size))
    # Offsets from a corner, since a full northing leaves a double no room for interpolation.
    source = np.stack([columns + 0.5, -(rows + 0.5)]).astype("float64")
    target = np.zeros((2, 9, 9))
    reproject(
        source,
        target,
        src_transform=Affine(1, 0, west, 0, -1, north),
        src_crs=CRS.from_epsg(9210),
        dst_transform=Affine(_DEGREE, 0, LON_LAT[0] - 4.5 * _DEGREE, 0, -_DEGREE, LON_LAT[1] + 4.5 * _DEGREE),
        dst_crs=CRS.from_epsg(4326),
        resampling=Resampling.bilinear,
        tolerance=0,
        **options,
    )
    return float(west + target[0, 4, 4]), float(north + target[1, 4, 4])


def test_the_warper_of_gdal_takes_the_pinned_operation() -> None:
    position = warped_position(COORDINATE_OPERATION=gdal_coordinate_operation(9210))
    assert position == pytest.approx(GRID, rel=0, abs=0.002)


def test_the_warper_left_to_itself_is_off_by_the_known_error() -> None:
    assert warped_position() == pytest.approx(DEFAULT_GRID, rel=0, abs=0.002)


def test_gdaltransform_takes_the_pinned_operation() -> None:
    program = shutil.which("gdaltransform")
    if program is None:
        pytest.skip("gdaltransform (Debian: gdal-bin) is not installed; the warper test stands for GDAL")
    operation = gdal_coordinate_operation(9210)
    done = subprocess.run(  # noqa: S603
        [program, "-s_srs", "EPSG:9210", "-t_srs", "EPSG:4326", "-ct", operation, "-output_xy"],
        input=f"{GRID[0]} {GRID[1]}\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert [float(word) for word in done.stdout.split()] == pytest.approx(LON_LAT, abs=1e-8)
