"""A raster delivered in a VN-2000 grid lies where the official transformation puts it, to 0.1 m."""

import math
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp
from rasterio.transform import Affine

from etl.rasters.checking import check
from etl.rasters.preparing import prepare
from etl.rasters.summary import summarise
from gis_platform.geometry.crs import transformer
from gis_platform.geometry.pinned_grids import LON_LAT
from gis_platform.raster.drawing import Picture, draw
from gis_platform.raster.entry import Kind, RasterEntry
from tests.support.rasters import pixels, request, write

CELL, SIZE = 0.1, 301
_WINDOW_M, _PIXELS = 8.0, 800
_RAMP = {"form": "ramp", "entries": [{"value": 0, "color": "#000000"}, {"value": 1, "color": "#ffffff"}]}
#: Where the transformation that PROJ, GDAL and PostGIS would pick puts the same place, metres away.
_KNOWN_ERROR_M = 0.80


@pytest.mark.parametrize("srid", [9210, 5897])
@pytest.mark.parametrize("kind", [Kind.ELEVATION, Kind.MEASURE])
def test_one_bright_cell_at_the_golden_point(tmp_path: Path, srid: int, kind: Kind) -> None:
    east, north = transformer(4326, srid).point(*LON_LAT)
    cells = np.zeros((1, SIZE, SIZE), dtype=np.float32)
    cells[0, SIZE // 2, SIZE // 2] = 1
    half = SIZE * CELL / 2
    file = write(
        tmp_path / "one.tif", cells, srid=srid, transform=Affine(CELL, 0, east - half, 0, -CELL, north + half)
    )
    entry = _prepared(file, kind)
    assert entry.srid == 4326
    away = _bright(tmp_path, entry)
    assert away < 0.1
    assert abs(away - _KNOWN_ERROR_M) > 0.6


def test_a_photo_is_turned_with_its_ground_and_clear_at_its_corners(tmp_path: Path) -> None:
    """5897 is turned against north at Mỹ Tho: the box around the photo is larger than the photo."""
    east, north = transformer(4326, 5897).point(*LON_LAT)
    place = Affine(10, 0, east - 1000, 0, -10, north + 1000)
    cells = np.full((3, 200, 200), 90, dtype=np.uint8)
    cells[0, 50:150, 50:150] = 250
    file = write(tmp_path / "photo.tif", cells, srid=5897, transform=place, photometric="RGB")
    asked = request(file, kind=Kind.ORTHOPHOTO, unit=None)
    sound = check(asked)
    made, srid = prepare(asked, sound, tmp_path)
    with rasterio.open(made) as dataset:
        assert (srid, dataset.count, dataset.colorinterp[3]) == (4326, 4, ColorInterp.alpha)
        red, _, _, alpha = dataset.read()
        assert tuple(alpha[row, column] for row in (0, -1) for column in (0, -1)).count(0) >= 2
        assert alpha[100, 100] == 255
        row, column = dataset.index(*LON_LAT)
        assert red[row, column] == 250
        assert red[alpha == 255].min() >= 89


def _prepared(file: Path, kind: Kind) -> RasterEntry:
    asked = request(file, kind=kind, unit="m")
    sound = check(asked)
    made, srid = prepare(asked, sound, file.parent)
    summary = summarise(made, asked)
    west, south, east, north = sound.bounds
    return RasterEntry(
        id=1,
        name="one",
        date=asked.date,
        kind=kind,
        title_vi="Một",
        title_en="One",
        unit="m",
        source="x",
        licence="x",
        note=None,
        model_output=False,
        synthetic=True,
        file=made.name,
        file_sha256="0" * 64,
        source_srid=sound.srid,
        srid=srid,
        west=west,
        south=south,
        east=east,
        north=north,
        width=summary.width,
        height=summary.height,
        resolution_m=CELL,
        bands=1,
        dtype="float32",
        nodata=summary.nodata,
        style=_RAMP,
        statistics={},
        audience=("public",),
        registered_at=datetime.fromisoformat("2025-01-01T00:00:00+00:00"),
    )


def _bright(folder: Path, entry: RasterEntry) -> float:
    """Metres from the golden point to the middle of what shines, in a picture of the point's surroundings."""
    x, y = transformer(4326, 3857).point(*LON_LAT)
    # A metre on the ground is longer in Web Mercator.
    stretched = _WINDOW_M / 2 / math.cos(math.radians(LON_LAT[1]))
    box = (x - stretched, y - stretched, x + stretched, y + stretched)
    light = pixels(draw(folder, entry, Picture(box, 3857, _PIXELS, _PIXELS, "png")))[0].astype(float)
    assert light.max() > 100
    rows, columns = np.mgrid[0:_PIXELS, 0:_PIXELS]
    metre = _WINDOW_M / _PIXELS
    across = ((columns + 0.5) * light).sum() / light.sum() - _PIXELS / 2
    down = ((rows + 0.5) * light).sum() / light.sum() - _PIXELS / 2
    return math.hypot(across, down) * metre
