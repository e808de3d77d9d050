"""The sprite of a style: the hatchings and signs of the layers on one sheet, and where each lies on it."""

import json
import struct
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from gis_platform.layer import Layer
from web_map.style.drawing_svg import pixels
from web_map.style.pictures import pictures

_ON_THE_MAP = ("pattern-", "icon-")
RATIOS = {"": 1, "@2x": 2}
"""Ending of a file's name, and pixels for each unit of the drawing."""


def sprite_files(layers: Iterable[Layer]) -> dict[str, bytes]:
    """``sprite.json``, ``sprite.png`` and the same at double size."""
    drawn = {
        name: svg for layer in layers for name, svg in pictures(layer).items() if name.startswith(_ON_THE_MAP)
    }
    files = {}
    for ending, ratio in RATIOS.items():
        images = {name: pixels(svg, ratio) for name, svg in drawn.items()}
        index, sheet = _sheet(images, ratio)
        files[f"sprite{ending}.json"] = json.dumps(index).encode()
        files[f"sprite{ending}.png"] = png(sheet)
    return files


def _sheet(
    images: dict[str, NDArray[np.uint8]], ratio: int
) -> tuple[dict[str, dict[str, int]], NDArray[np.uint8]]:
    """One column, each picture below the one before."""
    width = max((image.shape[1] for image in images.values()), default=1)
    sheet = np.zeros((sum(image.shape[0] for image in images.values()) or 1, width, 4), dtype=np.uint8)
    index, top = {}, 0
    for name, image in images.items():
        high, wide = image.shape[:2]
        sheet[top : top + high, :wide] = image
        index[name] = {"x": 0, "y": top, "width": wide, "height": high, "pixelRatio": ratio}
        top += high
    return index, sheet


def png(image: NDArray[np.uint8]) -> bytes:
    """Rows of red, green, blue, opacity as a PNG file (ISO/IEC 15948)."""
    high, wide = image.shape[:2]
    rows = np.concatenate([np.zeros((high, 1), dtype=np.uint8), image.reshape(high, wide * 4)], axis=1)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
