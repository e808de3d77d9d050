"""Boulevards, the ring road and the creeks: lines that cross the grid at their own angle and cut lots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.demo.randomness import generator
from etl.demo.warp import warp

Floats = NDArray[np.float64]

BANK_M = 5.0
"""Green bank left on each side of a creek or lake."""


@dataclass(frozen=True, slots=True)
class Way:
    """A line in EPSG:9210 with its full width in metres; kind is that of a street, or rach, or ho."""

    name: str
    kind: str
    width_m: float
    line: Floats

    @property
    def is_water(self) -> bool:
        """True for a creek (rach) or a lake (ho)."""
        return self.kind in ("rach", "ho")

    def surface(self, spare_m: float = 0.0) -> shapely.Geometry:
        """The water or carriageway itself, widened by `spare_m` on each side."""
        if self.kind == "ho":
            lake = shapely.Polygon(self.line)
            return shapely.buffer(lake, spare_m) if spare_m else lake
        return shapely.buffer(shapely.LineString(self.line), self.width_m / 2 + spare_m, quad_segs=4)


_STREETS: tuple[tuple[str, str, float, tuple[tuple[float, float], ...]], ...] = (
    (
        "Ấp Bắc",
        "duong_chinh",
        26.0,
        ((-330, 560), (-900, 960), (-1700, 1420), (-2700, 1760), (-4000, 1990), (-5400, 2350), (-7000, 2500)),
    ),
    (
        "Nguyễn Huỳnh Đức",
        "duong_chinh",
        24.0,
        (
            (180, 480),
            (640, 900),
            (1150, 1560),
            (1700, 2150),
            (2050, 2950),
            (2700, 3900),
            (2800, 5200),
            (3100, 6800),
        ),
    ),
    (
        "Nguyễn Tri Phương",
        "duong_chinh",
        20.0,
        ((-330, 560), (-520, 1150), (-950, 1750), (-1150, 2500), (-1000, 3500), (-1500, 4700), (-1400, 6900)),
    ),
)
_CREEKS: tuple[tuple[str, float, tuple[tuple[float, float], ...]], ...] = (
    (
        "Rạch Cái Ngang",
        16.0,
        (
            (-2500, -40),
            (-2330, 600),
            (-2720, 1300),
            (-2250, 2300),
            (-2650, 3300),
            (-2100, 4300),
            (-2500, 6900),
        ),
    ),
    ("Rạch Cầu Đúc", 11.0, ((0, 1760), (-420, 2050), (-560, 2700), (-330, 3500), (-900, 4300), (-700, 5400))),
    (
        "Rạch Bình Tạo",
        12.0,
        (
            (0, 1010),
            (420, 1200),
            (980, 1030),
            (1620, 1300),
            (1900, 2050),
            (2550, 2500),
            (2500, 3500),
            (3300, 4500),
            (3050, 6900),
        ),
    ),
    (
        "Rạch Cầu Ván",
        13.0,
        ((3560, -40), (3420, 700), (4020, 1500), (3700, 2600), (4300, 3600), (4100, 6900)),
    ),
    (
        "Rạch Sung",
        18.0,
        (
            (-5150, -40),
            (-4950, 900),
            (-5600, 2000),
            (-5050, 3200),
            (-5450, 4300),
            (-4900, 5500),
            (-5200, 6900),
        ),
    ),
)


def streets(extent: float) -> list[Way]:
    """Boulevards and the ring road; beyond `extent` times the old reach they are not drawn."""
    angle = np.radians(np.linspace(-4.9, 184.9, 160))
    ring = warp(-250 + 2350 * np.cos(angle), 160 + 1900 * np.sin(angle))
    found = [Way("Vành đai Mỹ Tho", "duong_chinh", 28.0, np.round(ring, 3))]
    found += [Way(name, kind, width, _smooth(line)) for name, kind, width, line in _STREETS]
    if extent > 1.2:
        wide = warp(-250 + 6200 * np.cos(angle), 160 + 5300 * np.sin(angle))
        found.append(Way("Vành đai 2", "duong_chinh", 34.0, np.round(wide, 3)))
    return found


def waters(seed: int, west: float, east: float, north: float) -> list[Way]:
    """Creeks and the lake; in the far parts of a large city one creek for each tile of 2.6 km."""
    found = [Way(name, "rach", width, _smooth(line, 26.0)) for name, width, line in _CREEKS]
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radius = 1.0 + 0.16 * np.sin(3 * turn + 0.5) + 0.07 * np.sin(5 * turn)
    lake = warp(-1326 + 70 * radius * np.cos(turn), 846 + 115 * radius * np.sin(turn))
    found.append(Way("Hồ Giếng Nước", "ho", 0.0, np.round(lake, 3)))
    tile = 2600.0
    for a in range(int(np.floor(west / tile)), int(np.ceil(east / tile))):
        for b in range(int(np.ceil(north / tile))):
            inside = -7500 < (a + 0.5) * tile < 6000 and b < 2
            if inside:
                continue
            rng = generator(seed, 41, a, b)
            at = np.array([(a + rng.uniform(0.2, 0.8)) * tile, b * tile + 60.0])
            points = [at]
            for _ in range(4):
                at = at + np.array([rng.uniform(-650, 650), tile / 4.2])
                points.append(at)
            name = f"Rạch số {abs(a) * 10 + b}{'T' if a < 0 else 'Đ'}"
            found.append(
                Way(name, "rach", float(rng.uniform(9, 18)), _smooth(tuple(map(tuple, points)), 26.0))
            )
    return found


def _smooth(points: tuple[tuple[float, ...], ...], meander: float = 0.0) -> Floats:
    """A Catmull-Rom curve through plan points, with bends for a creek, in EPSG:9210 to 1 mm."""
    knots = np.array(points, dtype=np.float64)
    knots = np.concatenate([[2 * knots[0] - knots[1]], knots, [2 * knots[-1] - knots[-2]]])
    pieces = []
    for p0, p1, p2, p3 in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        share = np.linspace(0, 1, max(6, int(np.hypot(*(p2 - p1)) / 18)), endpoint=False)[:, None]
        pieces.append(
            0.5
            * (
                2 * p1
                + (p2 - p0) * share
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * share**2
                + (3 * p1 - p0 - 3 * p2 + p3) * share**3
            )
        )
    curve = np.concatenate([*pieces, knots[-2:-1]])
    if meander:
        run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))])
        side = np.gradient(curve, axis=0)
        side = np.stack([-side[:, 1], side[:, 0]], axis=1) / np.hypot(*side.T)[:, None]
        bend = np.sin(run / 61.0 + points[0][0]) + 0.55 * np.sin(run / 27.0 + points[0][1])
        curve = curve + side * (0.5 * meander * bend * np.minimum(1.0, run / 120.0))[:, None]
    return np.round(warp(curve[:, 0], curve[:, 1]), 3)
