"""The line that houses are numbered along: one, and from the end where the numbers begin. Pure geometry.

A street may come as several pieces, cut by a creek or a square; they are put one after the other. Metres
of the working grid, easting then northing.
"""

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]

#: A street runs north and south where it is within 22.5° of that, and so on by eighths of a turn.
_NEARLY = math.tan(math.radians(22.5))


def directed(lines: shapely.Geometry, start: tuple[float, float] | None = None) -> shapely.LineString:
    """The pieces as one line that begins at the end nearest to ``start``.

    Without a start the circular's rule says where: north, east, north-east or south-east (Article 6).

    Raises:
        ValueError: there is no line in it.
    """
    pieces = [
        piece
        for piece in shapely.get_parts(shapely.line_merge(lines)).tolist()
        if piece.geom_type == "LineString" and piece.length > 0
    ]
    if not pieces:
        raise ValueError("no line")
    if start is None:
        whole = _chained(pieces, _an_outer_end(pieces))
        return whole if runs_as_ruled(whole) else shapely.reverse(whole)
    return _chained(pieces, np.array(start))


def shape_of(wkb: bytes) -> BaseGeometry:
    """The geometry that the database gave."""
    return shapely.from_wkb(wkb)


def runs_as_ruled(line: shapely.Geometry) -> bool:
    """Whether it leads from north to south, east to west, north-east to south-west or south-east to
    north-west, by its two ends."""
    ends = shapely.get_coordinates(line)[[0, -1]]
    east, north = (ends[1] - ends[0]).tolist()
    if abs(east) <= _NEARLY * abs(north):
        return bool(north < 0)
    return bool(east < 0)


def _an_outer_end(pieces: list[shapely.LineString]) -> Floats:
    """The end farthest from the middle of all: a street of several pieces begins at an outer one."""
    ends = np.concatenate([shapely.get_coordinates(piece)[[0, -1]] for piece in pieces])
    middle = ends.mean(axis=0)
    far = int(np.argmax(np.hypot(*(ends - middle).T)))
    return np.asarray(ends[far])


def _chained(pieces: list[shapely.LineString], at: Floats) -> shapely.LineString:
    """From a place on, always to the nearest end that is left."""
    left = [shapely.get_coordinates(piece) for piece in pieces]
    way = []
    while left:
        away = np.array([[np.hypot(*(line[end] - at)) for end in (0, -1)] for line in left])
        number, end = (int(x) for x in np.unravel_index(int(np.argmin(away)), away.shape))
        line = left.pop(number)
        way.append(line if end == 0 else line[::-1])
        at = way[-1][-1]
    corners = np.concatenate(way)
    # Where two pieces meet the place would stand twice.
    fresh = np.concatenate([[True], np.any(np.diff(corners, axis=0) != 0, axis=1)])
    return shapely.LineString(corners[fresh])
