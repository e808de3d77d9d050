"""The demo's rasters: few, small, marked as made up, and added once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
import rasterio

from etl.demo.rasters import ELEVATION, MONTHS, SALINITY, load_demo_rasters
from gis_platform.city import load_city
from gis_platform.database.server import Logins, logins
from gis_platform.settings import Settings
from tests.support.databases import drop_database, fresh_database

CITY = load_city("my_tho")


@pytest.fixture(scope="module")
def places(server: str, template: str, base_settings: Settings) -> Iterator[Logins]:
    name = "gis_demo_rasters_test"
    yield logins(base_settings, fresh_database(server, name, template))
    drop_database(server, name)


@pytest.fixture(scope="module")
def folder(places: Logins, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("demo")
    with psycopg.connect(places.owner) as connection:
        assert load_demo_rasters(connection, data_dir, CITY, 1) == 1 + len(MONTHS)
    return data_dir


def test_each_is_marked_as_made_up_and_lies_in_the_city(places: Logins, folder: Path) -> None:
    assert folder.is_dir()
    with psycopg.connect(places.owner) as connection:
        rows = connection.execute("SELECT name, synthetic, title_vi, west, north FROM core.raster").fetchall()
    assert {row[0] for row in rows} == {ELEVATION, SALINITY}
    for _, synthetic, title, west, north in rows:
        assert synthetic
        assert "minh hoạ" in title
        assert (west, north) == pytest.approx((CITY.envelope.west, CITY.envelope.north))


def test_values_are_those_of_a_delta(folder: Path) -> None:
    ranges = {}
    for file in (folder / "rasters").rglob("*.tif"):
        with rasterio.open(file) as dataset:
            cells = dataset.read(1, masked=True)
        ranges[file.name.rsplit("-", 1)[0]] = (float(cells.min()), float(cells.max()))
    assert len(ranges) == 1 + len(MONTHS)
    low, high = ranges[f"{ELEVATION}-20230115"]
    assert -2 < low < high < 6
    peaks = [ranges[f"{SALINITY}-{day:%Y%m%d}"][1] for day, _ in MONTHS]
    assert max(peaks) == peaks[1] < 20


def test_all_of_them_are_a_few_hundred_kilobytes(folder: Path) -> None:
    assert sum(file.stat().st_size for file in (folder / "rasters").rglob("*.tif")) < 600_000


def test_they_are_added_once_and_one_that_lacks_is_added_again(places: Logins, folder: Path) -> None:
    with psycopg.connect(places.owner) as connection:
        assert load_demo_rasters(connection, folder, CITY, 1) == 0
        connection.execute("DELETE FROM core.raster WHERE date = %s", [date(2023, 2, 28)])
        connection.commit()
        assert load_demo_rasters(connection, folder, CITY, 1) == 1
        assert load_demo_rasters(connection, folder, CITY, 1) == 0
