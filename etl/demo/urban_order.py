"""Urban-order and environment cases: in the newspaper's period exactly 60, 56 and 4 by office, 11 done.

The same act ("vứt rác bừa bãi") occurs under both offices: the category does not decide the office.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.demo import facts
from etl.demo.city import City
from etl.demo.junctions import Junction, openings
from etl.demo.names import MARK, PEOPLE
from etl.demo.randomness import generator
from etl.demo.traffic import instants, midnight, record
from etl.demo.wkb import points
from gis_platform.clock.days import WorkingCalendar
from gis_platform.clock.now import BUSINESS_ZONE
from gis_platform.clock.seed import seed_days
from gis_platform.clock.terms import due_in_working_days

_LITTER = "vứt rác bừa bãi"
_ENVIRONMENT = (_LITTER, _LITTER, "giao rác không đúng giờ")
_ORDER = ("mé tỉa cây xanh", "buôn bán lấn chiếm lòng lề đường", "đổ bê tông lên vỉa hè", _LITTER)
_AFTER = 9  # cases received after the period
_AFTER_DAYS = 20
_IOC = f"IOC Tiền Giang{MARK}"
_DAY = 86_400.0


def urban_order(city: City) -> pa.RecordBatch:
    """Rows of schema.VIOLATIONS of the urban-order stream, in order of reception."""
    rng, span = generator(city.seed, 97), facts.URBAN_ORDER
    days = (span.end - span.start).days + 1
    office = rng.permutation(["tnmt"] * span.natural_resources + ["qldt"] * span.urban_management).tolist()
    received = np.sort(midnight(span.start) + rng.choice(days, span.received, replace=False) * _DAY)
    later = midnight(span.end + timedelta(days=1)) + np.sort(rng.integers(0, _AFTER_DAYS, _AFTER)) * _DAY
    received = np.concatenate([received, later]) + rng.integers(7 * 3600, 16 * 3600, span.received + _AFTER)
    office += ["tnmt"] * _AFTER
    done = _done(rng, received, midnight(span.end + timedelta(days=1)))
    order = iter(_ORDER)
    category = [
        next(order) if which == "qldt" else _ENVIRONMENT[int(rng.integers(len(_ENVIRONMENT)))]
        for which in office
    ]
    return _record(city, rng, received, done, office, category)


def _done(rng: np.random.Generator, received: NDArray[np.float64], end: float) -> NDArray[np.float64]:
    """When each case was done, NaN for most: 11 of the period's 60, all within it."""
    done = np.full(len(received), np.nan)
    in_time = np.flatnonzero(received < end - 15 * _DAY)
    chosen = rng.choice(in_time, facts.URBAN_ORDER.done, replace=False)
    done[chosen] = (
        np.floor(received[chosen] / _DAY) * _DAY + rng.integers(2, 13, len(chosen)) * _DAY + 9 * 3600
    )
    return done


def _record(
    city: City,
    rng: np.random.Generator,
    received: NDArray[np.float64],
    done: NDArray[np.float64],
    office: list[str],
    category: list[str],
) -> pa.RecordBatch:
    count = len(received)
    calendar = WorkingCalendar.of(day.calendar_day for day in seed_days())
    places = openings(city)
    spots: list[Junction] = [places[int(number)] for number in rng.integers(0, len(places), count)]
    at = np.array([spot.at for spot in spots]) + rng.uniform(-6, 6, (count, 2))
    filed = [datetime.fromtimestamp(moment, BUSINESS_ZONE) for moment in received.tolist()]
    due = [
        due_in_working_days(calendar, moment.date(), facts.CASE_TARGET_WORKING_DAYS).ends_at(BUSINESS_ZONE)
        for moment in filed
    ]
    open_states = np.array(["received", "assigned", "verified", "verified", "rejected"])
    state = np.where(np.isnan(done), open_states[rng.integers(0, 5, count)], "done")
    citizen = rng.random(count) < 0.35
    columns: dict[str, pa.Array] = {
        "code": pa.array([f"TT-{moment.year}-{number:04d}" for number, moment in enumerate(filed, start=1)]),
        "stream": pa.repeat("urban_order", count),
        "state": pa.array(state.tolist()),
        "category": pa.array(category),
        "office": pa.array(office),
        "occurred_at": instants(received - rng.integers(600, 20 * 3600, count)),
        "received_at": instants(received),
        "done_at": instants(done),
        "due_at": instants(np.array([moment.timestamp() for moment in due])),
        "reporter_name": pa.array(
            [PEOPLE[int(rng.integers(len(PEOPLE)))] if someone else _IOC for someone in citizen.tolist()]
        ),
        "reporter_phone": pa.array(
            [
                f"0000 000 {number:03d}" if someone else None
                for number, someone in enumerate(citizen.tolist())
            ],
            pa.string(),
        ),
        "street": pa.array([spot.first for spot in spots]),
        "description": pa.array([f"Phản ánh: {what}{MARK}" for what in category]),
        "geom": points(at),
    }
    return record(columns, count)
