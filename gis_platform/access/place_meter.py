"""How often one place may do what costs for ever, such as an answer that is kept: counted in memory.

A person never reaches the bound, nor does a house full of them; a program that makes rows without end does.
Server processes count each for itself.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from gis_platform.access.throttle import network

_MOST_PLACES = 20_000
_BURST_MINUTES = 2.0


class PlaceMeter:
    """Lets a place through ``per_minute`` times a minute, twice as often for a short while; 0 is no bound."""

    def __init__(self, per_minute: float, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_minute / 60.0
        self._most = max(1.0, per_minute * _BURST_MINUTES)
        self._now = now
        self._places: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Count one: 0 where it is let through, else, uncounted, the whole seconds until the next one is.

        ``address`` is that of the caller; the addresses of one IPv6 customer count as one.
        """
        if self._per_second <= 0:
            return 0
        place, now = network(address), self._now()
        left = self._left(place, now)
        passes = left >= 1
        self._places.pop(place, None)
        self._places[place] = (left - 1 if passes else left, now)
        while len(self._places) > _MOST_PLACES:
            self._places.popitem(last=False)
        return 0 if passes else max(1, math.ceil((1 - left) / self._per_second))

    def would_wait(self, address: str) -> bool:
        """Whether the next one would not be let through; counts nothing."""
        return self._per_second > 0 and self._left(network(address), self._now()) < 1

    def _left(self, place: str, now: float) -> float:
        left, at = self._places.get(place, (self._most, now))
        return min(self._most, left + (now - at) * self._per_second)
