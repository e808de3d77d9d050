"""Areas in a tile are valid, turned the right way, and lie where the parcels lie, however they were drawn."""

from typing import Any

import psycopg
import pytest
import shapely
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from gis_platform.serving.tile import EXTENT, WORLD_M, tile_parameters, tile_statement
from layers.parcels import LAYER
from tests.support.mercator import tile_at
from tests.support.mvt import TileFeature, read_tile

Connection = psycopg.Connection[Any]

LON, LAT = 106.3656, 10.3548

_STORED = "SELECT id, ST_AsBinary(geom_3857) FROM layer.parcels WHERE id = ANY (%s)"
_LAY = """
    INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    SELECT '28261', '1', '1', '2025-01-01', '2025-01-01', ST_Multi(ST_Translate(
        ST_GeomFromText(%s, core.working_srid()), ST_X(here.at), ST_Y(here.at)))
    FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), core.working_srid()) AS at) here
    RETURNING id
"""

# Metres around a place; each is valid, and rounded to a tile's grid without care some would not be.
SHAPES = {
    "a lot": "POLYGON((0 0,20 0,20 5,0 5,0 0))",
    "turned the other way": "POLYGON((0 0,0 5,20 5,20 0,0 0))",
    "with a hole": "POLYGON((0 0,20 0,20 20,0 20,0 0),(5 5,5 8,8 8,8 5,5 5))",
    "two parts": "MULTIPOLYGON(((0 0,5 0,5 5,0 5,0 0)),((6 0,9 0,9 5,6 5,6 0)))",
    "two parts a hair apart": "MULTIPOLYGON(((0 0,5 0,5 5,0 5,0 0)),((5.01 0,9 0,9 5,5.01 5,5.01 0)))",
    "a spike": "POLYGON((0 0,20 0,20 5,10.03 5,10.01 17.3,10 5,0 5,0 0))",
    "a notch": "POLYGON((0 0,20 0,20 9,10.04 9,10.02 0.01,10 9,0 9,0 0))",
    "narrower than a step": "POLYGON((0 0,30 17.01,30 17.02,0 0.01,0 0))",
}


def _areas(feature: TileFeature) -> BaseGeometry:
    """The feature as a reader takes it: each ring of positive area, y downwards, begins an area."""
    areas: list[tuple[list[tuple[int, int]], list[list[tuple[int, int]]]]] = []
    for ring in feature.parts:
        turn = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
        assert turn != 0
        if turn > 0:
            areas.append((ring, []))
        else:
            areas[-1][1].append(ring)
    return shapely.MultiPolygon(areas)


def _drawn(connection: Connection, z: int, x: int, y: int) -> dict[int, BaseGeometry]:
    values = tile_parameters(LAYER, z, x, y)
    row = connection.execute(tile_statement(LAYER, Role.PUBLIC, z, at=False).text, values).fetchone()
    assert row is not None
    layer = read_tile(bytes(row[0])).get("parcels")
    return {f.id: _areas(f) for f in layer.features if f.id is not None} if layer else {}


def _expected(connection: Connection, ids: list[int], z: int, x: int, y: int) -> dict[int, BaseGeometry]:
    """As stored, in the tile's grid and not rounded."""
    step = WORLD_M / 2**z / EXTENT
    west, north = x * step * EXTENT - WORLD_M / 2, WORLD_M / 2 - y * step * EXTENT
    to_grid = [1 / step, 0, 0, -1 / step, -west / step, north / step]
    rows = connection.execute(_STORED, (ids,)).fetchall()
    return {id: affine_transform(shapely.from_wkb(bytes(wkb)), to_grid) for id, wkb in rows}


def _agree(drawn: BaseGeometry, expected: BaseGeometry) -> None:
    assert shapely.is_valid(drawn), shapely.is_valid_reason(drawn)
    seen = shapely.box(0, 0, EXTENT, EXTENT)
    apart = shapely.intersection(shapely.symmetric_difference(drawn, expected), seen)
    # Rounding moves each place by less than a step.
    assert shapely.area(apart) <= shapely.length(expected) + 1


@pytest.mark.parametrize("zoom", [15, 16, 17, 18, 19])
def test_parcels_of_the_city(small_city: Logins, zoom: int) -> None:
    with psycopg.connect(small_city.public) as connection:
        places = connection.execute(
            "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS p "
            "FROM layer.parcels ORDER BY parcel_no, id LIMIT 12) q"
        ).fetchall()
        seen = 0
        for z, x, y in sorted({tile_at(lon, lat, zoom) for lon, lat in places}):
            drawn = _drawn(connection, z, x, y)
            expected = _expected(connection, list(drawn), z, x, y)
            for id, area in drawn.items():
                _agree(area, expected[id])
            seen += len(drawn)
        assert seen > 20


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_shapes_that_rounding_could_break(database: Logins, shape: str) -> None:
    with psycopg.connect(database.owner) as connection:
        row = connection.execute(_LAY, (shape, LON, LAT)).fetchone()
        assert row is not None
        for zoom in (15, 16, 18, 20, 22):
            # The tile it begins in and the one beside: whole in one, cut at the edge of the other.
            z, x, y = tile_at(LON, LAT, zoom)
            for column in (x, x + 1):
                for id, area in _drawn(connection, z, column, y).items():
                    _agree(area, _expected(connection, [id], z, column, y)[id])
