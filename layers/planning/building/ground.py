"""A parcel cut up: what planned roads take, what setbacks keep free, and what is left to build on.

Metres and m² of the working grid. The three parts together are the parcel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from layers.planning.building.reading import Street
from layers.planning.tolerance import tolerance_on

#: Bends of a strip are drawn with this many lines a quarter circle.
QUARTER = 16


@dataclass(frozen=True, slots=True)
class Taken:
    """What one planned road takes: a zone of a plan, or the planned width of a street."""

    area_m2: float
    geometry: BaseGeometry
    zone: int | None = None
    street: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Ground within ``metres`` of the red line of a street, or of a strip that a plan takes."""

    metres: float
    street: Street | None = None
    strip: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Net:
    """The lot without what roads take; ``slight`` is what is too little to take anything."""

    lot: BaseGeometry
    geometry: BaseGeometry
    takers: tuple[Taken, ...]
    slight: tuple[Taken, ...] = ()

    @property
    def taken_m2(self) -> float:
        """Ground of all planned roads together, none counted twice."""
        return max(0.0, float(self.lot.area - self.geometry.area))

    @property
    def gone(self) -> bool:
        """Whether roads take all of it."""
        return bool(self.geometry.area <= tolerance_on(self.lot.area))


def net_of(lot: BaseGeometry, reserves: Iterable[tuple[int, BaseGeometry]], streets: Sequence[Street]) -> Net:
    """``reserves`` are grounds of planned roads with the id of their zone. Slivers take nothing."""
    found = [Taken(ground.area, ground, zone=zone) for zone, ground in reserves]
    for street in streets:
        # Only what is planned takes ground: today's road lies where it lies.
        if street.planned_width_m is not None:
            part = _polygons(lot.intersection(strip(street.line, street.planned_width_m / 2)))
            found.append(Taken(part.area, part, street=street.id))
    takers = tuple(one for one in found if one.area_m2 > tolerance_on(lot.area))
    slight = tuple(one for one in found if 0 < one.area_m2 <= tolerance_on(lot.area))
    if not takers:
        return Net(lot, lot, (), slight)
    together = shapely.union_all([one.geometry for one in takers])
    return Net(lot, _polygons(lot.difference(together)), takers, slight)


def outline_of(net: Net, kept: Sequence[Kept]) -> BaseGeometry:
    """What may be built on: the net lot without its setbacks."""
    strips = [_kept_strip(one) for one in kept if one.metres > 0]
    if not strips:
        return net.geometry
    return _polygons(net.geometry.difference(shapely.union_all(strips)))


def without(ground: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """The areas of the one that are not of the other."""
    return ground if other.is_empty else _polygons(ground.difference(other))


def strip(line: BaseGeometry, half_m: float) -> BaseGeometry:
    """The ground of a road: ``half_m`` on each side of its centre line, ending where the line ends."""
    return line.buffer(half_m, quad_segs=QUARTER, cap_style="flat")


def _kept_strip(one: Kept) -> BaseGeometry:
    if one.street is not None and one.street.red_half_m is not None:
        return strip(one.street.line, one.street.red_half_m + one.metres)
    assert one.strip is not None  # noqa: S101  # a setback is from a street or from a strip
    return one.strip.buffer(one.metres, quad_segs=QUARTER)


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Its areas alone: where borders run along each other an overlay leaves lines too."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = [p for p in shapely.get_parts(geometry).tolist() if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()
