"""Our own small SVG pictures as pixels, for programs that take pictures as pixels only.

Reads what ``pictures.py`` writes and no more: paths, circles and groups, with fill, stroke and stroke-width.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
import shapely
from numpy.typing import NDArray

from gis_platform.errors import Problem
from web_map.style.svg_path import lines_of

_SAMPLES = 4
"""Points looked at along each side of a pixel: edges are as soft as sixteen shades make them."""


@dataclass(frozen=True, slots=True)
class _Look:
    fill: str = "#000000"
    stroke: str = "none"
    width: float = 1.0

    def with_attributes(self, attributes: dict[str, str]) -> "_Look":
        return _Look(
            attributes.get("fill", self.fill),
            attributes.get("stroke", self.stroke),
            float(attributes.get("stroke-width", self.width)),
        )


def pixels(svg: str, ratio: int) -> NDArray[np.uint8]:
    """The picture as rows of red, green, blue, opacity; ``ratio`` pixels for each unit of the drawing."""
    root = ElementTree.fromstring(svg)  # noqa: S314  # made by this room
    width, height = int(root.attrib["width"]), int(root.attrib["height"])
    across, down = width * ratio * _SAMPLES, height * ratio * _SAMPLES
    xs = (np.arange(across) + 0.5) / (ratio * _SAMPLES)
    ys = (np.arange(down) + 0.5) / (ratio * _SAMPLES)
    grid_x, grid_y = np.meshgrid(xs, ys)
    canvas = np.zeros((down, across, 4))
    for shape, colour in _painted(root, _Look()):
        shapely.prepare(shape)
        inside = shapely.contains_xy(shape, grid_x, grid_y)
        canvas[inside] = (*_rgb(colour), 1.0)
    # Averages of colour count where something is drawn, so that edges do not darken.
    blocks = canvas.reshape(height * ratio, _SAMPLES, width * ratio, _SAMPLES, 4)
    opacity = blocks[..., 3].sum(axis=(1, 3))
    colours = (blocks[..., :3] * blocks[..., 3:]).sum(axis=(1, 3)) / np.maximum(opacity, 1)[..., None]
    shades = np.concatenate([colours, (opacity / _SAMPLES**2 * 255)[..., None]], axis=2)
    made: NDArray[np.uint8] = np.rint(shades).astype(np.uint8)
    return made


def _painted(parent: ElementTree.Element, look: _Look) -> Iterator[tuple[shapely.Geometry, str]]:
    for element in parent:
        own = look.with_attributes(element.attrib)
        kind = element.tag.rpartition("}")[2]
        if kind == "g":
            yield from _painted(element, own)
            continue
        for line, area in _outlines(kind, element):
            if own.fill != "none" and area is not None:
                yield area, own.fill
            if own.stroke != "none":
                yield shapely.buffer(line, own.width / 2), own.stroke


def _outlines(
    kind: str, element: ElementTree.Element
) -> list[tuple[shapely.Geometry, shapely.Geometry | None]]:
    if kind == "circle":
        centre = shapely.Point(float(element.attrib["cx"]), float(element.attrib["cy"]))
        disc = centre.buffer(float(element.attrib["r"]), quad_segs=32)
        return [(disc.exterior, disc)]
    if kind == "path":
        lines = lines_of(element.attrib["d"])
        areas = [shapely.Polygon(points).buffer(0) if len(points) > 2 else None for points in lines]
        return [(shapely.LineString(points), area) for points, area in zip(lines, areas, strict=True)]
    raise Problem(f"A picture holds <{kind}>, which is not drawn here.")


def _rgb(colour: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise Problem(f"A picture has the colour {colour}, which is not #rrggbb.")
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
