"""Road reserves, banks of rivers and canals, the safety strip of one power line, and protected monuments.

Widths are invented: a corridor is loaded with the plan that draws it, not computed from a law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from etl.demo.admin_units import territory
from etl.demo.avenues import main_streets
from etl.demo.city import City
from etl.demo.names import MARK
from etl.demo.warp import warp
from etl.demo.waters import surfaces

_BANK_M = {"song": 30.0, "kenh": 15.0, "rach": 10.0, "ho": 10.0}
_POWER_STRIP_M = 8.0  # on each side of the axis
_PYLONS = (
    (-6900, 3150), (-4300, 2450), (-2500, 1800), (-1150, 1330),
    (150, 1240), (1500, 1130), (2900, 1700), (5200, 2700),
)  # fmt: skip
# Invented monuments in the core, which every city has: name and place on the plan; how far each area reaches.
_MONUMENTS = (
    ("đình làng", -420.0, 520.0), ("chùa cổ", 330.0, 690.0), ("nhà cổ ven sông", -150.0, 180.0),
)  # fmt: skip
_MONUMENT_M = (("I", 0.0, 30.0), ("II", 30.0, 70.0))


@dataclass(frozen=True, slots=True)
class Reserve:
    """A strip that the general plan keeps free. Lines are metres from the axis of the street."""

    prefix: str
    title: str
    theme: str
    shape: shapely.Geometry
    red_line_m: float | None = None
    building_line_m: float | None = None
    function: str | None = None


def reserves(city: City) -> Iterator[Reserve]:
    """Planned streets wider than today's, waters, the power line, monuments; all within the territory."""
    ground = territory(city)
    shapely.prepare(ground)

    def inside(shape: shapely.Geometry) -> shapely.Geometry:
        return shapely.intersection(shape, ground, grid_size=0.001)

    for street in main_streets(city):
        planned = street.planned_m
        if planned is None or planned <= street.width_m:
            continue
        strip = inside(shapely.buffer(street.line, planned / 2, cap_style="flat"))
        title = f"Lộ giới quy hoạch {street.name}, rộng {planned:g} m"
        yield Reserve("LG", title, "road_reserve", strip, planned / 2, planned / 2 + 3.0)
    for name, kind, water in surfaces(city):
        bank: shapely.Geometry = shapely.difference(shapely.buffer(water, _BANK_M[kind], quad_segs=4), water)
        strip = inside(bank)
        if not shapely.is_empty(strip):
            title = f"Hành lang bảo vệ {name[0].lower()}{name[1:]}, rộng {_BANK_M[kind]:g} m"
            yield Reserve("HL", title, "waterway_corridor", strip)
    pylons = np.array(_PYLONS, dtype=np.float64) * [city.extent, 1.0]
    axis = shapely.LineString(np.round(warp(pylons[:, 0], pylons[:, 1]), 3))
    strip = inside(shapely.buffer(axis, _POWER_STRIP_M, join_style="mitre"))
    yield Reserve("DZ", "Hành lang an toàn đường dây 110 kV (minh hoạ)", "power_corridor", strip)
    for name, u, v in _MONUMENTS:
        middle = shapely.Point(np.round(warp(np.array([u]), np.array([v]))[0], 3))
        for area, start, end in _MONUMENT_M:
            ring = shapely.difference(shapely.buffer(middle, end), shapely.buffer(middle, start))
            title = f"Khu vực bảo vệ {area} di tích {name}{MARK}"
            yield Reserve("DT", title, "heritage", inside(ring), function="Khu vực bảo vệ di tích")
