"""The spatial functions over the demo city, as the public, against shapely in the working grid."""

import json
from collections.abc import Callable, Iterator
from typing import Any, cast

import numpy as np
import psycopg
import pytest
import shapely
from psycopg import sql
from shapely.geometry.base import BaseGeometry

from gis_platform.database.server import Logins
from gis_platform.geometry.crs import WGS84, transform_geometries
from tests.support.filters import GRID, compiled, ids_where

Connection = psycopg.Connection[Any]
Rows = dict[int, BaseGeometry]


@pytest.fixture(scope="module")
def public(small_city: Logins) -> Iterator[Connection]:
    """A connection signed in as the public."""
    with psycopg.connect(small_city.public, autocommit=True) as opened:
        yield opened


def _rows(connection: Connection, layer: str) -> Rows:
    table = sql.Identifier("layer", layer)
    found = connection.execute(sql.SQL("SELECT id, ST_AsBinary(geom) FROM {}").format(table)).fetchall()
    return {number: shapely.from_wkb(bytes(shape)) for number, shape in found}


@pytest.fixture(scope="module")
def parcels(public: Connection) -> Rows:
    """Every parcel in the working grid."""
    return _rows(public, "parcels")


def _degrees(shape: BaseGeometry) -> BaseGeometry:
    moved = transform_geometries(np.array([shape], dtype=object), GRID, WGS84)
    return moved[0]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def places(parcels: Rows) -> dict[str, BaseGeometry]:
    """Geometries about one parcel, in degrees: areas, lines and points that touch, hold and cross it."""
    some = next(p for _, p in sorted(parcels.items()) if p.geom_type == "MultiPolygon" and p.area > 50)
    middle = some.representative_point()
    around = middle.buffer(40, quad_segs=2)
    inside = middle.buffer(0.5, quad_segs=1)
    made = {
        "point": middle,
        "points": shapely.MultiPoint([middle, shapely.affinity.translate(middle, 30, 0)]),
        "line": shapely.LineString([(middle.x - 60, middle.y - 7), (middle.x + 55, middle.y + 9)]),
        "lines": shapely.MultiLineString(
            [
                [(middle.x - 60, middle.y), (middle.x + 55, middle.y)],
                [(middle.x, middle.y - 60), (middle.x, middle.y + 50)],
            ]
        ),
        "around": around,
        "inside": inside,
        "ring": around.difference(inside.buffer(10)),
        "areas": shapely.MultiPolygon([inside, shapely.affinity.translate(around, 150, 0)]),
    }
    return {name: _degrees(shape) for name, shape in made.items()}


Predicate = Callable[[BaseGeometry, BaseGeometry], Any]
PREDICATES: dict[str, Predicate] = {
    "S_INTERSECTS": shapely.intersects,
    "S_DISJOINT": shapely.disjoint,
    "S_WITHIN": shapely.within,
    "S_CONTAINS": shapely.contains,
    "S_CROSSES": lambda a, b: a.crosses(b),
    "S_OVERLAPS": lambda a, b: a.overlaps(b),
}


@pytest.mark.parametrize("name", PREDICATES)
def test_each_function_answers_as_shapely_does(
    public: Connection, parcels: Rows, places: dict[str, BaseGeometry], name: str
) -> None:
    found = 0
    for place in places.values():
        here = transform_geometries(np.array([place], dtype=object), WGS84, GRID)[0]
        for text, expected in (
            (f"{name}(geom, {place.wkt})", {i for i, p in parcels.items() if PREDICATES[name](p, here)}),
            (f"{name}({place.wkt}, geom)", {i for i, p in parcels.items() if PREDICATES[name](here, p)}),
        ):
            assert ids_where(public, compiled(text), "parcels") == expected, text
            found += len(expected)
    assert found > 0, "nothing was there to be found: the check says nothing"


def test_what_is_equal_and_what_touches_in_the_working_grid(public: Connection, parcels: Rows) -> None:
    """In the grid itself, where a corner is the same number on both sides."""
    number, some = sorted(parcels.items())[7]
    text = json.dumps(shapely.geometry.mapping(some))
    for name, check in (("s_equals", shapely.equals), ("s_touches", shapely.touches)):
        asked = f'{{"op":"{name}","args":[{{"property":"geom"}},{text}]}}'
        condition = compiled(asked, language="cql2-json", srid=GRID)
        expected = {i for i, p in parcels.items() if check(p, some)}
        assert ids_where(public, condition, "parcels") == expected
        assert (number in expected) is (name == "s_equals")
        assert expected


def test_a_collection_meets_what_any_of_its_parts_meets(
    public: Connection, places: dict[str, BaseGeometry]
) -> None:
    both = f"GEOMETRYCOLLECTION({places['point'].wkt}, {places['line'].wkt})"
    together = ids_where(public, compiled(f"S_INTERSECTS(geom, {both})"), "parcels")
    parts = [compiled(f"S_INTERSECTS(geom, {places[one].wkt})") for one in ("point", "line")]
    assert together == set().union(*(ids_where(public, part, "parcels") for part in parts))
    apart = ids_where(public, compiled(f"S_DISJOINT(geom, {both})"), "parcels")
    assert not together & apart
    assert together


def test_a_place_is_the_same_in_every_system(public: Connection, places: dict[str, BaseGeometry]) -> None:
    """Longitude first in CRS84, latitude first in EPSG:4326, metres in the grids."""
    ((x, y),) = places["point"].coords
    expected = ids_where(public, compiled(f"S_INTERSECTS(geom, POINT({x} {y}))"), "parcels")
    assert expected
    for srid in (4326, 3857, 9210, 5897, 3405):
        moved = transform_geometries(np.array([places["point"]], dtype=object), WGS84, srid)[0]
        first, second = (y, x) if srid == 4326 else moved.coords[0]
        asked = compiled(f"S_INTERSECTS(geom, POINT({first!r} {second!r}))", srid=srid)
        assert ids_where(public, asked, "parcels") == expected, srid


NAMES = ["INTERSECTS", "WITHIN", "CONTAINS", "TOUCHES", "CROSSES", "OVERLAPS", "EQUALS"]
FAR = [
    "BBOX(-180,-90,180,90)",
    "BBOX(170,-10,160,20)",
    "POLYGON((-170 -80,170 -80,170 80,-170 80,-170 -80))",
]


@pytest.mark.parametrize("box", FAR)
def test_what_reaches_round_the_earth_holds_the_city(public: Connection, parcels: Rows, box: str) -> None:
    assert ids_where(public, compiled(f"S_INTERSECTS(geom, {box})"), "parcels") == set(parcels)
    assert ids_where(public, compiled(f"S_WITHIN(geom, {box})"), "parcels") == set(parcels)
    assert ids_where(public, compiled(f"S_CONTAINS(geom, {box})"), "parcels") == set()


@pytest.mark.parametrize(
    "place", ["POINT(-74 40)", "BBOX(170,-10,-170,10)", "POINT(180 90)", "LINESTRING(0 -90,0 90)"]
)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_lies_on_the_other_side_of_the_earth(public: Connection, name: str, place: str) -> None:
    assert ids_where(public, compiled(f"S_{name}(geom, {place})"), "parcels") == set()
    assert ids_where(public, compiled(f"S_{name}({place}, geom)"), "parcels") == set()


def test_all_is_apart_from_the_other_side_of_the_earth(public: Connection, parcels: Rows) -> None:
    assert ids_where(public, compiled("S_DISJOINT(geom, POINT(-74 40))"), "parcels") == set(parcels)


SLIVERS = [
    "POLYGON((106.36 10.35,106.37 10.35,106.365 10.35000000001,106.36 10.35))",
    "POLYGON((106.36 10.35,106.36000000001 10.35,106.36000000001 10.36,106.36 10.35))",
    "BBOX(106.36,10.35,106.36,10.35)",
    "BBOX(106.36,10.35,106.37,10.35)",
    "LINESTRING(106.36 10.35,106.36000000001 10.35)",
    "MULTIPOINT((106.36 10.35),(106.36 10.35))",
]


@pytest.mark.parametrize("sliver", SLIVERS)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_thin_as_a_hair_raises_nothing(public: Connection, name: str, sliver: str) -> None:
    found = ids_where(public, compiled(f"S_{name}(geom, {sliver})"), "parcels")
    assert found <= ids_where(public, compiled("S_INTERSECTS(geom, BBOX(106.3,10.3,106.4,10.4))"), "parcels")


def test_the_public_finds_by_the_index(public: Connection, places: dict[str, BaseGeometry]) -> None:
    for name in (*PREDICATES, "S_TOUCHES", "S_EQUALS"):
        if name == "S_DISJOINT":
            continue  # nearly every row: reading all of them is right
        for text in (f"{name}(geom, {places['inside'].wkt})", f"{name}({places['inside'].wkt}, geom)"):
            condition = compiled(text)
            row = public.execute(
                sql.SQL("EXPLAIN (FORMAT JSON) SELECT t.id FROM layer.parcels t WHERE {}").format(
                    sql.SQL(cast(Any, condition.sql))
                ),
                condition.parameters,
            ).fetchone()
            assert row is not None
            plan = json.dumps(row[0])
            assert "parcels_geom_idx" in plan, (text, plan)
            assert "Seq Scan" not in plan, (text, plan)
