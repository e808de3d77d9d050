"""Cutting the lots that a boulevard or a creek runs through."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.demo.lots import Lots
from etl.demo.ways import BANK_M, Way

_LEAST_M2 = 62.0
_LEAST_PUBLIC_M2 = 260.0
_MOST_M2 = 390.0
_LEAST_ROUNDNESS = 0.34  # 4 pi area / perimeter squared; a lot of 5 x 20 m has 0.50


class Carver:
    """Ways of the whole city, found again by cell."""

    def __init__(self, ways: list[Way]) -> None:
        """Widen each way by what must stay free beside it."""
        pieces: list[shapely.Geometry] = []
        for way in ways:
            spare = BANK_M if way.is_water else 0.0
            if way.kind == "ho":
                pieces.append(way.surface(2 * BANK_M))
                continue
            # Short pieces, so that a cell meets only what is near.
            for first in range(0, len(way.line) - 1, 12):
                part = Way(way.name, way.kind, way.width_m, way.line[max(0, first - 2) : first + 15])
                pieces.append(part.surface(spare))
        self._pieces = np.array(pieces)
        self._tree = shapely.STRtree(self._pieces)

    def near(self, outline: NDArray[np.float64]) -> shapely.Geometry | None:
        """What must be cut out of the cell with this outline; None where nothing comes near."""
        found = self._tree.query(shapely.polygons(outline), predicate="intersects")
        if len(found) == 0:
            return None
        return shapely.set_precision(shapely.union_all(self._pieces[np.sort(found)]), 0.001)


def carve(lots: Lots, public: NDArray[np.bool_], cut: shapely.Geometry) -> Lots:
    """The lots without the cut. A rest too small to build on joins the lot beside it, or is dropped.

    Lots come back in their order; the coordinates of untouched ones are unchanged, new vertices lie on the
    1 mm lattice, so that neighbours still share them.
    """
    touched = _near_lots(lots, cut)
    shapes = _shapes(lots, touched)
    hit = shapely.intersects(cut, shapes)
    touched, shapes = touched[hit], shapes[hit]
    if len(touched) == 0:
        return lots
    left = _on_lattice(_largest_part(shapely.difference(shapes, cut)))
    least = np.where(public[touched], _LEAST_PUBLIC_M2, _LEAST_M2)
    good = (shapely.area(left) >= least) & (_roundness(left) > _LEAST_ROUNDNESS)
    good &= (shapely.get_num_interior_rings(left) == 0) & shapely.is_valid(left)
    shape_of: dict[int, shapely.Geometry] = dict(zip(touched[good].tolist(), left[good], strict=True))
    gone = set(touched[~good].tolist())
    rests = (~good) & (shapely.area(left) > 2.0) & ~public[touched]
    shape_of.update(_joined_rests(lots, touched[rests], left[rests], shape_of, gone))
    return _replaced(lots, shape_of, gone)


def _near_lots(lots: Lots, cut: shapely.Geometry) -> NDArray[np.int64]:
    low = np.minimum.reduceat(lots.points, lots.start[:-1], axis=0)
    high = np.maximum.reduceat(lots.points, lots.start[:-1], axis=0)
    shapely.prepare(cut)
    return np.flatnonzero(shapely.intersects(cut, shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])))


def _shapes(lots: Lots, chosen: NDArray[np.int64]) -> NDArray[np.object_]:
    sizes = np.diff(lots.start)[chosen]
    take = np.repeat(lots.start[chosen] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    rings = shapely.linearrings(lots.points[take], indices=np.repeat(np.arange(len(chosen)), sizes))
    return np.asarray(shapely.polygons(rings))


def _largest_part(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    found = np.full(len(shapes), shapely.Polygon(), dtype=object)
    order = np.argsort(shapely.area(parts), kind="stable")  # the last write wins
    found[owner[order]] = parts[order]
    return found


def _on_lattice(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Coordinates rounded to 1 mm each for itself; neighbours round alike."""
    return np.asarray(shapely.set_precision(shapes, 0.001, mode="pointwise"))


def _roundness(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    return np.asarray(4 * np.pi * shapely.area(shapes) / np.maximum(shapely.length(shapes), 1e-9) ** 2)


def _joined_rests(
    lots: Lots,
    rest: NDArray[np.int64],
    left: NDArray[np.object_],
    shape_of: dict[int, shapely.Geometry],
    gone: set[int],
) -> dict[int, shapely.Geometry]:
    """New shapes of lots that take in the rest beside them, one rest each."""
    takers: dict[int, int] = {}
    for number, lot in enumerate(rest.tolist()):
        for beside in (lot + 1, lot - 1):
            if not 0 <= beside < len(lots) or beside in gone or beside in takers:
                continue
            if lots.block[beside] == lots.block[lot] and lots.street[beside] == lots.street[lot]:
                takers[beside] = number
                break
    if not takers:
        return {}
    taker = np.array(list(takers))
    whole = _shapes(lots, taker)
    own = np.array([shape_of.get(lot, shape) for lot, shape in zip(takers, whole, strict=True)], dtype=object)
    union = _on_lattice(shapely.union(own, left[np.array(list(takers.values()))]))
    fit = (shapely.get_type_id(union) == 3) & (shapely.area(union) <= _MOST_M2) & (_roundness(union) > 0.3)
    fit &= (shapely.get_num_interior_rings(union) == 0) & shapely.is_valid(union)
    return dict(zip(taker[fit].tolist(), union[fit], strict=True))


def _replaced(lots: Lots, shape_of: dict[int, shapely.Geometry], gone: set[int]) -> Lots:
    untouched = np.ones(len(lots), dtype=bool)
    untouched[[*shape_of, *gone]] = False
    rings = shapely.get_exterior_ring(
        shapely.orient_polygons(np.array(list(shape_of.values()), dtype=object), exterior_cw=False)
    )
    ring_points, ring_of = shapely.get_coordinates(rings, return_index=True)
    ring_sizes = np.bincount(ring_of, minlength=len(shape_of))
    ring_points = np.delete(ring_points, np.cumsum(ring_sizes) - 1, axis=0)  # rings here are not closed

    sizes = np.diff(lots.start)
    whole = np.flatnonzero(untouched)
    points = np.concatenate([lots.points[np.repeat(untouched, sizes)], ring_points])
    all_sizes = np.concatenate([sizes[whole], ring_sizes - 1])
    lot = np.concatenate([whole, np.array(list(shape_of), dtype=np.int64)])
    order = np.argsort(lot, kind="stable")
    begin = np.concatenate([[0], np.cumsum(all_sizes)])[:-1]
    new_sizes = all_sizes[order]
    start = np.concatenate([[0], np.cumsum(new_sizes)])
    take = np.repeat(begin[order] - start[:-1], new_sizes) + np.arange(start[-1])
    return Lots(points[take], start, lots.block[lot[order]], lots.street[lot[order]])
