"""Two stations on the Tiền and a year of their readings, every 5 to 10 minutes.

Salinity follows two tides a day and rises from December to May; the faults of real probes are in it: gaps,
stuck values, spikes, calibration. All values are synthetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.demo import facts, schema
from etl.demo.randomness import generator
from etl.demo.warp import warp
from etl.demo.wkb import points

Floats = NDArray[np.float64]

# Local midnight of 2022-09-10 to local midnight after 2023-09-10, one year.
START, END = datetime(2022, 9, 9, 17, tzinfo=UTC), datetime(2023, 9, 9, 17, tzinfo=UTC)
_STATIONS = (
    ("TRAM-01", "Trạm quan trắc bến tàu du lịch", -640.0, -27.0, 0.0),
    ("TRAM-02", "Trạm quan trắc vàm Kỳ Hôn", 2900.0, -27.0, 0.7),
)
UNITS = {"salinity": "‰", "ph": "pH", "temperature": "°C"}
_DECIMALS = {"salinity": 2, "ph": 2, "temperature": 1}
_GOOD, _SUSPECT, _BAD, _MISSING, _ESTIMATED, _MAINTENANCE = 1, 2, 3, 4, 5, 6
_HOUR, _DAY = 3600.0, 86400.0


def sensors() -> pa.RecordBatch:
    """Rows of schema.SENSORS."""
    at = warp(np.array([s[2] for s in _STATIONS]), np.array([s[3] for s in _STATIONS]))
    shortest, longest = facts.STATION_INTERVAL_MINUTES
    columns = [
        [s[0] for s in _STATIONS],
        [s[1] for s in _STATIONS],
        ["Sông Tiền"] * facts.STATIONS,
        ["active"] * facts.STATIONS,
        [shortest] * facts.STATIONS,
        [longest] * facts.STATIONS,
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema.SENSORS, strict=False)]
    return pa.record_batch([*arrays, points(at)], schema=schema.SENSORS)


def observations(seed: int) -> Iterator[pa.RecordBatch]:
    """Rows of schema.OBSERVATIONS, one batch for each station and property, in order of time."""
    for number, (code, _, _, _, lag) in enumerate(_STATIONS):
        rng = generator(seed, 91, number)
        at = _instants(rng)
        for name, values in _series(rng, at, lag).items():
            value, flag = _with_faults(rng, at, values, name)
            count = len(at)
            yield pa.record_batch(
                [
                    pa.repeat(code, count),
                    pa.repeat(name, count),
                    pa.repeat(UNITS[name], count),
                    pa.array((at * 1e6).astype(np.int64) + int(START.timestamp() * 1e6)).cast(schema.TIME),
                    pa.array(np.round(value, _DECIMALS[name]), mask=flag == _MISSING),
                    pa.array(flag, pa.int16()),
                ],
                schema=schema.OBSERVATIONS,
            )


def _instants(rng: np.random.Generator) -> Floats:
    """Whole seconds since START, 5 to 10 minutes apart, with outages of hours or days left out."""
    length = (END - START).total_seconds()
    steps = rng.integers(300, 601, int(length / 300))
    at = np.cumsum(steps)
    at = at[at < length]
    keep = np.ones(len(at), dtype=bool)
    for start in rng.uniform(0.02, 0.97, 14) * length:
        keep &= (at < start) | (at > start + rng.choice([1.5, 4, 9, 40]) * _HOUR)
    return at[keep].astype(np.float64)


def _series(rng: np.random.Generator, at: Floats, lag: float) -> dict[str, Floats]:
    hours = at / _HOUR
    # Lunar and solar half-day tides; their beat makes spring and neap every two weeks.
    tide = np.cos(2 * np.pi * (hours - lag) / 12.4206) + 0.42 * np.cos(2 * np.pi * (hours - lag) / 12.0)
    # 0 in the rains, 1 around the middle of March: day 187 after 10 September.
    season = np.exp(-(((at / _DAY - 187.0) / 42.0) ** 2))
    slow = _wander(rng, at, 3.0 * _DAY)
    salinity = (
        0.08 + season * np.maximum(0.0, 1.75 + 1.05 * tide + 0.5 * slow) + 0.012 * rng.normal(size=len(at))
    )
    acidity = (
        7.25 + 0.12 * tide * season + 0.14 * _wander(rng, at, 2.0 * _DAY) + 0.015 * rng.normal(size=len(at))
    )
    day = np.sin(2 * np.pi * (hours - 9.0) / 24.0)
    warm = 28.9 + 1.5 * np.sin(2 * np.pi * (at / _DAY - 130.0) / 365.0)
    warm += 0.45 * day + 0.4 * _wander(rng, at, 4 * _DAY) + 0.05 * rng.normal(size=len(at))
    return {"salinity": np.clip(salinity, 0.05, 5.0), "ph": acidity, "temperature": warm}


def _wander(rng: np.random.Generator, at: Floats, reach: float) -> Floats:
    """A smooth random line of spread 1 that forgets itself after `reach` seconds."""
    knots = np.arange(0.0, at[-1] + 2 * reach, reach)
    return np.asarray(np.interp(at, knots, rng.normal(size=len(knots))))


def _with_faults(
    rng: np.random.Generator, at: Floats, values: Floats, name: str
) -> tuple[Floats, NDArray[np.int64]]:
    value, flag = values.copy(), np.full(len(at), _GOOD)
    spikes = rng.choice(len(at), 40, replace=False)
    value[spikes] *= rng.choice([0.0, 3.2, 6.5], 40)
    flag[spikes] = _BAD
    for start in rng.integers(0, len(at) - 100, 6):  # a probe that hangs
        stop = start + int(rng.integers(20, 60))
        value[start:stop] = value[start]
        flag[start + 6 : stop] = _SUSPECT
    for month in range(12):  # calibration, one hour a month
        start = int(np.searchsorted(at, (month * 30.4 + 6.0) * _DAY + 2 * _HOUR))
        stop = int(np.searchsorted(at, at[min(start, len(at) - 1)] + _HOUR))
        flag[start:stop] = _MAINTENANCE
        value[start:stop] = 7.0 if name == "ph" else values[start:stop]
    flag[rng.choice(len(at), 60, replace=False)] = _MISSING
    flag[rng.choice(len(at), 25, replace=False)] = _ESTIMATED
    flag[at > at[-1] - 6 * _HOUR] = 0  # not looked at yet
    return value, flag
