"""VN-2000 to WGS 84 is EPSG:6960 in PostGIS too, for every grid, by the rows of the migration."""

from typing import Any

import psycopg
import pytest

from gis_platform.database.migrations.core_0002_vn2000_grids import definitions
from gis_platform.geometry.crs import VN2000_SRIDS, proj4_definition, transformer
from gis_platform.geometry.pinned_grids import DEFAULT_GRID, GRID, LON_LAT, pin_grids, unpinned_grids

Connection = psycopg.Connection[Any]

# A delta point, one in the north and one in the centre: three areas of use, three defaults of PROJ.
PLACES = (LON_LAT, (105.85, 21.03), (108.2, 16.05))


def transform(connection: Connection, point: tuple[float, float], from_srid: int, to_srid: int) -> Any:
    return connection.execute(
        "SELECT ST_X(p), ST_Y(p) FROM ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), %s), %s) AS p",
        (*point, from_srid, to_srid),
    ).fetchone()


def test_the_frozen_rows_say_what_the_code_says() -> None:
    assert definitions() == {srid: proj4_definition(srid) for srid in VN2000_SRIDS}


def test_the_database_holds_the_frozen_rows_and_no_authority(connection: Connection) -> None:
    rows = connection.execute(
        "SELECT srid, proj4text, auth_name, auth_srid, srtext FROM spatial_ref_sys WHERE srid = ANY(%s)",
        (sorted(VN2000_SRIDS),),
    ).fetchall()
    assert {row[0]: row[1] for row in rows} == definitions()
    assert {row[2:] for row in rows} == {(None, None, None)}


def test_golden_point_both_ways(connection: Connection) -> None:
    assert transform(connection, LON_LAT, 4326, 9210) == pytest.approx(GRID, abs=0.001)
    assert transform(connection, GRID, 9210, 4326) == pytest.approx(LON_LAT, abs=1e-8)


def test_the_default_of_proj_is_not_produced(connection: Connection) -> None:
    easting, _ = transform(connection, LON_LAT, 4326, 9210)
    assert abs(easting - DEFAULT_GRID[0]) > 0.7


@pytest.mark.parametrize("srid", sorted(VN2000_SRIDS))
def test_postgis_and_python_agree_on_every_grid(connection: Connection, srid: int) -> None:
    for place in PLACES:
        here, there = transform(connection, place, 4326, srid), transformer(4326, srid).point(*place)
        assert here == pytest.approx(there, rel=0, abs=1e-8 if srid == 4756 else 0.001)
        to_map = transform(connection, there, srid, 3857)
        assert to_map == pytest.approx(transformer(4326, 3857).point(*place), rel=0, abs=0.001)


def test_the_two_grids_of_the_province_meet(connection: Connection) -> None:
    in_5897 = transform(connection, GRID, 9210, 5897)
    assert in_5897 == pytest.approx(transformer(9210, 5897).point(*GRID), rel=0, abs=0.001)


def test_a_grid_that_lost_its_pin_is_reported_and_pinned_again(connection: Connection) -> None:
    assert unpinned_grids(connection) == []
    connection.execute("UPDATE spatial_ref_sys SET auth_name = 'EPSG', auth_srid = srid WHERE srid = 5897")
    connection.execute("DELETE FROM spatial_ref_sys WHERE srid = 9210")
    assert unpinned_grids(connection) == [5897, 9210]
    assert pin_grids(connection) == [5897, 9210]
    assert unpinned_grids(connection) == []
    assert pin_grids(connection) == []
    connection.rollback()
