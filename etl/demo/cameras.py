"""189 cameras, 48 of them smart (Báo Ấp Bắc, 09/2023); where they stand is invented."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from etl.demo import facts, schema
from etl.demo.city import City
from etl.demo.junctions import Junction, crossings, openings
from etl.demo.randomness import generator
from etl.demo.wkb import points

_SMART_FEATURES = json.dumps(
    [
        {"code": "plate", "name": "Nhận dạng biển số"},
        {"code": "red_light", "name": "Phát hiện vượt đèn đỏ"},
    ],
    ensure_ascii=False,
)
_CORNER_M = 9.0  # from the crossing to the mast
_FAULTY = 5


def cameras(city: City) -> pa.RecordBatch:
    """Rows of schema.CAMERAS. Smart ones stand at crossings of main streets."""
    rng = generator(city.seed, 81)
    places = _places(city)
    count = len(places)
    # 4 masts a crossing, one on each corner.
    corner = rng.integers(0, 4, count)
    turn = np.array([np.radians(place.bearing) for place in places]) + np.pi / 4 + corner * np.pi / 2
    at = np.array([place.at for place in places]) + _CORNER_M * np.stack([np.sin(turn), np.cos(turn)], axis=1)
    smart = np.arange(count) < facts.SMART_CAMERAS
    aim = (np.degrees(turn) + 180.0 + rng.uniform(-25, 25, count)) % 360
    faulty = count - 1 - np.arange(_FAULTY) * 17
    columns = {
        "code": [f"CAM-{number:03d}" for number in range(1, count + 1)],
        "name": [f"Giao lộ {place.first} – {place.second}" for place in places],
        "smart": smart,
        "status": np.where(np.isin(np.arange(count), faulty), "faulty", "active"),
        "street": [place.first for place in places],
        "aim_deg": np.round(aim, 1) % 360,
        "features": [_SMART_FEATURES if clever else "[]" for clever in smart],
        "installed_on": [_installed(rng, bool(clever)) for clever in smart],
    }
    fields = [field for field in schema.CAMERAS if field.name != "geom"]
    arrays = [pa.array(columns[field.name], field.type) for field in fields]
    return pa.record_batch([*arrays, points(at)], schema=schema.CAMERAS)


def _places(city: City) -> list[Junction]:
    """The crossings nearest to the centre, then openings spread over the town, then crossings once more."""
    main = crossings(city)
    side = openings(city)
    smart = [main[number % len(main)] for number in range(facts.SMART_CAMERAS)]
    more = main[facts.SMART_CAMERAS : facts.SMART_CAMERAS + 40]
    wanted = facts.CAMERAS - len(smart) - len(more)
    spread = [side[int(number)] for number in np.linspace(0, len(side) - 1, min(wanted, len(side)))]
    again = [main[number % len(main)] for number in range(wanted - len(spread))]
    return [*smart, *more, *spread, *again]


def _installed(rng: np.random.Generator, smart: bool) -> date:
    first = date(2022, 1, 10) if smart else date(2018, 3, 1)
    return first + timedelta(days=int(rng.integers(0, 100 if smart else 1300)))
