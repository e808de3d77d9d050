"""Synthetic number plates of Tiền Giang (63): cars 63A-123.45, motorbikes 63-B9 123.45."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_CAR_SERIES = ("A", "A", "A", "A", "C", "C", "D", "B")
_MOTORBIKE_SERIES = ("B9", "B9", "C1", "B8", "B7", "B6")


def plates(rng: np.random.Generator, car: NDArray[np.bool_]) -> list[str]:
    """One plate a vehicle, as written on it; numbers from 000.01 to 999.99."""
    number = rng.integers(1, 100_000, len(car))
    series = rng.integers(0, 1_000, len(car))
    return [
        f"63{_CAR_SERIES[s % len(_CAR_SERIES)]}-{n // 100:03d}.{n % 100:02d}"
        if is_car
        else f"63-{_MOTORBIKE_SERIES[s % len(_MOTORBIKE_SERIES)]} {n // 100:03d}.{n % 100:02d}"
        for is_car, n, s in zip(car.tolist(), number.tolist(), series.tolist(), strict=True)
    ]
