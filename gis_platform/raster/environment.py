"""How GDAL is let at a file: GeoTIFF alone, nothing beside it, nothing from a network, nothing written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio
from rasterio._err import CPLE_BaseError
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from gis_platform.errors import Unavailable
from gis_platform.raster.entry import RasterEntry
from gis_platform.telemetry.logs import get_logger

log = get_logger("raster")

DRIVER = "GTiff"
SAFE: dict[str, object] = {
    # A file is that file: no neighbours with overviews, masks, world files or statistics.
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": False,
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_HTTP_MAX_RETRY": 0,
    "PROJ_NETWORK": "OFF",
    "GDAL_CACHEMAX": 128,
    "GDAL_NUM_THREADS": 1,
}
FAULTS = (RasterioError, CPLE_BaseError, OSError)


@contextmanager
def opened(folder: Path, entry: RasterEntry) -> Iterator[DatasetReader]:
    """The file of a catalogued raster.

    Raises:
        Unavailable: the file is gone, damaged, or not the one that was registered.
    """
    path = folder / entry.file
    try:
        if not path.is_file():
            raise FileNotFoundError(2, "the file is gone", str(path))
        with rasterio.Env(**SAFE), rasterio.open(path, driver=DRIVER) as dataset:
            if (dataset.width, dataset.height, dataset.count) != (entry.width, entry.height, entry.bands):
                raise OSError(f"{path} is not the file that was registered")
            yield dataset
    except FAULTS as fault:
        log.error("raster unreadable", raster=entry.name, date=str(entry.date), error=str(fault))
        raise Unavailable(
            f"The file of raster {entry.name} of {entry.date} cannot be read on this server. "
            "An operator must remove it and add it anew (gis-platform raster)."
        ) from fault
