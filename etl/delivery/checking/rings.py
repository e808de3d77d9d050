"""Faults within one geometry: vertices that are one, spikes, rings that almost touch, parts too small."""

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.delivery.checking.book import Breach, Notes
from etl.delivery.checking.pieces import Piece
from etl.delivery.checking.subject import Subject
from etl.delivery.checking.tolerances import PRECISION_M

#: A border that turns back at less than this is no corner.
_SPIKE_DEGREES = 1.0
_Ints = NDArray[np.int64]


def check_rings(subject: Subject, piece: Piece, notes: Notes) -> None:
    """Each fresh row of the piece's own, once."""
    mine = piece.fresh & piece.own(piece.boxes)
    if not mine.any():
        return
    _near_vertices(piece, mine, notes)
    if subject.layer.geometry.dimension == 2:
        _spikes(piece, mine, notes)
        _rings_touch(piece, mine, notes)
        _small(subject, piece.rows[mine], piece.shapes[mine], notes)


def _near_vertices(piece: Piece, mine: NDArray[np.bool_], notes: Notes) -> None:
    points, line = piece.points, piece.line
    near = (np.hypot(*(points[1:] - points[:-1]).T) < PRECISION_M) & (line[1:] == line[:-1])
    at = np.flatnonzero(near)
    which, first, times = np.unique(piece.owner[line[at]], return_index=True, return_counts=True)
    breaches = [
        Breach(int(piece.rows[w]), (str(n),), shapely.to_wkb(shapely.Point(points[at[f]])))
        for w, f, n in zip(which, first, times, strict=True)
        if mine[w]
    ]
    notes.found_in_rows("near_vertices", breaches)


def _spikes(piece: Piece, mine: NDArray[np.bool_], notes: Notes) -> None:
    """Angles within rings; where a ring closes, its second vertex follows the last but one."""
    points, line = piece.points, piece.line
    step = points[1:] - points[:-1]
    ends = np.flatnonzero(np.r_[line[1:] != line[:-1], True])
    starts = np.r_[0, ends[:-1] + 1]
    inner = np.flatnonzero(line[2:] == line[:-2]) + 1
    corner = np.concatenate([inner, ends])
    before = np.concatenate([step[inner - 1], step[ends - 1]])
    after = np.concatenate([step[inner], step[starts]])
    along = (before * after).sum(axis=1)
    # Only where the border turns back is the angle worked out.
    back = np.flatnonzero(along < 0)
    before, after, along, corner = before[back], after[back], along[back], corner[back]
    across = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    angle = np.degrees(np.arctan2(np.abs(across), -along))
    long = np.minimum(np.hypot(*before.T), np.hypot(*after.T)) > PRECISION_M
    breaches = []
    for i in np.flatnonzero(long & (angle < _SPIKE_DEGREES)):
        whose = piece.owner[line[corner[i]]]
        if mine[whose]:
            tip = shapely.to_wkb(shapely.Point(points[corner[i]]))
            breaches.append(Breach(int(piece.rows[whose]), (f"{angle[i]:.2f}",), tip))
    notes.found_in_rows("spike", breaches)


def _rings_touch(piece: Piece, mine: NDArray[np.bool_], notes: Notes) -> None:
    """Only areas of several rings are measured: vertices of one ring are looked at one after another."""
    several = np.flatnonzero((np.bincount(piece.owner, minlength=len(piece.rows)) > 1) & mine)
    if not len(several):
        return
    apart = shapely.minimum_clearance(piece.shapes[several])
    breaches = []
    for at, clear in zip(several, apart, strict=True):
        if 0 < clear < PRECISION_M:
            place = shapely.to_wkb(shapely.minimum_clearance_line(piece.shapes[at]))
            breaches.append(Breach(int(piece.rows[at]), (f"{clear * 1000:.2f}",), place))
    notes.found_in_rows("rings_touch", breaches)


def _small(subject: Subject, rows: _Ints, shapes: NDArray[np.object_], notes: Notes) -> None:
    coverage = subject.layer.checks.coverage
    if coverage is None:
        return
    parts, owner = shapely.get_parts(shapes, return_index=True)
    area = shapely.area(parts)
    width = 2 * area / np.maximum(shapely.length(parts), PRECISION_M)
    small = area < coverage.least_area_m2
    for code, where, told in (
        ("small_area", small, area),
        ("sliver", ~small & (width < subject.tolerance), width),
    ):
        breaches = [
            Breach(int(rows[owner[i]]), (f"{told[i]:.2f}",), shapely.to_wkb(parts[i]))
            for i in np.flatnonzero(where)
        ]
        notes.found_in_rows(code, breaches)
