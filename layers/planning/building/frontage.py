"""Which edges of a parcel face which street. Metres of the working grid."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layers.planning.building.reading import Street

#: Farther than this behind the street's edge, or behind its red line, a lot does not front on it: a verge
#: and the error of two maps.
FACING_M = 2.0
#: A street whose width nobody stated may be so wide that its edge lies this far from its middle.
_UNSTATED_M = 13.0
#: Less than this of an edge is a corner, not a frontage.
LEAST_M = 1.0
#: An edge faces what lies within 45° of straight ahead of it.
_LEAST_COSINE = 0.7071

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frontage:
    """A street that a parcel faces, and along how many metres."""

    street: Street
    length_m: float


@dataclass(frozen=True, slots=True)
class _Edges:
    """Edges of the outer rings: where they start, their vector, and the unit vector that points outward."""

    start: Floats
    along: Floats
    outward: Floats


def frontages(lot: BaseGeometry, streets: Sequence[Street]) -> list[Frontage]:
    """Streets in the order given; one whose width nobody stated cannot be told to be faced."""
    measured = [street for street in streets if _face_m(street) > 0]
    if not measured:
        return []
    edges = _edges(lot)
    lengths = ((street, _length(edges, street)) for street in measured)
    return [Frontage(street, length) for street, length in lengths if length >= LEAST_M]


def unplanned(lot: BaseGeometry, streets: Sequence[Street]) -> list[Street]:
    """Streets beside the lot of which nobody stated how wide they are planned: they may yet take of it."""
    return [
        street
        for street in streets
        if street.planned_width_m is None
        and lot.distance(street.line) <= (street.width_m / 2 if street.width_m else _UNSTATED_M) + FACING_M
    ]


def _face_m(street: Street) -> float:
    widths = [width for width in (street.width_m, street.planned_width_m) if width]
    return max(widths) / 2 + FACING_M if widths else 0.0


def _length(edges: _Edges, street: Street) -> float:
    """Metres of the edges that lie near the street and look at it."""
    ends = np.stack([edges.start, edges.start + edges.along], axis=1)
    zone = street.line.buffer(_face_m(street))
    near = np.asarray(shapely.intersection(shapely.linestrings(ends), zone), dtype=object)
    lengths = np.asarray(shapely.length(near))
    found = np.flatnonzero(lengths > 0)
    if not len(found):
        return 0.0
    middles = shapely.line_interpolate_point(_longest(near[found]), 0.5, normalized=True)
    ahead = _ahead(middles, street.line)
    distance = np.hypot(ahead[:, 0], ahead[:, 1])
    cosine = (ahead * edges.outward[found]).sum(axis=1) / np.maximum(distance, 1e-9)
    # On the centre line itself there is no ahead.
    faces = (cosine >= _LEAST_COSINE) | (distance < 0.01)
    return float(lengths[found][faces].sum())


def _longest(parts: NDArray[np.object_]) -> NDArray[np.object_]:
    """An edge that comes near twice is looked at where it does so longest."""
    whole = [
        part if part.geom_type == "LineString" else max(_lines(part), key=lambda p: p.length)
        for part in parts
    ]
    return np.array(whole, dtype=object)


def _lines(part: BaseGeometry) -> list[BaseGeometry]:
    return [one for one in shapely.get_parts(part).tolist() if one.geom_type == "LineString"]


def _ahead(points: NDArray[np.object_], line: BaseGeometry) -> Floats:
    """From each point to the nearest place of the line."""
    # A line of hair's length divides by nothing on the way; what comes out is right.
    with np.errstate(divide="ignore", invalid="ignore"):
        shortest = shapely.shortest_line(points, line)
    ways = shapely.get_coordinates(shortest).reshape(-1, 2, 2)
    return np.asarray(ways[:, 1] - ways[:, 0])


def _edges(lot: BaseGeometry) -> _Edges:
    starts, vectors, outward = [], [], []
    for part in getattr(lot, "geoms", (lot,)):
        ring = shapely.get_coordinates(shapely.get_exterior_ring(part))
        along = np.diff(ring, axis=0)
        length = np.hypot(along[:, 0], along[:, 1])
        there = length > 0
        along, length, start = along[there], length[there], ring[:-1][there]
        # Twice the area, from the first corner for the sake of the digits: negative where the ring runs with
        # the clock. Against it outside is to the right.
        off = start - ring[0]
        turn = 1.0 if float((off[:, 0] * along[:, 1] - off[:, 1] * along[:, 0]).sum()) > 0 else -1.0
        starts.append(start)
        vectors.append(along)
        outward.append(turn * np.column_stack([along[:, 1], -along[:, 0]]) / length[:, None])
    return _Edges(np.concatenate(starts), np.concatenate(vectors), np.concatenate(outward))
