"""Real files: a French cadastre into a second city, today's wards of Mỹ Tho into the first."""

import random
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pyogrio
import pytest
from pyogrio.raw import read, write

from etl.delivery.deliver import deliver
from etl.delivery.request import Counts
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import DAY, request, shared_file

Connection = psycopg.Connection[Any]
EXTENT = """
    SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
    FROM (SELECT ST_Extent(ST_Transform(geom, 4326)) FROM layer.parcels) AS extent (box)
"""
MADE_UP_WARD = """
    INSERT INTO layer.admin_units (code, name, full_name, kind, generation, predecessors, note, source_date,
                                   valid_from, geom)
    SELECT '28261', 'Mỹ Tho', 'Phường Mỹ Tho', 'phuong', 3, '{28261@2}', 'Dữ liệu minh hoạ', '2025-07-01',
           '2025-07-01', ST_Multi(ST_Transform(ST_MakeEnvelope(106.3, 10.3, 106.4, 10.4, 4326),
                                               core.working_srid()))
"""


def _one(connection: Connection, query: str) -> tuple[Any, ...]:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return tuple(row)


def test_a_real_cadastre_goes_into_another_city(french_settings: Settings, french_database: Logins) -> None:
    file = shared_file("cadastre_fr_27412_etalab.gpkg")
    result = deliver(french_settings, request(file), french_database.owner)
    assert (result.status, result.counts.read, result.counts.added) == ("applied", 1990, 1990)
    # The commune was merged of several, so sections and numbers occur again: real data, kept and told.
    # And some of its parcels lie on one another.
    assert {f.severity for f in result.findings} == {"warning"}
    assert {f.code for f in result.findings} == {"duplicate_key", "overlap", "same_ground", "gap", "spike"}
    with psycopg.connect(french_database.owner) as connection:
        assert _one(connection, "SELECT count(*), min(valid_from), max(source_date) FROM layer.parcels") == (
            1990,
            DAY,
            DAY,
        )
        areas = "SELECT count(*) FROM layer.parcels WHERE legal_area_m2 IS NULL AND measured_area_m2 IS NULL"
        assert _one(connection, areas) == (1990,)
        # Converted by PROJ here and by PostGIS there, and back, a corner stays where it was.
        known = pyogrio.read_info(file, layer="parcelles")["total_bounds"]
        assert _one(connection, EXTENT) == pytest.approx(known, abs=1e-8)
        assert _one(connection, "SELECT source, srid FROM core.delivery") == ("etalab", 4326)

    again = deliver(french_settings, request(file), french_database.owner)
    assert (again.status, again.id, again.counts) == ("already applied", result.id, Counts())


def test_shuffled_rows_of_the_cadastre_change_nothing(
    french_settings: Settings, french_database: Logins, tmp_path: Path
) -> None:
    file = shared_file("cadastre_fr_27412_etalab.gpkg")
    deliver(french_settings, request(file), french_database.owner)
    for seed, ending, driver in ((1, "gpkg", "GPKG"), (2, "fgb", "FlatGeobuf"), (3, "gpkg", "GPKG")):
        shuffled = _shuffled(file, tmp_path / f"shuffled_{seed}.{ending}", driver, seed)
        result = deliver(french_settings, request(shuffled, source="etalab"), french_database.owner)
        assert (result.counts.unchanged, result.counts.touched) == (1990, 0)
    with psycopg.connect(french_database.owner) as connection:
        assert _one(connection, "SELECT count(*) FROM layer.parcels_history") == (0,)


def test_the_wards_of_today_replace_made_up_ones(settings: Settings, database: Logins) -> None:
    file = shared_file("admin_new.gpkg")
    with psycopg.connect(database.owner) as connection:
        connection.execute(MADE_UP_WARD.encode())
    before = request(file, "admin_units", source="sapnhap", day=DAY.replace(year=2026))
    result = deliver(settings, before, database.owner)
    # The made-up one lay under all five and goes on as the one of its code: to the eye a split, and doubtful.
    assert (result.counts.read, result.counts.split, result.counts.doubtful) == (5, 1, 1)
    with psycopg.connect(database.owner) as connection:
        names = connection.execute(
            "SELECT code, full_name, generation, kind FROM layer.admin_units ORDER BY code"
        ).fetchall()
        assert [(code, name) for code, name, _, _ in names] == [
            ("28249", "Phường Đạo Thạnh"),
            ("28261", "Phường Mỹ Tho"),
            ("28270", "Phường Thới Sơn"),
            ("28273", "Phường Mỹ Phong"),
            ("28285", "Phường Trung An"),
        ]
        assert {(generation, kind) for _, _, generation, kind in names} == {(3, "phuong")}
        area = _one(connection, "SELECT sum(ST_Area(geom)) / 1e6 FROM layer.admin_units")[0]
        assert area == pytest.approx(82.57, abs=0.05)
        # What the file does not speak of stays; that the shape was made up is history, as the shape is.
        kept = "SELECT predecessors, existed_from FROM layer.admin_units WHERE code = '28261'"
        assert _one(connection, kept) == (["28261@2"], date(2025, 7, 1))
        assert _one(connection, "SELECT count(*) FROM layer.admin_units WHERE note LIKE '%minh hoạ%'") == (0,)
        assert _one(connection, "SELECT count(*) FROM layer.admin_units_history") == (2,)


def test_the_second_dated_ward_layer_differs_where_it_is_known_to(
    settings: Settings, database: Logins
) -> None:
    file = shared_file("admin_new.gpkg")
    deliver(settings, request(file, "admin_units", source="sapnhap"), database.owner)
    earlier = "dong_thap_wards_2025_snapshot_2026_03_11"
    result = deliver(
        settings,
        request(
            file,
            "admin_units",
            day=DAY.replace(year=2026),
            file_layer=earlier,
            where="code IN ('28249', '28261', '28270', '28273', '28285')",
            columns={"full_name": "fullName"},
            constants={"generation": "3", "kind": "Phường"},
            ignore=("ma1", "matinhxa", "src", "snapshot"),
        ),
        database.owner,
    )
    assert (result.counts.read, result.counts.added, result.counts.vanished) == (5, 0, 0)
    assert result.counts.changed_geometry >= 2


def _shuffled(source: Path, target: Path, driver: str, seed: int) -> Path:
    meta, _, geometry, fields = read(source, layer="parcelles")
    order = list(range(len(geometry)))
    random.Random(seed).shuffle(order)  # noqa: S311  # no secret
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        write(
            str(target),
            geometry[order],
            [np.asarray(column)[order] for column in fields],
            meta["fields"],
            layer="parcelles",
            driver=driver,
            geometry_type="Polygon",
            crs=meta["crs"],
        )
    return target
