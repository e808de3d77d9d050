"""A raster as a picture of a box in some reference system: tiles and maps are the same work."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS
from rio_tiler.io.rasterio import Reader
from rio_tiler.utils import render

from gis_platform.geometry.envelope import Bounds
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
    style = read_style(entry.style)
    how: Literal["bilinear", "nearest"] = "bilinear" if entry.kind in _BETWEEN else "nearest"
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


def blank(picture: Picture) -> bytes:
    """A picture of nothing."""
    nothing = np.zeros((picture.height, picture.width), dtype=np.uint8)
    return _encoded(np.stack([nothing] * _RGB), nothing, picture.media, lossy=False)


def _encoded(colours: Pixels, mask: Pixels, media: Media, *, lossy: bool) -> bytes:
    if media == "png":
        return render(colours, mask, img_format="PNG", ZLEVEL=6)
    if lossy:
        return render(colours, mask, img_format="WEBP", QUALITY=80)
    return render(colours, mask, img_format="WEBP", LOSSLESS=True)
