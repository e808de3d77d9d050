"""Red-light cases whose funnel in the newspaper's period is exactly the published one.

Fines are those of NĐ 100/2019 as amended by NĐ 123/2021, in force at the time: 4 to 6 million đồng for a car,
0.8 to 1 million for a motorbike. A vehicle may occur in several cases: these are cases, not vehicles.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.demo import facts, schema
from etl.demo.plates import plates
from etl.demo.randomness import generator
from gis_platform.clock.now import BUSINESS_ZONE

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_AFTER_UNTIL = date(2023, 9, 30)
_AFTER = 412  # detections after the period, so that a filter by date has something to leave out
_CARS_AMONG_PAID = 328
_CAR_FINES = (4_000_000, 5_000_000, 5_000_000, 5_000_000, 6_000_000)
_MOTORBIKE_FINES = (800_000, 900_000, 900_000, 1_000_000)
_CANCELLED = 74  # plate unreadable or of an ambulance
_DAY = 86_400.0
# From the newspaper's counts: how long each step may take at most, in days, so that it ends in the period.
_NOTICE, _RECORD, _PAYMENT = 9.0, 24.0, 18.0
_HOURS = np.array(
    [1, 1, 1, 1, 2, 6, 14, 18, 14, 11, 11, 12, 9, 8, 9, 11, 15, 19, 15, 10, 8, 6, 4, 2], dtype=float
)


def midnight(day: date) -> float:
    """Seconds since 1970 of local midnight at the start of a day."""
    return datetime.combine(day, time(), BUSINESS_ZONE).timestamp()


def traffic(seed: int, smart_cameras: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of schema.VIOLATIONS of the traffic stream, at the given cameras, in order of time."""
    rng = generator(seed, 95)
    span = facts.TRAFFIC
    start, end = midnight(span.start), midnight(span.end + timedelta(days=1))
    inside = _funnel(rng, _moments(rng, span.start, span.end, span.detected), end, exact=True)
    after_start, after_end = span.end + timedelta(days=1), _AFTER_UNTIL
    after_to = midnight(after_end + timedelta(days=1))
    after = _funnel(rng, _moments(rng, after_start, after_end, _AFTER), after_to, exact=False)
    steps = {name: np.concatenate([inside[name], after[name]]) for name in inside}
    if steps["occurred"].min() < start:
        raise ValueError("a case before the system began")
    return _record(rng, steps, smart_cameras)


def _moments(rng: np.random.Generator, first: date, last: date, count: int) -> Floats:
    """Sorted instants on local days from first to last, more at the rush hours."""
    day = rng.integers(0, (last - first).days + 1, count)
    hour = rng.choice(24, count, p=_HOURS / _HOURS.sum())
    return np.sort(midnight(first) + day * _DAY + hour * 3600.0 + rng.integers(0, 3600, count))


def _funnel(rng: np.random.Generator, occurred: Floats, end: float, *, exact: bool) -> dict[str, Floats]:
    """Instants of each step, NaN where it was not reached; all before `end`."""
    count, span = len(occurred), facts.TRAFFIC
    share = 1.0 if exact else count / span.detected

    def some(allowed: Bools, wanted: int) -> NDArray[np.int64]:
        from_these = np.flatnonzero(allowed)
        return np.sort(rng.choice(from_these, min(wanted, len(from_these)), replace=False))

    def after(moment: Floats, low: float, high: float) -> Floats:
        """A later moment in office hours."""
        later = moment + rng.uniform(low, high, len(moment)) * _DAY
        local_day = np.floor((later - midnight(facts.TRAFFIC.start)) / _DAY)
        office = midnight(facts.TRAFFIC.start) + local_day * _DAY + rng.uniform(7.5, 16.5, len(moment)) * 3600
        return np.asarray(np.floor(np.maximum(office, moment + 0.4 * _DAY)))

    steps = {name: np.full(count, np.nan) for name in ("notified", "recorded", "paid", "cancelled")}
    told = some(occurred < end - (_NOTICE + 1) * _DAY, round(span.notified * share))
    steps["notified"][told] = after(occurred[told], 2.0, _NOTICE)
    written = some(steps["notified"] < end - (_RECORD + 1) * _DAY, round(span.recorded * share))
    steps["recorded"][written] = after(steps["notified"][written], 2.0, _RECORD)
    settled = some(steps["recorded"] < end - (_PAYMENT + 1) * _DAY, round(span.paid * share))
    steps["paid"][settled] = after(steps["recorded"][settled], 1.0, _PAYMENT)
    dropped = some(np.isnan(steps["notified"]), round(_CANCELLED * share))
    steps["cancelled"][dropped] = 1.0
    return {"occurred": occurred, **steps}


def _record(rng: np.random.Generator, steps: dict[str, Floats], cameras: pa.RecordBatch) -> pa.RecordBatch:
    occurred = steps["occurred"]
    count = len(occurred)
    reached = {name: ~np.isnan(values) for name, values in steps.items()}
    paid = np.flatnonzero(reached["paid"])
    car = rng.random(count) < 0.3
    car[paid] = False
    car[rng.choice(paid, round(_CARS_AMONG_PAID * len(paid) / facts.TRAFFIC.paid), replace=False)] = True
    fine = np.where(
        car,
        np.array(_CAR_FINES)[rng.integers(0, len(_CAR_FINES), count)],
        np.array(_MOTORBIKE_FINES)[rng.integers(0, len(_MOTORBIKE_FINES), count)],
    )
    state = np.select(
        [reached["paid"], reached["recorded"], reached["notified"], reached["cancelled"]],
        ["paid", "recorded", "notified", "cancelled"],
        "detected",
    )
    camera = pa.array(rng.integers(0, cameras.num_rows, count))
    year = [datetime.fromtimestamp(moment, BUSINESS_ZONE).year for moment in occurred.tolist()]
    columns: dict[str, pa.Array] = {
        "code": pa.array([f"GT-{y}-{number:05d}" for number, y in enumerate(year, start=1)]),
        "stream": pa.repeat("traffic", count),
        "state": pa.array(state.tolist()),
        "category": pa.repeat("vượt đèn đỏ", count),
        "office": pa.repeat("csgt", count),
        "occurred_at": instants(occurred),
        "received_at": instants(occurred + rng.integers(20, 600, count)),
        "notified_at": instants(steps["notified"]),
        "recorded_at": instants(steps["recorded"]),
        "paid_at": instants(steps["paid"]),
        "amount_vnd": pa.array(fine, mask=~reached["paid"]),
        "plate": pa.array(plates(rng, car)),
        "vehicle_kind": pa.array(np.where(car, "car", "motorbike").tolist()),
        "camera_code": cameras["code"].take(camera),
        "street": cameras["street"].take(camera),
        "description": pa.repeat("Không chấp hành hiệu lệnh của đèn tín hiệu giao thông (minh hoạ)", count),
        "geom": cameras["geom"].take(camera),
    }
    return record(columns, count)


def record(columns: dict[str, pa.Array], count: int) -> pa.RecordBatch:
    """Columns in the order of schema.VIOLATIONS, null where not given."""
    arrays = [
        columns[field.name] if field.name in columns else pa.nulls(count, field.type)
        for field in schema.VIOLATIONS
    ]
    return pa.record_batch(arrays, schema=schema.VIOLATIONS)


def instants(seconds: Floats) -> pa.Array:
    """UTC time stamps of seconds since 1970; NaN becomes null."""
    missing = np.isnan(seconds)
    micro = (np.where(missing, 0.0, seconds) * 1e6).astype(np.int64)
    return pa.array(micro, pa.int64(), mask=missing).cast(schema.TIME)
