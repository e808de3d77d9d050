"""What goes into which table of a demo city, and as of which date each source would speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from etl.demo import facts
from etl.demo.admin_units import admin_units
from etl.demo.cameras import cameras
from etl.demo.city import City
from etl.demo.hotspots import hotspots
from etl.demo.parcels import parcels
from etl.demo.stations import sensors
from etl.demo.streets import streets
from etl.demo.traffic import traffic
from etl.demo.units import VALID_FROM
from etl.demo.urban_order import urban_order
from etl.demo.waters import waters
from etl.demo.zone_rules import QUARTER
from etl.demo.zoning import zoning


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of one layer. `as_of` is the newest date they speak for; `rows` their number where known;
    `with_ids` where the batches bring the `id` of each row.

    Batches hold the columns of the layer's table; where one has no `source_date`, `as_of` holds for all.
    `valid_from` names the column whose date is when a row became true, for layers that keep history.
    """

    layer: str
    as_of: date
    batches: Callable[[], Iterable[pa.RecordBatch]]
    valid_from: str = "source_date"
    rows: int | None = None
    with_ids: bool = False


def sources(city: City) -> tuple[Source, ...]:
    """Every layer of the city, in the order they are loaded."""
    streets_of, register = date(2023, 6, 30), date(2023, 9, 1)
    return (
        Source("admin_units", VALID_FROM[-1], lambda: [admin_units(city)], valid_from="existed_from"),
        Source("waters", streets_of, lambda: [waters(city)]),
        Source("streets", streets_of, lambda: streets(city)),
        Source("zoning", QUARTER.source_date, lambda: zoning(city), valid_from="decision_date"),
        Source(
            "parcels", facts.PARCELS_AS_OF, lambda: _numbered(parcels(city)), rows=city.parcels, with_ids=True
        ),
        Source("cameras", register, lambda: [cameras(city)], rows=facts.CAMERAS),
        Source("hotspots", register, lambda: [hotspots()], rows=facts.HOTSPOTS),
        Source("sensors", date(2021, 12, 31), lambda: [sensors()], rows=facts.STATIONS),
        Source("violations", date(2023, 9, 30), lambda: _violations(city)),
    )


def _numbered(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Parcels with their ids, so that holders can be loaded without asking for them: row + 1."""
    first = 1
    for batch in batches:
        yield batch.append_column("id", pa.array(range(first, first + batch.num_rows), pa.int64()))
        first += batch.num_rows


def _violations(city: City) -> Iterator[pa.RecordBatch]:
    every = cameras(city)
    yield traffic(city.seed, every.filter(pc.field("smart")))
    yield urban_order(city)
