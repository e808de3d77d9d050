"""A raster as a picture of a box in some reference system: tiles and maps are the same work."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS

from gis_platform.geometry.crs import WGS84
from gis_platform.geometry.envelope import Bounds
from gis_platform.raster.bounds import moved_bounds
from gis_platform.raster.entry import Kind, RasterEntry
from gis_platform.raster.environment import opened
from gis_platform.raster.style import PictureStyle, read_style

Media = Literal["png", "webp"]
Pixels = NDArray[np.uint8]

#: Part of every ETag: raise it when the same question is drawn otherwise.
DRAWING = 1
#: Codes and measured cells are shown as they are; heights and pictures are read between their cells.
_BETWEEN = {Kind.ORTHOPHOTO, Kind.ELEVATION}
_RGB = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw: a box in the units of ``srid`` (x before y), its size in pixels, and the format."""

    bounds: Bounds
    srid: int
    width: int
    height: int
    media: Media


def draw(folder: Path, entry: RasterEntry, picture: Picture) -> bytes:
    """The picture; what the raster does not reach or does not know is transparent.

    Raises:
        Unavailable: the file cannot be read.
    """
    # Here and not above: the import takes half a second that each start would pay.
    from rio_tiler.io.rasterio import Reader

    style = read_style(entry.style)
    how: Literal["bilinear", "nearest"] = "bilinear" if entry.kind in _BETWEEN else "nearest"
    if not _meets(entry, picture):
        return blank(picture.width, picture.height, picture.media)
    with opened(folder, entry) as dataset, Reader(None, dataset=dataset) as reader:
        crs = CRS.from_epsg(picture.srid)
        image = reader.part(
            picture.bounds,
            dst_crs=crs,
            bounds_crs=crs,
            width=picture.width,
            height=picture.height,
            resampling_method=how,
            reproject_method=how,
        )
    # Below the mask stands whatever the file has for no data, nan even: no colour comes of that.
    bands = image.array.filled(0)
    if isinstance(style, PictureStyle):
        colours = bands[:_RGB] if len(bands) >= _RGB else np.repeat(bands[:1], _RGB, axis=0)
    else:
        colours = style.paint(bands[0])
    alpha = image.alpha_mask
    if alpha is None:
        known = ~np.ma.getmaskarray(image.array).all(axis=0)
        alpha = known.astype(np.uint8) * 255
    # A colour that stands for one value must come out as it went in; smooth ones need not.
    return _encoded(colours, alpha, picture.media, lossy=style.form in ("picture", "ramp"))


def _meets(entry: RasterEntry, picture: Picture) -> bool:
    own, asked = moved_bounds(entry.bounds, WGS84, picture.srid), picture.bounds
    return own[0] < asked[2] and own[2] > asked[0] and own[1] < asked[3] and own[3] > asked[1]


@lru_cache(maxsize=16)
def blank(width: int, height: int, media: Media) -> bytes:
    """A picture of nothing."""
    nothing = np.zeros((height, width), dtype=np.uint8)
    return _encoded(np.stack([nothing] * _RGB), nothing, media, lossy=False)


def _encoded(colours: Pixels, mask: Pixels, media: Media, *, lossy: bool) -> bytes:
    from rio_tiler.utils import render

    if media == "png":
        return render(colours, mask, img_format="PNG", ZLEVEL=6)
    if lossy:
        return render(colours, mask, img_format="WEBP", QUALITY=80)
    return render(colours, mask, img_format="WEBP", LOSSLESS=True)
