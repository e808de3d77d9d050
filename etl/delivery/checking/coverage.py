"""Overlaps and gaps of areas that share borders and no ground, measured where borders do not match."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.delivery.checking.book import Breach, Notes
from etl.delivery.checking.borders import suspicious_pairs
from etl.delivery.checking.pieces import Piece, Shapes
from etl.delivery.checking.subject import Subject
from etl.delivery.checking.tolerances import ONE_BORDER, PRECISION_M

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]
#: Of the smaller of two areas: with more of itself on the other it is the same ground, not a border in doubt.
_SAME_GROUND = 0.5
#: A gap is narrower than this share of the tolerance all over; wider it is the tip of a wedge.
_GAP = 0.8


def check_coverage(subject: Subject, piece: Piece, notes: Notes) -> None:
    """Overlaps and gaps of one piece, each told in the one piece that owns it."""
    coverage = subject.layer.checks.coverage
    if coverage is None or len(piece.rows) < 2:
        return
    pairs = suspicious_pairs(piece, subject.tolerance)
    seen = np.empty((0, 2), np.int64)
    gaps: list[Any] = []
    while len(pairs):
        shared = shapely.intersection(piece.shapes[pairs[:, 0]], piece.shapes[pairs[:, 1]])
        area = shapely.area(shared)
        width = 2 * area / np.maximum(shapely.length(shared), PRECISION_M)
        over = width > subject.tolerance
        _tell(subject, piece, notes, pairs[over], shared[over], area[over], width[over])
        if coverage.gaps and not len(seen):
            gaps = _between(piece, pairs[~over], subject.tolerance)
        seen = np.concatenate([seen, pairs])
        pairs = _further(piece, pairs[over], seen)
    if gaps:
        _tell_gaps(subject, piece, notes, gaps)


def _further(piece: Piece, overlapping: _Ints, seen: _Ints) -> _Ints:
    """What else lies on those that overlap: whole sheets on one another match inside, each for itself."""
    areas = np.unique(overlapping)
    if not len(areas):
        return np.empty((0, 2), np.int64)
    one, other = shapely.STRtree(piece.shapes).query(piece.shapes[areas], predicate="intersects")
    found = np.sort(np.column_stack([areas[one], other]).astype(np.int64), axis=1)
    good = (found[:, 0] != found[:, 1]) & (piece.group[found[:, 0]] == piece.group[found[:, 1]])
    good &= piece.fresh[found[:, 0]] | piece.fresh[found[:, 1]]
    found = np.unique(found[good], axis=0)
    known = {(int(a), int(b)) for a, b in seen}
    new = [pair for pair in found.tolist() if tuple(pair) not in known]
    return np.array(new, np.int64).reshape(-1, 2)


def _tell(
    subject: Subject,
    piece: Piece,
    notes: Notes,
    pairs: _Ints,
    shared: Shapes,
    area: _Floats,
    width: _Floats,
) -> None:
    """One breach for each pair.

    Of a feature in force that is covered for the most part the delivery holds what it has become.
    """
    whole = shapely.area(piece.shapes[pairs])
    share = area / np.maximum(whole.min(axis=1, initial=np.inf), PRECISION_M)
    covered = np.bincount(pairs.ravel(), np.repeat(area, 2), len(piece.rows))
    become = (piece.ids > 0) & (covered >= _SAME_GROUND * shapely.area(piece.shapes))
    corner = np.maximum(piece.boxes[pairs[:, 0], :2], piece.boxes[pairs[:, 1], :2])
    own = piece.own(corner)
    same = shapely.equals_exact(piece.shapes[pairs[:, 0]], piece.shapes[pairs[:, 1]])
    told: dict[str, list[Breach]] = {"overlap": [], "same_ground": [], "overlap_in_force": []}
    limit = f"{subject.tolerance:.2f}"
    for at in np.flatnonzero(own & ~same):
        one, other = (int(number) for number in pairs[at])
        if piece.rows[one] == 0:
            one, other = other, one
        place = _areas_only(shared[at])
        measured = (f"{area[at]:.1f}", f"{width[at]:.2f}", limit)
        row, beside, feature = int(piece.rows[one]), int(piece.rows[other]), int(piece.ids[other])
        if feature:
            if share[at] < _SAME_GROUND and not become[other]:
                breach = Breach(row, (str(feature), *measured), place, feature)
                told["overlap_in_force"].append(breach)
        elif share[at] >= _SAME_GROUND:
            told["same_ground"].append(Breach(row, (str(beside), measured[0]), place))
        else:
            told["overlap"].append(Breach(row, (str(beside), *measured), place))
    for code, breaches in told.items():
        notes.found_in_rows(code, breaches)


def _areas_only(shape: Any) -> bytes:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return bytes(shapely.to_wkb(shapely.multipolygons(parts)))


def _between(piece: Piece, pairs: _Ints, tolerance: float) -> list[Any]:
    """What two neighbours enclose when both are drawn half the tolerance wider."""
    if not len(pairs):
        return []
    both = shapely.union(piece.shapes[pairs[:, 0]], piece.shapes[pairs[:, 1]])
    closed = shapely.buffer(shapely.buffer(both, tolerance / 2, quad_segs=4), -tolerance / 2, quad_segs=4)
    parts = shapely.get_parts(shapely.difference(closed, both))
    return list(parts[shapely.area(parts) > 2 * tolerance**2])


def _tell_gaps(subject: Subject, piece: Piece, notes: Notes, gaps: list[Any]) -> None:
    tree = shapely.STRtree(piece.shapes)
    left = []
    for gap in shapely.get_parts(shapely.union_all(gaps)):
        around = piece.shapes[tree.query(gap, predicate="intersects")]
        left += list(shapely.get_parts(shapely.difference(gap, shapely.union_all(around))))
    parts = np.array([part for part in left if part.geom_type == "Polygon"], dtype=object)
    if not len(parts):
        return
    parts = parts[piece.own(shapely.bounds(parts).reshape(-1, 4))]
    parts = parts[shapely.area(parts) > 2 * subject.tolerance**2]
    parts = parts[2 * shapely.area(parts) > ONE_BORDER * subject.tolerance * shapely.length(parts)]
    limit = _GAP * subject.tolerance
    breaches = []
    for part in parts[2 * shapely.length(shapely.maximum_inscribed_circle(parts)) < limit]:
        beside = tree.query(part, predicate="dwithin", distance=PRECISION_M)
        rows = sorted({int(row) for row in piece.rows[beside] if row})
        if len(beside) >= 2 and rows:
            told = (f"{part.area:.2f}", str(rows[0]), str(rows[-1]), f"{limit:.2f}")
            breaches.append(Breach(rows[0], told, shapely.to_wkb(part)))
    notes.found_in_rows("gap", breaches)
