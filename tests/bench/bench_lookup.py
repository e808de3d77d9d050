"""The planning answer with everything in it, as the page asks for it: by place, by number, by identifier.

Each parcel is asked about once, so that each answer is new and is kept. Beside it stands the limit: what the
database is asked for the same parcels, through warm prepared connections, with nothing worked out and nothing
kept. ``GIS_BENCH_PARCELS`` is the size; the target holds for 500,000.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import psycopg
from psycopg.rows import dict_row

from gis_platform.city import load_city
from gis_platform.database.statement import Statement
from gis_platform.rules import Held, RuleBook
from gis_platform.sqlfiles import Query, named_queries
from layers.parcels import LAYER as PARCELS
from layers.planning.answer import SQL as ANSWER
from layers.planning.answer_at import overlay_queries
from layers.planning.asking.question import Times
from tests.bench.city import CONNECTIONS_PER_WORKER, WORKERS, BenchCity, bench_city
from tests.bench.limit import Call, Limit
from tests.bench.load import Load, press
from tests.bench.measuring import settle
from tests.bench.options import JUDGED, Options, read_options
from tests.bench.registry import Result, benchmark
from tests.bench.servers import Ours

SQL = named_queries(__file__)

_MOST_MS = 25.0
_WARM_UP = 400
# More than are asked for in all rounds of the usual length.
_WANTED = 60_000

Parcel = Mapping[str, Any]


def _ways(parcel: Parcel) -> dict[str, dict[str, Any]]:
    return {
        "point": {"point": f"{parcel['lon']:.8f},{parcel['lat']:.8f}"},
        "number": {"sheet": parcel["sheet_no"], "parcel": parcel["parcel_no"], "unit": parcel["unit_code"]},
        "identifier": {"identifier": parcel["identifier"]},
    }


@benchmark("lookup by point: everything in it, and kept")
def by_point() -> Result:
    """At a place inside each parcel."""
    return _measured("point")


@benchmark("lookup by number: everything in it, and kept")
def by_number() -> Result:
    """By sheet, parcel and the code of the unit."""
    return _measured("number")


@benchmark("lookup by identifier: everything in it, and kept")
def by_identifier() -> Result:
    """By the twelve characters."""
    return _measured("identifier")


def _measured(way: str) -> Result:
    options = read_options()
    with bench_city(options.folder, options.parcels) as city:
        with psycopg.connect(city.places.owner, row_factory=dict_row) as connection:
            for statement in SQL["forget"].text.split(";"):
                connection.execute(statement.encode())
            parcels = connection.execute(SQL["parcels"].text.encode(), {"wanted": _WANTED}).fetchall()
        one, many = _ours(way, parcels, city, options)
        limit = _limit(parcels[:_WARM_UP], city, options)
    verdict = "met" if many.p95_ms <= _MOST_MS else "**not met**"
    note = (
        f"(median {many.p50_ms:.1f} ms, {many.per_second:,.0f} a second, "
        f"{many.per_second / limit:.2f}× of the limit; one connection: median {one.p50_ms:.1f} ms, "
        f"95th percentile {one.p95_ms:.1f} ms; target at most {_MOST_MS:g} ms: {verdict})"
    )
    return Result(many.p95_ms, f"ms, 95th percentile at {JUDGED} connections", note)


def _ours(way: str, parcels: Sequence[Parcel], city: BenchCity, options: Options) -> tuple[Load, Load]:
    """With one connection and with many; never a parcel twice."""
    lines = iter([f"/api/planning/lookup?{urlencode(_ways(parcel)[way])}" for parcel in parcels])
    ours = Ours()
    ours.start(city, 0)
    try:
        press(ours.base, list(islice(lines, _WARM_UP)), JUDGED, 2)
        loads = []
        for connections, most in ((1, 1_000), (JUDGED, 4_000)):
            settle(city.places.owner)
            few = list(islice(lines, most * max(options.seconds, 1) // 4))
            loads.append(press(ours.base, few, connections, options.seconds))
        return loads[0], loads[1]
    finally:
        ours.stop()


def _limit(parcels: Sequence[Parcel], city: BenchCity, options: Options) -> float:
    """How many look-ups a second the database answers."""
    day = load_city(city.settings.city).today()
    calls = [call for parcel in parcels for call in _calls(parcel, day)]
    limit = Limit(city.limit_conninfo, WORKERS * CONNECTIONS_PER_WORKER)
    try:
        return limit.press(calls, JUDGED, options.seconds).per_second * len(parcels) / len(calls)
    finally:
        limit.close()


def _calls(parcel: Parcel, day: date) -> Iterator[Call]:
    unread = Held("none", RuleBook(day, {}))
    yield _call(PARCELS.sql["by_point"], {"lon": parcel["lon"], "lat": parcel["lat"]})
    for query, values in overlay_queries([parcel["id"]], Times(), ANSWER, day, unread):
        yield _call(query, values)


def _call(query: Query, values: Mapping[str, object]) -> Call:
    statement = Statement(query.text.encode(), ())
    return Call(statement.numbered, [value for value in statement.bound(values) if value is not None])
