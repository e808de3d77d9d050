"""Three synthetic plans: a general one, a zoning plan of the centre, a detailed plan of a quarter.

The general plan shows every theme of the whole territory, protected heritage too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import shapely

from etl.demo import corridors, schema
from etl.demo.city import City
from etl.demo.grid import RIVER_ROWS
from etl.demo.islands import ISLANDS
from etl.demo.randomness import generator
from etl.demo.wkb import geometries
from etl.demo.zone_mesh import Tile, ZoneMesh, pushed
from etl.demo.zone_rules import CENTRE, COUNTRY, DETAILED, FUNCTIONS, GENERAL, QUARTER, TOWN, Plan, figures

_BASIS = "Dữ liệu minh hoạ, không có giá trị pháp lý"
_Row = dict[str, object]
_Zone = tuple[_Row, shapely.Geometry]
_FOLLOWS = 0.85
_PUSH = {"chung": 17.0, "phan_khu": 6.0, "chi_tiet": 2.5}


def zoning(city: City) -> Iterator[pa.RecordBatch]:
    """Rows of schema.ZONING: land functions of the three plans, then reserves and corridors."""
    general = list(_general(city))
    yield _record(general)
    yield _record(_of_quarter(city, general))
    yield _record(_detailed(city))
    yield _record(_reserves(city))


def _record(rows: Iterable[_Zone]) -> pa.RecordBatch:
    listed = list(rows)
    fields = [field for field in schema.ZONING if field.name != "geom"]
    columns = [pa.array([row.get(field.name) for row, _ in listed], field.type) for field in fields]
    shapes = [shapely.MultiPolygon([s]) if isinstance(s, shapely.Polygon) else s for _, s in listed]
    return pa.record_batch([*columns, geometries(shapes)], schema=schema.ZONING)


def _plan(plan: Plan) -> _Row:
    return {
        "plan_code": plan.code,
        "plan_name": plan.name,
        "plan_level": plan.level,
        "plan_themes": list(plan.themes),
        "decision_no": plan.decision_no,
        "decision_date": plan.decision_date,
        "scale": plan.scale,
        "source_date": plan.source_date,
        "legal_basis": _BASIS,
    }


def _zone(
    plan: Plan, number: int, code: str, rng: np.random.Generator, shape: shapely.Geometry
) -> tuple[_Row, shapely.Geometry]:
    function = FUNCTIONS[code]
    row: _Row = {
        **_plan(plan),
        "code": f"{code}-{number:03d}",
        "title": f"{function.name} {code}-{number:03d}",
        "theme": "land_function",
        "function_code": code,
        "function_name": function.name,
        **figures(function, rng),
    }
    return row, shape


def _general(city: City) -> Iterator[_Zone]:
    """The whole territory: built-up cells in several zones, the country in blocks of cells, the river."""
    rng = generator(city.seed, 71)
    parts: dict[tuple[int, int], tuple[int, int]] = {}
    for a, b in zip(*(axis.tolist() for axis in np.nonzero(city.land)), strict=True):
        several = (int(rng.integers(2, 4)), int(rng.integers(1, 4)))
        parts[a, b] = several if city.built[a, b] else (1, 1)
    tiles = ZoneMesh(city, parts, _PUSH["chung"], 72).tiles()
    town = [tile for tile in tiles if city.built[tile.column, tile.row]]
    codes = [_town_code(city, tile, rng) for tile in town]
    shapes = [tile.shape for tile in town]
    for code, shape in (*_country(city, tiles, rng), *_river(city, tiles)):
        codes.append(code)
        shapes.append(shape)
    for number, (code, shape) in enumerate(zip(codes, shapes, strict=True), start=1):
        yield _zone(GENERAL, number, code, rng, shape)


def _country(
    city: City, tiles: list[Tile], rng: np.random.Generator
) -> Iterator[tuple[str, shapely.Geometry]]:
    blocks: dict[tuple[int, int, int], list[shapely.Geometry]] = {}
    for tile in tiles:
        if tile.row >= RIVER_ROWS and not city.built[tile.column, tile.row]:
            unit = int(city.unit[tile.column, tile.row])
            block = (tile.column + city.grid.first_u) // 2, (tile.row + 1) // 2, unit
            blocks.setdefault(block, []).append(tile.shape)
    for shapes in blocks.values():
        yield COUNTRY[int(rng.integers(len(COUNTRY)))], shapely.coverage_union_all(shapes)


def _river(city: City, tiles: list[Tile]) -> Iterator[tuple[str, shapely.Geometry]]:
    """Water and islands, one zone each for every unit."""
    reaches: dict[int, list[shapely.Geometry]] = {}
    for tile in tiles:
        if tile.row < RIVER_ROWS:
            reaches.setdefault(int(city.unit[tile.column, tile.row]), []).append(tile.shape)
    land = shapely.union_all([shapely.Polygon(pushed(island.outline(), 4.0)) for island in ISLANDS])
    for shapes in reaches.values():
        whole = shapely.coverage_union_all(shapes)
        yield "MNC", shapely.difference(whole, land, grid_size=0.001)
        dry = shapely.intersection(whole, land, grid_size=0.001)
        if not shapely.is_empty(dry):
            yield "CLN", dry


def _town_code(city: City, tile: Tile, rng: np.random.Generator) -> str:
    u, v = city.centres[tile.column, tile.row]
    mix = CENTRE if np.hypot(u, v - 400) < 1000 else TOWN
    if tile.row == RIVER_ROWS and tile.part[1] == 0 and rng.random() < 0.35:
        return "DKV"  # along the river
    return mix[int(rng.integers(len(mix)))]


def _of_quarter(city: City, general: list[_Zone]) -> Iterator[_Zone]:
    """The centre in smaller zones. Most say what the general plan says; some have gone another way since."""
    rng = generator(city.seed, 73)
    u, v = city.centres[..., 0], city.centres[..., 1]
    rows = np.arange(city.land.shape[1])[None, :]
    inside = city.built & (np.abs(u + 200) < 1050) & (v < 1200) & (rows >= RIVER_ROWS)
    cells = zip(*(axis.tolist() for axis in np.nonzero(inside)), strict=True)
    parts = {cell: (int(rng.integers(2, 4)), int(rng.integers(2, 4))) for cell in cells}
    tiles = ZoneMesh(city, parts, _PUSH["phan_khu"], 74).tiles()
    tree = shapely.STRtree([shape for _, shape in general])
    middles = shapely.point_on_surface([tile.shape for tile in tiles])
    above = dict(tree.query(middles, predicate="within").T.tolist())
    for number, tile in enumerate(tiles):
        code = _town_code(city, tile, rng)
        if rng.random() < _FOLLOWS and number in above:
            code = str(general[above[number]][0]["function_code"])
        yield _zone(QUARTER, number + 1, code, rng, tile.shape)


def _detailed(city: City) -> Iterator[_Zone]:
    """The cell that holds the lake, and the one east of it."""
    rng = generator(city.seed, 75)
    column = int(np.argmin(np.abs(city.centres[:, 2, 0] + 1326.0)))
    parts = {(column, 4): (4, 5), (column + 1, 4): (3, 4)}
    mix = ("ODT",) * 10 + ("DKV", "DKV", "TMD", "TMD", "DGD", "DVH")
    for number, tile in enumerate(ZoneMesh(city, parts, _PUSH["chi_tiet"], 76).tiles(), start=1):
        yield _zone(DETAILED, number, mix[int(rng.integers(len(mix)))], rng, tile.shape)


def _reserves(city: City) -> Iterator[_Zone]:
    for number, reserve in enumerate(corridors.reserves(city), start=1):
        code = "DGT" if reserve.theme == "road_reserve" else "HL"
        row: _Row = {
            **_plan(GENERAL),
            "code": f"{reserve.prefix}-{number:03d}",
            "title": reserve.title,
            "theme": reserve.theme,
            "function_code": code,
            "function_name": reserve.function or FUNCTIONS[code].name,
            "red_line_m": reserve.red_line_m,
            "building_line_m": reserve.building_line_m,
        }
        yield row, reserve.shape
