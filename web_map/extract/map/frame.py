"""Which ground the map shows, and where it lies on the paper."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

WIDTH_MM, HEIGHT_MM = 174.0, 91.0

_SCALES = (
    200,
    250,
    500,
    1_000,
    2_000,
    2_500,
    5_000,
    10_000,
    20_000,
    25_000,
    50_000,
    100_000,
    200_000,
    500_000,
)
_FILLED = 0.5
"""How much of either side the site takes at most: its neighbours are part of the answer."""
_ROUND_M = (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the working grid. ``scale`` is the denominator, ``west`` and ``north`` in metres."""

    west: float
    north: float
    scale: int

    def x(self, easting: float) -> float:
        """Millimetres from the left edge of the paper."""
        return (easting - self.west) * 1000 / self.scale

    def y(self, northing: float) -> float:
        """Millimetres from the upper edge of the paper."""
        return (self.north - northing) * 1000 / self.scale

    def millimetres(self, metres: float) -> float:
        """How long a length on the ground is on the paper."""
        return metres * 1000 / self.scale

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north in metres."""
        wide, high = WIDTH_MM * self.scale / 1000, HEIGHT_MM * self.scale / 1000
        return (self.west, self.north - high, self.west + wide, self.north)

    @property
    def grid_step(self) -> int:
        """Metres between the crosses of the grid: a round number, at least 3 cm apart on the paper."""
        return next((m for m in _ROUND_M if self.millimetres(m) >= 30), _ROUND_M[-1])

    @property
    def bar_m(self) -> int:
        """Metres that the scale bar measures: a round number, 2 to 5 cm on the paper."""
        return next((m for m in reversed(_ROUND_M) if self.millimetres(m) <= 50), _ROUND_M[0])


def frame_around(site: BaseGeometry) -> Frame:
    """The largest usual scale at which the site and its surroundings fit, the site in the middle."""
    west, south, east, north = site.bounds
    needed = max((east - west) / WIDTH_MM, (north - south) / HEIGHT_MM) * 1000 / _FILLED
    scale = next((s for s in _SCALES if s >= needed), _SCALES[-1])
    middle_e, middle_n = (west + east) / 2, (south + north) / 2
    return Frame(
        west=middle_e - WIDTH_MM * scale / 2000, north=middle_n + HEIGHT_MM * scale / 2000, scale=scale
    )
