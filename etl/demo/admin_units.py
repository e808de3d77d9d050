"""Wards and communes of the three generations, each made of whole cells, so that they nest exactly."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa
import shapely

from etl.demo import schema
from etl.demo.city import City
from etl.demo.units import CITY_CODE, GENERATIONS, PROVINCE_CODE, SYNTHETIC, UNVERIFIED, VALID_FROM
from etl.demo.wkb import geometries


def territory(city: City) -> shapely.Geometry:
    """The whole city."""
    return shapely.coverage_union_all(city.grid.cells()[city.land])


def unit_shapes(city: City) -> list[dict[str, shapely.Geometry]]:
    """For each generation, code to shape."""
    cells = city.grid.cells()
    found: list[dict[str, shapely.Geometry]] = []
    for units in GENERATIONS:
        shapes: dict[str, shapely.Geometry] = {}
        for number, unit in enumerate(units):
            if found:
                shapes[unit.code] = shapely.coverage_union_all([found[-1][part] for part in unit.parts])
            else:
                shapes[unit.code] = shapely.coverage_union_all(cells[city.land & (city.unit == number)])
        found.append(shapes)
    return found


def admin_units(city: City) -> pa.RecordBatch:
    """Rows of schema.ADMIN_UNITS: 17, 14 and 5 units."""
    rows: list[dict[str, object]] = []
    shapes: list[shapely.Geometry] = []
    for place, (units, by_code) in enumerate(zip(GENERATIONS, unit_shapes(city), strict=True)):
        last = place == len(GENERATIONS) - 1
        for unit in units:
            notes = [SYNTHETIC, unit.note]
            if place == 1:
                notes.append(f"Ngày bắt đầu: {UNVERIFIED}")
            rows.append(
                {
                    "code": unit.code,
                    "name": unit.name,
                    "full_name": unit.full_name,
                    "kind": unit.kind,
                    "generation": place + 1,
                    "existed_from": VALID_FROM[place],
                    "existed_to": None if last else VALID_FROM[place + 1] - timedelta(days=1),
                    "parent_code": PROVINCE_CODE if last else CITY_CODE,
                    "predecessors": [f"{part}@{place}" for part in unit.parts],
                    "note": "; ".join(note for note in notes if note),
                }
            )
            shape = by_code[unit.code]
            shapes.append(shapely.MultiPolygon([shape]) if isinstance(shape, shapely.Polygon) else shape)
    fields = [field for field in schema.ADMIN_UNITS if field.name != "geom"]
    columns = [pa.array([row[field.name] for row in rows], field.type) for field in fields]
    return pa.record_batch([*columns, geometries(shapes)], schema=schema.ADMIN_UNITS)
