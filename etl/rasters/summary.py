"""What the values of a prepared raster are, for its legend and its catalogue entry."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.errors import RasterioError

from etl.rasters.request import RasterRequest
from gis_platform.errors import DeliveryRefused
from gis_platform.geometry.envelope import Bounds
from gis_platform.raster.entry import Kind
from gis_platform.raster.environment import DRIVER, SAFE

_MOST_READ = 2048
_MOST_CLASSES = 256
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Summary:
    """The form of the prepared file and what its values are."""

    width: int
    height: int
    bands: int
    dtype: str
    nodata: str | None
    statistics: dict[str, Any]


def summarise(prepared: Path, request: RasterRequest) -> Summary:
    """Read the prepared file once; a large one is sampled, and the figures say so.

    Raises:
        DeliveryRefused: there is no value in it at all, or its codes are too many for a legend.
    """
    with rasterio.Env(**SAFE), rasterio.open(prepared, driver=DRIVER) as dataset:
        reduced = max(1.0, max(dataset.width, dataset.height) / _MOST_READ)
        shape = (max(1, math.ceil(dataset.height / reduced)), max(1, math.ceil(dataset.width / reduced)))
        try:
            band = dataset.read(1, out_shape=shape, masked=True)
        except RasterioError as fault:
            raise DeliveryRefused(f"{request.file.name}: its cells cannot be read ({fault}).") from fault
        known = np.ma.masked_invalid(band).compressed().astype(float)
        if not known.size:
            raise DeliveryRefused(f"{request.file.name}: every cell says no data; is nodata right?")
        statistics: dict[str, Any] = {"sampled": reduced > 1, "valid_share": round(known.size / band.size, 4)}
        if request.kind is Kind.CLASS:
            statistics["codes"] = _codes(known, request)
        elif request.kind is not Kind.ORTHOPHOTO:
            statistics |= _figures(known)
        nodata = None if dataset.nodata is None else f"{dataset.nodata:.17g}"
        return Summary(dataset.width, dataset.height, dataset.count, dataset.dtypes[0], nodata, statistics)


def resolution(bounds: Bounds, summary: Summary) -> float:
    """Metres a cell, north to south, in a box of degrees."""
    return (bounds[3] - bounds[1]) * _METRES_PER_DEGREE / summary.height


def _figures(known: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> dict[str, float]:
    low, middle, high = np.percentile(known, (2, 50, 98))
    figures = {
        "min": known.min(),
        "max": known.max(),
        "mean": known.mean(),
        "p2": low,
        "p50": middle,
        "p98": high,
    }
    return {name: float(f"{value:.6g}") for name, value in figures.items()}


def _codes(
    known: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", request: RasterRequest
) -> dict[str, int]:
    codes, counts = np.unique(known, return_counts=True)
    if len(codes) > _MOST_CLASSES:
        raise DeliveryRefused(
            f"{request.file.name}: {len(codes)} codes are too many for classes; is it a measure?"
        )
    return {f"{code:g}": int(count) for code, count in zip(codes, counts, strict=True)}
