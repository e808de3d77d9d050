"""Small rasters as somebody would deliver them, and their way into a database."""

import warnings
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine, from_bounds

from etl.rasters.register import Added, add_raster
from etl.rasters.request import RasterRequest
from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.layer.registry import installed_layers
from gis_platform.raster.entry import Kind
from gis_platform.settings import Settings

SHARED = Path(__file__).parents[3] / "shared" / "data" / "raster"
#: A box in Mỹ Tho, and the middle of it.
BOX = (106.34, 10.34, 106.38, 10.37)
MIDDLE = (106.36, 10.355)


def real(name: str) -> Path:
    """A file of the shared data; the test is skipped where it is not there."""
    file = SHARED / name
    if not file.is_file():
        pytest.skip(f"{file} is not on this machine")
    return file


def write(
    file: Path, cells: NDArray[Any], *, srid: int | None = 4326, transform: Affine | None = None, **more: Any
) -> Path:
    """A GeoTIFF of (bands, height, width) cells, over ``BOX`` unless placed elsewhere."""
    bands, height, width = cells.shape
    placed = transform or from_bounds(*BOX, width, height)
    profile = {"driver": "GTiff", "count": bands, "height": height, "width": width, "dtype": cells.dtype}
    crs = None if srid is None else CRS.from_epsg(srid)
    with rasterio.open(file, "w", crs=crs, transform=placed, **profile, **more) as made:
        made.write(cells)
    return file


def salinity(file: Path, value: float = 3.5, **more: Any) -> Path:
    """Cells of one value, the north-west quarter without data."""
    cells = np.full((1, 20, 20), value, dtype=np.float32)
    cells[0, :10, :10] = np.nan
    return write(file, cells, nodata=np.nan, **more)


def request(file: Path, **more: Any) -> RasterRequest:
    """A delivery of a measure, unless said otherwise."""
    said: dict[str, Any] = {
        "name": "soil_salinity",
        "date": date(2025, 1, 31),
        "kind": Kind.MEASURE,
        "unit": "dS/m",
        "title": "Độ mặn của đất",
        "title_en": "Soil salinity",
        "source": "Trạm quan trắc",
        "licence": "CC-BY-4.0",
        "registered_by": "steward",
    }
    return RasterRequest(file=file, **said | more)


def add(places: Logins, settings: Settings, asked: RasterRequest) -> Added:
    """Put a raster into a database and the data folder of these settings."""
    with psycopg.connect(places.owner) as connection:
        return add_raster(connection, settings.data_dir, load_city(settings.city), installed_layers(), asked)


def files_in(settings: Settings) -> set[str]:
    """Everything that lies in the folder of rasters, unfinished work too."""
    folder = settings.data_dir / "rasters"
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def pixels(content: bytes) -> NDArray[np.uint8]:
    """A PNG or WebP as (4, height, width)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)  # a picture alone lies nowhere
        with rasterio.MemoryFile(content) as memory, memory.open() as picture:
            bands = np.asarray(picture.read(), dtype=np.uint8)
    # WebP leaves alpha out where nothing is transparent.
    return bands if len(bands) == 4 else np.concatenate([bands, np.full_like(bands[:1], 255)])
