"""Adding and removing rasters: all of it or nothing, one file once, one raster of one kind."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
import rasterio

from etl.rasters.register import listed, remove_raster
from gis_platform.access.roles import STAFF
from gis_platform.city import load_city
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, Conflict, NotFound, Problem
from gis_platform.raster.entry import Kind
from gis_platform.settings import Settings
from tests.support.rasters import add, files_in, real, request, salinity, write


def _rows(places: Logins) -> list[dict[str, Any]]:
    with psycopg.connect(places.owner, row_factory=psycopg.rows.dict_row) as connection:
        return connection.execute("SELECT * FROM core.raster ORDER BY name, date").fetchall()


def test_a_file_becomes_a_dated_entry_and_a_cloud_optimised_file(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    added = add(database, settings, request(salinity(tmp_path / "a.tif"), model_output=True))
    assert (added.status, added.warning) == ("added", None)
    (row,) = _rows(database)
    assert (row["name"], row["date"], row["unit"]) == ("soil_salinity", date(2025, 1, 31), "dS/m")
    assert row["statistics"]["valid_share"] == 0.75
    assert row["statistics"]["mean"] == 3.5
    assert row["nodata"] == "nan"
    assert row["model_output"]
    assert files_in(settings) == {f"my_tho/{row['file']}"}
    with rasterio.open(settings.data_dir / "rasters" / "my_tho" / row["file"]) as made:
        assert made.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert np.isnan(made.read(1)[:10, :10]).all()


def test_the_addition_is_in_the_audit_trail(database: Logins, settings: Settings, tmp_path: Path) -> None:
    add(database, settings, request(salinity(tmp_path / "a.tif")))
    with psycopg.connect(database.owner) as connection:
        entry = connection.execute("SELECT actor, action, subject FROM core.audit_entry").fetchone()
    assert entry == ("steward", "raster.added", "soil_salinity/2025-01-31")


def test_the_same_file_twice_is_recognised(database: Logins, settings: Settings, tmp_path: Path) -> None:
    asked = request(salinity(tmp_path / "a.tif"))
    add(database, settings, asked)
    before = files_in(settings)
    assert add(database, settings, asked).status == "already there"
    assert len(_rows(database)) == 1
    assert files_in(settings) == before


def test_another_file_of_a_day_that_is_taken_is_refused(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    add(database, settings, request(salinity(tmp_path / "a.tif")))
    before = files_in(settings)
    with pytest.raises(Conflict, match="raster remove soil_salinity --date 2025-01-31"):
        add(database, settings, request(salinity(tmp_path / "b.tif", 9)))
    assert files_in(settings) == before


def test_with_the_word_for_it_a_file_takes_the_place_of_the_one_of_its_day(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    first = request(salinity(tmp_path / "a.tif"), palette="soil_salinity")
    add(database, settings, first)
    (old,) = _rows(database)
    added = add(database, settings, request(salinity(tmp_path / "b.tif", 9), replace=True))
    assert added.status == "replaced"
    (new,) = _rows(database)
    assert (new["statistics"]["mean"], new["style"]) == (9, old["style"])
    assert files_in(settings) == {f"my_tho/{new['file']}"} != {f"my_tho/{old['file']}"}
    with psycopg.connect(database.owner) as connection:
        told = connection.execute("SELECT action FROM core.audit_entry ORDER BY action").fetchall()
    assert told == [("raster.added",), ("raster.replaced",)]


def test_a_replacement_that_fails_leaves_what_was_there(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    add(database, settings, request(salinity(tmp_path / "a.tif")))
    before = (_rows(database), files_in(settings))
    with pytest.raises(Problem, match="every cell says no data"):
        add(database, settings, request(_no_value(tmp_path / "b.tif"), replace=True))
    assert (_rows(database), files_in(settings)) == before


def test_a_day_to_come_is_a_model_s_alone(database: Logins, settings: Settings, tmp_path: Path) -> None:
    asked = request(salinity(tmp_path / "a.tif"), date=date(2998, 1, 1))
    with pytest.raises(BadParameter, match="lies after today"):
        add(database, settings, asked)
    assert add(database, settings, replace(asked, model_output=True)).status == "added"


def test_a_grid_of_the_next_meridian_is_named(database: Logins, settings: Settings, tmp_path: Path) -> None:
    """Cells of the city in EPSG:9210, said to be in EPSG:5897: 27 km away in the next province."""
    place = rasterio.Affine(10, 0, 567_000, 0, -10, 1_145_000)
    cells = np.ones((1, 9, 9), dtype=np.float32)
    wrong = write(tmp_path / "a.tif", cells, srid=5897, transform=place, nodata=-9999)
    with pytest.raises(Problem, match="look like EPSG:9210"):
        add(database, settings, request(wrong))
    assert _rows(database) == []


def test_two_words_for_no_data_are_a_question(database: Logins, settings: Settings, tmp_path: Path) -> None:
    whole = write(tmp_path / "a.tif", np.ones((1, 8, 8), dtype=np.float32), nodata=-9999)
    with pytest.raises(Problem, match="-9999 means no data and --nodata says 0; which one is right"):
        add(database, settings, request(whole, nodata=0))


def test_versions_of_one_raster_are_comparable(database: Logins, settings: Settings, tmp_path: Path) -> None:
    add(database, settings, request(salinity(tmp_path / "a.tif"), palette="soil_salinity"))
    later = request(salinity(tmp_path / "b.tif", 9), date=date(2025, 2, 28))
    with pytest.raises(Conflict, match="comparable"):
        add(database, settings, replace(later, unit="g/l"))
    add(database, settings, later)
    first, second = _rows(database)
    assert first["style"] == second["style"]


def test_where_another_city_lies_a_warning_is_given(database: Logins, settings: Settings) -> None:
    asked = request(real("nz_aerial_rgba_2m.tif"), kind=Kind.ORTHOPHOTO, unit=None, name="aerial")
    warning = add(database, settings, asked).warning
    assert warning is not None
    assert "does not reach Mỹ Tho" in warning


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "parcels"}, "that is a layer"),
        ({"name": "../etc"}, "small letters"),
        ({"name": "Độ_mặn"}, "small letters"),
        ({"unit": None}, "needs its unit"),
        ({"title": " "}, "--title must hold"),
        ({"licence": "x" * 201}, "--licence must hold"),
        ({"date": date(1700, 1, 1)}, "--date must lie"),
        ({"crs": "EPSG:9210"}, "which one is right"),
        ({"crs": "my own"}, "no EPSG code"),
        ({"kind": Kind.CLASS, "unit": None}, "whole numbers"),
        ({"kind": Kind.ORTHOPHOTO, "unit": None}, "8 bits"),
        ({"palette": "rainbow"}, "neither one of"),
    ],
)
def test_what_cannot_be_is_refused_whole(
    database: Logins, settings: Settings, tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(Problem, match=words):
        add(database, settings, request(salinity(tmp_path / "a.tif"), **change))
    assert _rows(database) == []
    assert not (settings.data_dir / "rasters").exists() or files_in(settings) == set()


def _no_system(file: Path) -> Path:
    return salinity(file, srid=None)


def _not_a_raster(file: Path) -> Path:
    file.write_text("ECe 3.5", encoding="utf-8")
    return file


def _cut_off(file: Path) -> Path:
    noise = np.random.default_rng(1).random((1, 400, 400), dtype=np.float32)
    whole = write(file, noise).read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    return file


def _no_value(file: Path) -> Path:
    return write(file, np.full((1, 8, 8), -9999, dtype=np.float32), nodata=-9999)


def _off_the_earth(file: Path) -> Path:
    return salinity(file, srid=4326, transform=rasterio.Affine(1000, 0, 567_000, 0, -1000, 1_145_000))


def _turned_without_nodata(file: Path) -> Path:
    place = rasterio.Affine(10, 0, 567_000, 0, -10, 1_145_000)
    return write(file, np.ones((1, 9, 9), dtype=np.int16), srid=9210, transform=place)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_no_system, "--crs EPSG:9210"),
        (_not_a_raster, "no readable GeoTIFF"),
        (_cut_off, "cannot be read|no readable"),
        (_no_value, "every cell says no data"),
        (_off_the_earth, "is the system right"),
        (_turned_without_nodata, "--nodata"),
    ],
)
def test_a_bad_file_leaves_no_row_and_no_file(
    database: Logins, settings: Settings, tmp_path: Path, make: Any, words: str
) -> None:
    with pytest.raises(Problem, match=words):
        add(database, settings, request(make(tmp_path / "bad.tif")))
    assert _rows(database) == []
    assert not (settings.data_dir / "rasters").exists() or files_in(settings) == set()


def test_what_fails_at_the_very_end_leaves_no_file(
    database: Logins, settings: Settings, tmp_path: Path
) -> None:
    """The commit itself fails: by then the file lies in its place."""
    with psycopg.connect(database.owner) as connection:
        connection.execute(
            "CREATE FUNCTION core.refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'the disk is full'; END$$"
        )
        connection.execute(
            "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON core.raster DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION core.refuse()"
        )
    with pytest.raises(psycopg.errors.RaiseException, match="the disk is full"):
        add(database, settings, request(salinity(tmp_path / "a.tif")))
    assert _rows(database) == []
    assert files_in(settings) == set()


def test_removing_takes_row_and_file(database: Logins, settings: Settings, tmp_path: Path) -> None:
    add(database, settings, request(salinity(tmp_path / "a.tif")))
    city = load_city(settings.city)
    with psycopg.connect(database.owner) as connection:
        assert len(listed(connection, settings.data_dir, city)) == 1
        remove_raster(connection, settings.data_dir, city, "soil_salinity", date(2025, 1, 31), "steward")
        assert listed(connection, settings.data_dir, city) == []
        with pytest.raises(NotFound):
            remove_raster(connection, settings.data_dir, city, "soil_salinity", date(2025, 1, 31), "steward")
    assert files_in(settings) == set()


def test_a_lost_file_is_told_in_the_list(database: Logins, settings: Settings, tmp_path: Path) -> None:
    added = add(database, settings, request(salinity(tmp_path / "a.tif"), audience=STAFF))
    (settings.data_dir / "rasters" / "my_tho" / str(added.file)).unlink()
    with psycopg.connect(database.owner) as connection:
        (line,) = listed(connection, settings.data_dir, load_city(settings.city))
    assert "FILE GONE" in line
    assert "public" not in line


def test_a_palette_of_ones_own(database: Logins, settings: Settings, tmp_path: Path) -> None:
    palette = tmp_path / "own.json"
    palette.write_text('{"form": "steps", "entries": [{"value": 5, "color": "#ffffff"}, {"value": 1}]}')
    asked = request(salinity(tmp_path / "a.tif"), palette=str(palette))
    with pytest.raises(BadParameter, match=r"entries.1.color"):
        add(database, settings, asked)
    entries = '[{"value": 1, "color": "#000000"}, {"value": 5, "color": "#ffffff"}]'
    palette.write_text(f'{{"form": "steps", "entries": {entries}}}')
    add(database, settings, asked)
    assert _rows(database)[0]["style"]["entries"][1] == {"value": 5, "color": "#ffffff"}
