"""Names on the map: each where there is room for it, none over another, the one asked for first."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from web_map.extract.map.frame import HEIGHT_MM, WIDTH_MM, Frame
from web_map.extract.map.ink import MM_PER_POINT, text, width_of

_EDGE = 5.0
"""Millimetres along the frame that are kept for the numbers of the grid."""


class Names:
    """The names placed so far, and the room they take."""

    def __init__(self, frame: Frame, taken: Iterable[BaseGeometry] = ()) -> None:
        self._frame = frame
        self._taken = list(taken)
        self._page = shapely.box(_EDGE, _EDGE, WIDTH_MM - _EDGE, HEIGHT_MM - _EDGE)

    def in_area(self, shape: BaseGeometry, words: str, points: float, **look: Any) -> str:
        """A name within an area, or nothing where it has no room there."""
        paper = self._on_paper(shape).intersection(self._page)
        if not words or paper.is_empty:
            return ""
        wide, high = width_of(words, points), points * MM_PER_POINT
        for x, y in _middles(paper):
            room = shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
            if paper.contains(room) and self._free(room):
                return text(x, y, words, points, **look)
        return ""

    def beside(self, shape: BaseGeometry, words: str, points: float, **look: Any) -> str:
        """A name that must stand: within the area, or else above it."""
        within = self.in_area(shape, words, points, **look)
        if within or not words:
            return within
        paper = self._on_paper(shape)
        west, north, east, _ = paper.bounds
        wide, high = width_of(words, points), points * MM_PER_POINT
        x, y = (west + east) / 2, north - high
        self._taken.append(shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
        return text(x, y, words, points, **look)

    def along(self, shape: BaseGeometry, words: str, points: float) -> str:
        """A name along the longest stretch of a line in view, or nothing where it has no room."""
        seen = self._on_paper(shape).intersection(self._page)
        merged = shapely.line_merge(seen) if seen.geom_type == "MultiLineString" else seen
        stretches = [s for s in shapely.get_parts(merged) if s.geom_type == "LineString"]
        wide = width_of(words, points)
        for stretch in sorted(stretches, key=lambda s: -s.length):
            if stretch.length < wide * 1.1:
                break
            for share in (0.5, 0.3, 0.7, 0.2, 0.8):
                if placed := self._on(stretch, share * stretch.length, words, points, wide):
                    return placed
        return ""

    def _on(self, line: BaseGeometry, at: float, words: str, points: float, wide: float) -> str:
        if at < wide / 2 or at > line.length - wide / 2:
            return ""
        start, end = line.interpolate(at - wide / 2), line.interpolate(at + wide / 2)
        x, y = (start.x + end.x) / 2, (start.y + end.y) / 2
        # On a bend the name would leave its street.
        if line.distance(shapely.Point(x, y)) > points * MM_PER_POINT or start.distance(end) < wide * 0.9:
            return ""
        turned = math.degrees(math.atan2(end.y - start.y, end.x - start.x))
        if not -90 < turned <= 90:
            turned += 180 if turned <= -90 else -180
        high = points * MM_PER_POINT * 1.2
        flat = shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        if not self._free(affinity.rotate(flat, turned)):
            return ""
        return text(x, y, words, points, turned=turned, halo=0.9)

    def _free(self, room: BaseGeometry) -> bool:
        if any(room.intersects(other) for other in self._taken):
            return False
        self._taken.append(room)
        return True

    def _on_paper(self, shape: BaseGeometry) -> BaseGeometry:
        frame = self._frame
        size = 1000 / frame.scale
        return affinity.affine_transform(shape, [size, 0, 0, -size, -frame.west * size, frame.north * size])


def _middles(area: BaseGeometry) -> Iterator[tuple[float, float]]:
    """Where a name may stand in an area: its middle, or else the point farthest from its edges."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    if largest.area > 0:
        yield largest.centroid.coords[0]
        yield shapely.maximum_inscribed_circle(largest, tolerance=0.3).coords[0]
