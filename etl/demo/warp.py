"""From the plan's straight (u, v) metres to curved EPSG:9210 metres.

u runs east along the river, v north from its bank. Every step keeps areas (shears and swirls have Jacobian 1)
and can be undone, so that a lot drawn at 120 m2 stays near 120 m2 and no two lots can meet.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# The mouth of the Bảo Định canal: u = v = 0.
ORIGIN = (567_130.0, 1_144_190.0)

# Centre u, v; radius of influence in metres; turn in radians at the centre.
_SWIRLS = (
    (-250.0, 900.0, 950.0, 0.34),
    (-2900.0, 2300.0, 1500.0, -0.30),
    (2300.0, 2100.0, 1300.0, 0.30),
    (-1100.0, 4600.0, 1500.0, 0.25),
    (-4800.0, 4600.0, 1400.0, 0.30),
    (3600.0, 4700.0, 1200.0, -0.30),
)


def warp(u: Floats, v: Floats) -> Floats:
    """EPSG:9210 points, shape (..., 2), of plan coordinates in metres."""
    x, y = np.asarray(u, dtype=np.float64), np.asarray(v, dtype=np.float64)
    for centre_u, centre_v, radius, turn in _SWIRLS:
        du, dv = x - centre_u, y - centre_v
        angle = turn * np.exp(-(du * du + dv * dv) / (radius * radius))
        cos, sin = np.cos(angle), np.sin(angle)
        x, y = centre_u + du * cos - dv * sin, centre_v + du * sin + dv * cos
    # Bends of a few hundred metres, so that side streets curve as well.
    x = x + 15.0 * np.sin(y / 148.0 + 0.8)
    y = y + 13.0 * np.sin(x / 163.0 + 2.0)
    y = y + _bank(x)
    x = x + 90.0 * np.sin(y / 1700.0 + 0.7)
    return np.stack([x + ORIGIN[0], y + ORIGIN[1]], axis=-1)


def _bank(x: Floats) -> Floats:
    # The river falls away to the south-west and a little to the east, with gentle bends.
    return 260.0 * np.tanh((x + 2600.0) / 3200.0) - 150.0 + 95.0 * np.sin(x / 1500.0 + 1.9) - 1.2e-5 * x * x
