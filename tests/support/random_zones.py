"""Plans made up over real ground: cells that share edges, wild overlaps, holes, roads, hairs of land."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class MadeZone:
    """A zone as it goes into the table; ``shows`` are the themes its plan shows completely."""

    theme: str
    plan: str
    level: str
    shows: tuple[str, ...]
    shape: shapely.MultiPolygon


def zones_over(parcels: Sequence[BaseGeometry], rng: Generator) -> Iterator[MadeZone]:
    """Zones over some parcels, of every kind that an overlay may stumble on."""
    west, south, east, north = shapely.total_bounds(np.array(parcels, dtype=object))
    ground = shapely.box(west, south, east, north)

    def places(count: int) -> np.ndarray:
        return rng.uniform((west, south), (east, north), size=(count, 2))

    # The general plan leaves the north-east without data; its cells share their edges.
    planned = ground.difference(shapely.box((west + east) / 2, (south + north) / 2, east, north))
    for cell in shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(places(180)))):
        yield from _zone("land_function", "QHC", "chung", ("land_function", "road_reserve"), cell & planned)
    for centre in places(60):
        yield from _zone("land_function", "QHPK", "phan_khu", ("land_function",), _star(centre, rng))
    for centre in places(40):
        star = _star(centre, rng)
        holes = shapely.union_all([_star(centre, rng, scale=0.3), _star(centre + 60, rng, scale=0.2)])
        yield from _zone("land_function", "QHCT", "chi_tiet", ("land_function", "heritage"), star - holes)
    for _ in range(20):
        several = shapely.union_all([_star(centre, rng, scale=0.6) for centre in places(4)])
        yield from _zone("waterway_corridor", "QHN", "phan_khu", (), several)
    for _ in range(25):
        road = shapely.LineString(places(4)).buffer(float(rng.uniform(2, 15)))
        yield from _zone("road_reserve", "QHC", "chung", ("land_function", "road_reserve"), road)
    yield from _along(parcels, rng)


def _along(parcels: Sequence[BaseGeometry], rng: Generator) -> Iterator[MadeZone]:
    """Zones that take up the very edges of parcels: whole ones together, and hairs beside their borders."""
    for start in rng.choice(len(parcels), 30, replace=False):
        near = sorted(parcels, key=parcels[start].distance)[: int(rng.integers(2, 9))]
        yield from _zone("heritage", "QHDT", "chi_tiet", ("heritage",), shapely.union_all(near))
    for start in rng.choice(len(parcels), 40, replace=False):
        hair = parcels[start].boundary.buffer(
            float(rng.choice([0.0005, 0.002, 0.01, 0.03])), cap_style="flat"
        )
        yield from _zone("power_corridor", "QHD", "phan_khu", (), hair)


def _star(centre: np.ndarray, rng: Generator, scale: float = 1.0) -> BaseGeometry:
    """A shape of 7 to 40 corners, bent in and out."""
    turns = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(7, 40))))
    reach = rng.uniform(40, 400, len(turns)) * scale
    return shapely.Polygon(centre + np.column_stack([np.cos(turns), np.sin(turns)]) * reach[:, None]).buffer(
        0
    )


def _zone(
    theme: str, plan: str, level: str, shows: tuple[str, ...], shape: BaseGeometry
) -> Iterator[MadeZone]:
    parts = [p for p in shapely.get_parts(shape).tolist() if p.geom_type == "Polygon" and p.area > 0]
    if parts and shapely.is_valid(whole := shapely.MultiPolygon(parts)):
        yield MadeZone(theme, plan, level, shows, whole)
