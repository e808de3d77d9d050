"""Whole maps: a real cadastre, and the demo city, of which not a row is wrong."""

import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely

from etl.delivery.checking import cells
from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from tests.support.checked import Checked, checked_file, checked_layer
from tests.support.databases import drop_database, fresh_database
from tests.support.delivered import DAY, request, shared_file

STAGED = b"SELECT row_no, ST_AsBinary(geom) FROM staged ORDER BY row_no"
#: All but one row in twenty.
IN_FORCE = b"""
    INSERT INTO layer.parcels (unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    SELECT unit_code, sheet_no, parcel_no, '2019-01-01', '2019-01-01', geom FROM staged WHERE row_no % 20 > 0
"""
#: What is so in any cadastre, and is told in the demo city too.
TOLD = {
    "parcels": {"duplicate_key", "areas_differ", "area_not_drawn"},
    "admin_units": set(),
    "zoning": set(),
    "streets": set(),
    "cameras": set(),
}


@pytest.mark.parametrize("rows_in_a_cell", [10_000, 150])
def test_overlaps_of_a_real_cadastre_are_those_that_measuring_every_pair_finds(
    french_settings: Settings,
    french_database: Logins,
    monkeypatch: pytest.MonkeyPatch,
    rows_in_a_cell: int,
) -> None:
    monkeypatch.setattr(cells, "ROWS_IN_A_CELL", rows_in_a_cell)
    file = shared_file("cadastre_fr_27412_etalab.gpkg")
    with psycopg.connect(french_database.owner) as connection:
        found = checked_file(connection, french_settings.city, request(file), DAY)
        rows = connection.execute(STAGED).fetchall()
    assert {finding.severity for finding in found.findings} == {"warning"}
    told = _pairs(found)
    assert {(min(pair), max(pair)) for pair in told} == _measured(rows, 0.15)
    assert len(told) == found.counts["overlap"] + found.counts["same_ground"] == 15
    assert (found.counts["gap"], found.counts["spike"]) == (len(found.of("gap")), 1)
    assert found.counts["gap"] >= 2
    assert found.counts["duplicate_key"] == len(found.of("duplicate_key")) > 0


def test_of_a_cadastre_that_is_mostly_in_force_what_is_new_is_looked_at(
    french_settings: Settings, french_database: Logins
) -> None:
    file = shared_file("cadastre_fr_27412_etalab.gpkg")
    with psycopg.connect(french_database.owner) as connection:
        checked_file(connection, french_settings.city, request(file), DAY)
        rows = connection.execute(STAGED).fetchall()
        connection.execute(IN_FORCE)
        found = checked_file(connection, french_settings.city, request(file), DAY)
    new = {pair for pair in _measured(rows, 0.15) if any(row % 20 == 0 for row in pair)}
    assert {(min(pair), max(pair)) for pair in _pairs(found)} == new
    assert 0 < len(new) < 15


def _pairs(found: Checked) -> list[tuple[int, int]]:
    told = (*found.of("overlap"), *found.of("same_ground"))
    return [(f.row or 0, int(f.en.partition("row ")[2].partition(":")[0])) for f in told]


def _measured(rows: list[tuple[Any, ...]], tolerance: float) -> set[tuple[int, ...]]:
    shapes = shapely.from_wkb(np.array([wkb for _, wkb in rows], dtype=object))
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.intersection(shapes[one], shapes[other])
    wide = 2 * shapely.area(shared) > tolerance * shapely.length(shared)
    return {(int(rows[i][0]), int(rows[j][0])) for i, j in zip(one[wide], other[wide], strict=True)}


@pytest.fixture(scope="module")
def demo(server: str, demo_template: str, base_settings: Settings) -> Iterator[Logins]:
    """A small demo city."""
    name = f"gis_checked_demo_{os.getpid()}_test"
    yield logins(base_settings, fresh_database(server, name, demo_template))
    drop_database(server, name)


@pytest.mark.parametrize("layer", TOLD)
def test_nothing_but_what_is_so_anywhere_is_told_of_the_demo_city(demo: Logins, layer: str) -> None:
    with psycopg.connect(demo.owner) as connection:
        found = checked_layer(connection, layer)
        connection.rollback()
    assert set(found.counts) == TOLD[layer]
    assert {finding.severity for finding in found.findings} <= {"warning"}
