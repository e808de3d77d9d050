"""Is a delivered file a raster that can be served? Everything is looked at before anything is written."""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import rasterio
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.errors import CRSError
from rasterio.io import DatasetReader

from etl.rasters.request import RasterRequest
from gis_platform.errors import DeliveryRefused
from gis_platform.geometry.crs import WGS84, UnknownCrs, is_vn2000, transformer
from gis_platform.geometry.envelope import Bounds
from gis_platform.raster.bounds import moved_bounds
from gis_platform.raster.entry import Kind
from gis_platform.raster.environment import DRIVER, FAULTS, SAFE

MOST_SIDE, MOST_CELLS = 200_000, 4_000_000_000
_PICTURE_TYPES = ("uint8",)
_VALUE_TYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")
_CODES = re.compile(r"(?:EPSG:)?([0-9]{4,6})", re.IGNORECASE)
_EARTH = 85.0


@dataclass(frozen=True, slots=True)
class Sound:
    """What a file turned out to be; ``bounds`` are WGS 84 degrees, ``as_read`` the file's own coordinates."""

    srid: int
    nodata: float | None
    alpha: bool
    bounds: Bounds
    as_read: Bounds


def check(request: RasterRequest) -> Sound:
    """Look at the file.

    Raises:
        DeliveryRefused: it cannot be served; the detail says why and what to do.
    """
    require_file(request.file)
    try:
        with rasterio.Env(**SAFE), rasterio.open(request.file, driver=DRIVER) as dataset:
            return _check(dataset, request)
    except FAULTS as fault:
        raise _refused(request.file, f"it is no readable GeoTIFF ({fault})") from fault


def require_file(file: Path) -> None:
    """Raises `DeliveryRefused` where there is no such file."""
    if not file.is_file():
        raise DeliveryRefused(f"There is no file {file}.")


def _check(dataset: DatasetReader, request: RasterRequest) -> Sound:
    file = request.file
    if (
        max(dataset.width, dataset.height) > MOST_SIDE
        or dataset.width * dataset.height * dataset.count > MOST_CELLS
    ):
        raise _refused(
            file, f"{dataset.width} x {dataset.height} x {dataset.count} is too large; deliver it in parts"
        )
    srid = _srid(dataset, request)
    alpha = ColorInterp.alpha in dataset.colorinterp
    _require_bands(dataset, request, alpha=alpha)
    if dataset.transform.is_identity or dataset.transform.determinant == 0:
        raise _refused(file, "it does not say where it lies; deliver it with its georeference")
    if dataset.transform.b or dataset.transform.d:
        raise _refused(file, "it is rotated; deliver it with north up")
    _require_plain_cells(dataset, srid, file, alpha=alpha)
    bounds = moved_bounds(tuple(dataset.bounds), srid, WGS84)
    _require_on_earth(file, bounds, srid)
    nodata = _nodata(dataset, request)
    return Sound(srid, None if nodata is None else float(nodata), alpha, bounds, tuple(dataset.bounds))


def _srid(dataset: DatasetReader, request: RasterRequest) -> int:
    declared = _CODES.fullmatch(request.crs.strip()) if request.crs else None
    if request.crs and declared is None:
        raise _refused(request.file, f"--crs {request.crs[:40]!r} is no EPSG code such as EPSG:9210")
    said = _epsg_of(dataset.crs)
    if declared is None and said is None:
        raise _refused(
            request.file, "it names no coordinate system with an EPSG code; say which: --crs EPSG:9210"
        )
    if declared is not None and said is not None and int(declared[1]) != said:
        raise _refused(
            request.file, f"it says EPSG:{said} and --crs says EPSG:{declared[1]}; which one is right?"
        )
    srid = int(declared[1]) if declared is not None else said
    if srid is None:
        raise AssertionError("one of the two is there")
    try:
        transformer(srid, WGS84)
    except UnknownCrs as fault:
        raise _refused(request.file, fault.detail) from fault
    return srid


def _epsg_of(crs: CRS | None) -> int | None:
    try:
        return None if crs is None else crs.to_epsg()
    except CRSError:
        return None


def _require_bands(dataset: DatasetReader, request: RasterRequest, *, alpha: bool) -> None:
    count, types = dataset.count, set(dataset.dtypes)
    if len(types) > 1:
        raise _refused(request.file, f"its bands are of several types: {', '.join(sorted(types))}")
    if request.kind is Kind.ORTHOPHOTO:
        plain = count - alpha
        if plain not in (1, 3) or not types <= set(_PICTURE_TYPES):
            raise _refused(
                request.file,
                "an orthophoto has 1 or 3 bands of 8 bits, with or without alpha; "
                f"it has {count} of {types.pop()}",
            )
    elif count != 1 or not types <= set(_VALUE_TYPES):
        raise _refused(
            request.file, f"a raster of values has one band of numbers; it has {count} of {types.pop()}"
        )
    elif request.kind is Kind.CLASS and types & {"float32", "float64"}:
        raise _refused(request.file, "codes of classes are whole numbers; its values are not")


def _require_plain_cells(dataset: DatasetReader, srid: int, file: Path, *, alpha: bool) -> None:
    if any(scale != 1 for scale in dataset.scales) or any(dataset.offsets):
        raise _refused(file, "its values are scaled; deliver them as they are meant")
    masked = MaskFlags.per_dataset in dataset.mask_flag_enums[0]
    if masked and not alpha and is_vn2000(srid):
        raise _refused(file, "it holds a mask, which does not turn with it; deliver it with alpha or nodata")


def _require_on_earth(file: Path, bounds: Bounds, srid: int) -> None:
    west, south, east, north = bounds
    if not all(map(math.isfinite, bounds)) or west < -180 or east > 180 or south < -_EARTH or north > _EARTH:
        raise _refused(
            file,
            f"in EPSG:{srid} it lies beyond {_EARTH:g} degrees or off the Earth; is the system right?",
        )


def _nodata(dataset: DatasetReader, request: RasterRequest) -> float | None:
    said, declared = dataset.nodata, request.nodata
    if declared is None:
        return None if said is None else float(said)
    _require_holds(request.file, dataset.dtypes[0], declared)
    if said is not None and said != declared and not (math.isnan(said) and math.isnan(declared)):
        raise _refused(
            request.file,
            f"it says that {said:g} means no data and --nodata says {declared:g}; which one is right?",
        )
    return declared


def _require_holds(file: Path, dtype: str, nodata: float) -> None:
    if dtype.startswith("float"):
        return
    whole = math.isfinite(nodata) and nodata == int(nodata)
    low, high = rasterio.dtypes.dtype_ranges[dtype]
    if not whole or not low <= nodata <= high:
        raise _refused(file, f"--nodata {nodata:g} is no value that {dtype} can hold")


def _refused(file: Path, why: str) -> DeliveryRefused:
    return DeliveryRefused(f"{file.name}: {why}.")
