"""Which areas need a closer look: those with an edge that is not a neighbour's in the other direction.

In a map without faults every edge inside it stands twice, once each way, and every other edge has nothing
beside it. That is told apart by sorting edges, far faster than by intersecting neighbours; only what is left
is measured. (``coverage_invalid_edges`` of GEOS takes several times as long, passes over the area around one
that lies within it, and with a wide gap over narrow ones: libgeos/geos 1251, locationtech/jts 1122.)
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.delivery.checking.pieces import Piece, Shapes
from etl.delivery.checking.tolerances import ONE_BORDER, PRECISION_M

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]
_Pairs = NDArray[np.int64]
#: A border that comes near another for less than so many tolerances only meets it there.
_MEETING = 4.0


@dataclass(frozen=True, slots=True)
class Edges:
    """Straight pieces of border, from a to b; the area lies on the same side of each. ``owner``: its area."""

    a: _Floats
    b: _Floats
    owner: _Ints

    def some(self, which: NDArray[np.bool_] | _Ints) -> "Edges":
        """Some of them."""
        return Edges(self.a[which], self.b[which], self.owner[which])


def edges_of(piece: Piece) -> Edges:
    """Every edge of every ring; rings are turned one way, so that neighbours run against each other."""
    points, line = piece.points, piece.line
    same = line[1:] == line[:-1]
    return Edges(points[:-1][same], points[1:][same], piece.owner[line[:-1][same]])


def unmatched(edges: Edges) -> Edges:
    """Those that do not stand exactly twice, once in each direction, in two areas."""
    start, end = _hash(edges.a), _hash(edges.b)
    both = start + end  # the same for either direction
    forth = start < end
    order = np.argsort(both, kind="stable")
    both, forth, owner = both[order], forth[order], edges.owner[order]
    first = np.flatnonzero(np.r_[True, both[1:] != both[:-1]])
    times = np.diff(np.r_[first, len(both)])
    two = first[times == 2]
    twins = two[(forth[two] != forth[two + 1]) & (owner[two] != owner[two + 1])]
    left = np.ones(len(both), bool)
    left[twins] = left[twins + 1] = False
    return edges.some(order[left])


def suspicious_pairs(piece: Piece, tolerance: float) -> _Pairs:
    """Pairs of areas, the lesser number first, that may overlap or leave a gap.

    What lies within a whole sheet of others has borders that match; it is come to from the sheet's rim. Where
    that rim was looked at before, every edge of what is fresh is looked for inside of others.
    """
    every = edges_of(piece)
    edges = unmatched(every)
    reach = _reach(edges, tolerance)
    found = [_side_by_side(edges, reach, tolerance), _inside(piece, edges, reach)]
    if not piece.fresh.all():
        fresh = every.some(piece.fresh[every.owner])
        found.append(_inside(piece, fresh, _reach(fresh, tolerance)))
    pairs = np.concatenate(found)
    alike = piece.group[pairs[:, 0]] == piece.group[pairs[:, 1]]
    either = piece.fresh[pairs[:, 0]] | piece.fresh[pairs[:, 1]]
    return np.unique(np.sort(pairs[alike & either], axis=1), axis=0)


def _reach(edges: Edges, tolerance: float) -> Shapes:
    low, high = np.minimum(edges.a, edges.b) - tolerance / 2, np.maximum(edges.a, edges.b) + tolerance / 2
    return np.asarray(shapely.box(*low.T, *high.T), dtype=object)


def _side_by_side(edges: Edges, reach: Shapes, tolerance: float) -> _Pairs:
    if len(edges.a) == 0:
        return np.empty((0, 2), np.int64)
    one, other = shapely.STRtree(reach).query(reach)
    apart = (edges.owner[one] != edges.owner[other]) & (one < other)
    one, other = one[apart], other[apart]
    worth = _near(edges.some(one), edges.some(other), tolerance)
    return np.column_stack([edges.owner[one[worth]], edges.owner[other[worth]]]).astype(np.int64)


def _near(one: Edges, other: Edges, tolerance: float) -> NDArray[np.bool_]:
    """Where two edges run beside each other or cross, and are not drawn as one border."""
    along = one.b - one.a
    length = np.maximum(np.hypot(*along.T), 1e-9)
    along /= length[:, None]
    p, q = other.a - one.a, other.b - one.a
    at_p, at_q = (p * along).sum(axis=1), (q * along).sum(axis=1)
    off_p, off_q = (
        along[:, 0] * p[:, 1] - along[:, 1] * p[:, 0],
        along[:, 0] * q[:, 1] - along[:, 1] * q[:, 0],
    )
    # The part of the other edge beside this one: from where to where, and how far off at both ends.
    span = at_q - at_p
    safe = np.where(np.abs(span) < 1e-9, 1e-9, span)
    start, end = np.clip((0 - at_p) / safe, 0, 1), np.clip((length - at_p) / safe, 0, 1)
    off_start, off_end = off_p + (off_q - off_p) * start, off_p + (off_q - off_p) * end
    shared = np.abs(end - start) * np.abs(span)
    steep = np.abs(span) < 1e-6
    beside = ~steep & (shared > PRECISION_M)
    nearest, farthest = np.sort(np.abs(np.column_stack([off_start, off_end])), axis=1).T
    crossing = (off_start * off_end < 0) & (nearest > PRECISION_M)
    rise = np.maximum(farthest - np.where(off_start * off_end < 0, -nearest, nearest), 1e-12)
    within = np.clip(2 * tolerance, 0, rise) / rise * shared
    close = (nearest <= tolerance) & (within > _MEETING * tolerance) | (farthest <= tolerance)
    one_border = (farthest <= max(PRECISION_M, ONE_BORDER * tolerance)) & (span < 0)
    # Steep ones cross where both ends of the one lie on either side of the other.
    crossed = steep & (off_p * off_q < 0) & (at_p > PRECISION_M) & (at_p < length - PRECISION_M)
    crossed &= np.minimum(np.abs(off_p), np.abs(off_q)) > PRECISION_M
    worth: NDArray[np.bool_] = (beside & (crossing | close) & ~one_border) | crossed
    return worth


def _inside(piece: Piece, edges: Edges, reach: Shapes) -> _Pairs:
    """Areas with the middle of another's edge inside."""
    middles = (edges.a + edges.b) / 2
    edge, area = shapely.STRtree(piece.shapes).query(reach)
    boxes, (x, y) = piece.boxes[area], middles[edge].T
    other = (edges.owner[edge] != area) & (x > boxes[:, 0]) & (x < boxes[:, 2])
    other &= (y > boxes[:, 1]) & (y < boxes[:, 3])
    edge, area = edge[other], area[other]
    held = shapely.contains_xy(piece.shapes[area], middles[edge, 0], middles[edge, 1])
    return np.column_stack([edges.owner[edge[held]], area[held]]).astype(np.int64)


def _hash(points: _Floats) -> NDArray[np.uint64]:
    bits = np.ascontiguousarray(points + 0.0).view(np.uint64).reshape(-1, 2)
    mixed = bits[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ (bits[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    scrambled: NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(32))
    return scrambled
