"""From a delivered GeoTIFF to a cloud-optimised one that any tile can be read from quickly.

A raster in a VN-2000 grid is warped to EPSG:4326 by the pinned operation (EPSG:6960): a reader that is left
to choose lands 0.80 m away. Every other raster keeps its own grid and cells.
"""

import math
from pathlib import Path

import rasterio
from rasterio.crs import CRS
from rasterio.enums import MaskFlags, Resampling
from rasterio.io import DatasetReader
from rasterio.shutil import copy
from rasterio.transform import from_bounds
from rasterio.warp import reproject

from etl.rasters.checking import Sound
from etl.rasters.request import RasterRequest
from gis_platform.errors import DeliveryRefused
from gis_platform.geometry.crs import WGS84, gdal_coordinate_operation, is_vn2000
from gis_platform.raster.entry import Kind
from gis_platform.raster.environment import DRIVER, FAULTS, SAFE

_TILED = {"tiled": True, "blockxsize": 512, "blockysize": 512, "BIGTIFF": "IF_SAFER"}


def prepare(request: RasterRequest, sound: Sound, folder: Path) -> tuple[Path, int]:
    """Write the prepared file into ``folder`` and return it with its SRID.

    Raises:
        DeliveryRefused: its cells cannot be read, or the disk is full.
    """
    plain, prepared = folder / "plain.tif", folder / "prepared.tif"
    options: dict[str, object] = {**SAFE, "GDAL_NUM_THREADS": "ALL_CPUS", "GDAL_TIFF_INTERNAL_MASK": True}
    try:
        with rasterio.Env(**options):
            with rasterio.open(request.file, driver=DRIVER) as source:
                if is_vn2000(sound.srid):
                    _warp(source, plain, request, sound)
                else:
                    _rewrite(source, plain, sound)
            copy(plain, prepared, driver="COG", **_cog(request))
    except FAULTS as fault:
        raise DeliveryRefused(
            f"{request.file.name}: its cells cannot be read or written ({fault})."
        ) from fault
    return prepared, WGS84 if is_vn2000(sound.srid) else sound.srid


def _cog(request: RasterRequest) -> dict[str, object]:
    overviews = {Kind.CLASS: "MODE", Kind.MEASURE: "AVERAGE", Kind.ELEVATION: "AVERAGE"}
    return {
        "COMPRESS": "DEFLATE",
        "PREDICTOR": "YES",
        "BLOCKSIZE": 256,
        "OVERVIEWS": "IGNORE_EXISTING",
        "OVERVIEW_RESAMPLING": overviews.get(request.kind, "CUBIC"),
        "BIGTIFF": "IF_SAFER",
    }


def _rewrite(source: DatasetReader, target: Path, sound: Sound) -> None:
    """The same cells with the system and nodata that were settled on, and nothing else the file carries."""
    profile = {
        "driver": DRIVER,
        "width": source.width,
        "height": source.height,
        "count": source.count,
        "dtype": source.dtypes[0],
        "crs": CRS.from_epsg(sound.srid),
        "transform": source.transform,
        "nodata": None if sound.alpha else sound.nodata,
        **_TILED,
    }
    with rasterio.open(target, "w", **profile) as made:
        made.colorinterp = source.colorinterp
        masked = MaskFlags.per_dataset in source.mask_flag_enums[0] and not sound.alpha
        for _, window in made.block_windows(1):
            made.write(source.read(window=window), window=window)
            if masked:
                made.write_mask(source.dataset_mask(window=window), window=window)


def _warp(source: DatasetReader, target: Path, request: RasterRequest, sound: Sound) -> None:
    west, south, east, north = sound.bounds
    exact = request.kind in (Kind.CLASS, Kind.MEASURE)
    # Values that are taken as they are need cells half as wide: else some would fall between two new ones.
    finer = 2 if exact else 1
    width, height = source.width * finer, source.height * finer
    nodata = _nodata_beside(source, request, sound)
    picture = request.kind is Kind.ORTHOPHOTO
    plain = source.count - sound.alpha
    bands = list(range(1, plain + 1))
    profile = {
        "driver": DRIVER,
        "width": width,
        "height": height,
        "count": plain + picture,
        "dtype": source.dtypes[0],
        "crs": CRS.from_epsg(WGS84),
        "transform": from_bounds(west, south, east, north, width, height),
        "nodata": nodata,
        **_TILED,
    }
    if picture:
        profile |= {"photometric": "RGB" if plain == 3 else "MINISBLACK", "ALPHA": "YES"}
    with rasterio.open(target, "w", **profile) as made:
        reproject(
            rasterio.band(source, bands),
            rasterio.band(made, bands),
            src_crs=CRS.from_epsg(sound.srid),
            src_nodata=sound.nodata,
            dst_nodata=nodata,
            src_alpha=source.count if sound.alpha else 0,
            dst_alpha=plain + 1 if picture else 0,
            resampling=Resampling.nearest if exact else Resampling.bilinear,
            tolerance=0,
            init_dest_nodata=True,
            COORDINATE_OPERATION=gdal_coordinate_operation(sound.srid),
        )


def _nodata_beside(source: DatasetReader, request: RasterRequest, sound: Sound) -> float | None:
    """What stands in the corners that the turned grid leaves empty."""
    if request.kind is Kind.ORTHOPHOTO:
        return None
    if sound.nodata is not None:
        return sound.nodata
    if source.dtypes[0].startswith("float"):
        return math.nan
    raise DeliveryRefused(
        f"{request.file.name}: it must be turned to be served, and does not say which value means no data; "
        "say one that does not occur: --nodata 255."
    )
