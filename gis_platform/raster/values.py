"""The value of a raster at a point: that of the cell the point lies in, never one between cells."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from rasterio.windows import Window

from gis_platform.geometry.crs import WGS84, transformer
from gis_platform.raster.entry import RasterEntry
from gis_platform.raster.environment import opened

State = Literal["value", "nodata", "outside"]


@dataclass(frozen=True, slots=True)
class PointValue:
    """What a raster says of a point: one number a band, or that it has none there, or does not reach it."""

    entry: RasterEntry
    state: State
    bands: tuple[float, ...] = ()


def value_at(folder: Path, entry: RasterEntry, lon: float, lat: float) -> PointValue:
    """The value at a longitude and latitude in WGS 84 degrees.

    Raises:
        Unavailable: the file cannot be read.
    """
    x, y = transformer(WGS84, entry.srid).point(lon, lat)
    with opened(folder, entry) as dataset:
        if not (math.isfinite(x) and math.isfinite(y)):
            return PointValue(entry, "outside")
        column, row = ~dataset.transform @ (x, y)
        if not (0 <= column < dataset.width and 0 <= row < dataset.height):
            return PointValue(entry, "outside")
        cell = Window(int(column), int(row), 1, 1)
        values, masks = dataset.read(window=cell), dataset.read_masks(window=cell)
    if not masks.all() or not np.isfinite(values.astype(float)).all():
        return PointValue(entry, "nodata")
    # By way of its text: 3.7 and not 3.7000000477, which is the same number in the file's own precision.
    return PointValue(entry, "value", tuple(float(str(value)) for value in values[:, 0, 0]))


def values_at(folder: Path, entries: list[RasterEntry], lon: float, lat: float) -> list[PointValue]:
    """The same for several versions, in their order."""
    return [value_at(folder, entry, lon, lat) for entry in entries]
