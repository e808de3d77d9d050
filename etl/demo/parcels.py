"""The parcels of the city as of 2018, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.demo import facts, schema
from etl.demo.blocks import Layout
from etl.demo.city import Cell, City
from etl.demo.geohash import geohash
from etl.demo.ground import lay_out, make_lots
from etl.demo.land_uses import land_uses, public_code
from etl.demo.lots import Lots
from etl.demo.measure import areas, centres, chosen
from etl.demo.naming import Namer
from etl.demo.randomness import generator
from etl.demo.sheets import numbered, sheet_of
from etl.demo.units import FIRST
from etl.demo.wkb import multipolygons
from gis_platform.geometry.crs import transform_coordinates

_BATCH_ROWS = 8_192
_ISSUED = 0.6  # share of parcels whose identifier has been issued
_STATUSES = pa.array(["in_force", "mortgaged", "disputed", "seized"])


def parcels(city: City) -> Iterator[pa.RecordBatch]:
    """Exactly `city.parcels` rows of schema.PARCELS, in batches of some thousands; memory stays flat.

    Raises:
        ValueError: the planned cells hold fewer lots than asked for.
    """
    made, waiting, held = 0, [], 0
    namer = Namer(city)
    for cell in city.cells:
        layout = lay_out(city, cell)
        streets = namer.names(cell, layout)
        lots = make_lots(city, cell, layout)
        if len(lots) == 0:
            continue
        if len(lots) > city.parcels - made:
            lots = chosen(lots, np.arange(city.parcels - made))
        waiting.append(_batch(city, cell, layout, lots, streets))
        made += len(lots)
        held += len(lots)
        if held >= _BATCH_ROWS:
            yield pa.concat_batches(waiting)
            waiting, held = [], 0
        if made == city.parcels:
            break
    if waiting:
        yield pa.concat_batches(waiting)
    if made < city.parcels:
        raise ValueError(f"the demo city has room for {made} parcels, not for {city.parcels}")


def _batch(city: City, cell: Cell, layout: Layout, lots: Lots, streets: list[str]) -> pa.RecordBatch:
    rng = generator(city.seed, 3, cell.column + city.grid.first_u, cell.row)
    count, unit = len(lots), FIRST[cell.unit]
    centre = centres(lots)
    sheet = sheet_of(cell, layout, lots)
    number = numbered(sheet, centre, rng)
    measured = np.rint(areas(lots) * 10).astype(np.int64)
    # One certificate in ten tells another area than the survey.
    differs = rng.random(count) < 0.1
    legal = np.where(differs, np.rint(measured * rng.normal(1.0, 0.018, count)), measured).astype(np.int64)
    code = np.array([-1 if b.use == "house" else public_code(b.use) for b in layout.blocks])[lots.block]
    longitude, latitude = transform_coordinates(centre, 9210, 4326).T
    issued = pa.array(rng.random(count) < _ISSUED)
    chance = rng.random(count)
    status = np.where(code >= 0, 0, np.select([chance < 0.05, chance < 0.058, chance < 0.062], [1, 2, 3], 0))
    renumbered = rng.random(count) < 0.12
    old_sheet = pa.array(np.maximum(1, sheet // 3), mask=~renumbered)
    old_number = pa.array(rng.integers(1, 900, count), mask=~renumbered)
    places = pa.array([f"{street}, {unit.full_name}, thành phố Mỹ Tho" for street in streets])
    columns = {
        "identifier": pc.if_else(issued, geohash(longitude, latitude), pa.scalar(None, pa.string())),
        "unit_code": pa.repeat(unit.code, count),
        "sheet_no": pc.cast(pa.array(sheet), pa.string()),
        "parcel_no": pc.cast(pa.array(number), pa.string()),
        "old_sheet_no": pc.cast(old_sheet, pa.string()),
        "old_parcel_no": pc.cast(old_number, pa.string()),
        "legal_area_m2": pa.array(legal / 10),
        "measured_area_m2": pa.array(measured / 10),
        "land_uses": land_uses(legal, code, np.full(count, unit.kind == "phuong"), rng),
        "status": _STATUSES.take(pa.array(status)),
        "address": places.take(pa.array(lots.street)),
        "source_date": pa.repeat(pa.scalar(facts.PARCELS_AS_OF, pa.date32()), count),
        "geom": multipolygons(lots.points, lots.start),
    }
    return pa.record_batch(list(columns.values()), schema=schema.PARCELS)
