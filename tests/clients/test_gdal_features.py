"""GDAL's OAPIF driver, the newest that the lock file brings: pages, systems, filters, and rights."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyogrio
import pytest
import shapely

from tests.clients.conftest import GRID, PUBLIC, Shapes, Stored
from tests.clients.gdal_reading import Gdal, Read
from tests.support.server import RunningServer

pytestmark = pytest.mark.skipif(
    "OAPIF" not in pyogrio.list_drivers(), reason="this pyogrio was built without the OAPIF driver"
)

MILLIMETRE = 0.001


@pytest.fixture(scope="module")
def gdal(live_city: RunningServer) -> Iterator[Gdal]:
    """A process that reads the server through GDAL."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        yield Gdal(process, f"OAPIF:{live_city.url}/ogc")


def same(found: Read, expected: Shapes) -> None:
    """Each shape is the stored one, every vertex within a millimetre."""
    for number, shape in zip(found.ids, found.shapes, strict=True):
        assert shapely.equals_exact(shape, expected[number], MILLIMETRE), number


def test_it_lists_what_the_public_may_see(gdal: Gdal) -> None:
    assert gdal.names() == {*PUBLIC, "catalogue"}


def test_records_are_read_as_boxes(gdal: Gdal) -> None:
    found = gdal.read("catalogue", PAGE_SIZE=3, INITIAL_REQUEST_PAGE_SIZE=2)
    assert len(found.shapes) == len(PUBLIC)
    assert all(shape.geom_type == "Polygon" for shape in found.shapes)


@pytest.mark.parametrize("layer", PUBLIC)
def test_every_feature_comes_once_over_several_pages(gdal: Gdal, stored: Stored, layer: str) -> None:
    expected = stored(layer)
    size = max(1, len(expected) // 6)
    found = gdal.read(layer, PAGE_SIZE=size, INITIAL_REQUEST_PAGE_SIZE=max(1, size // 2), CRS="EPSG:9210")
    assert sorted(found.ids) == sorted(expected)
    assert found.crs == f"EPSG:{GRID}"
    same(found, expected)


def test_the_number_and_the_extent_told_are_true(gdal: Gdal, stored: Stored) -> None:
    told = gdal.about("parcels")
    assert told["features"] == len(stored("parcels"))
    assert told["crs"] == f"EPSG:{GRID}"
    found = gdal.read("parcels", PAGE_SIZE=10_000)
    assert shapely.covers(shapely.box(*told["total_bounds"]), shapely.union_all(found.shapes))


def test_it_keeps_to_a_condition(gdal: Gdal, stored: Stored, some_sheet: str) -> None:
    expected = stored("parcels", "sheet_no = %(sheet)s AND legal_area_m2 > 150.5", sheet=some_sheet)
    assert expected
    found = gdal.read("parcels", PAGE_SIZE=500, where=f"sheet_no = '{some_sheet}' AND legal_area_m2 > 150.5")
    assert sorted(found.ids) == sorted(expected)


def test_it_keeps_to_a_box_in_the_grid(gdal: Gdal, stored: Stored) -> None:
    middle = shapely.centroid(shapely.union_all(list(stored("parcels").values())))
    box = (middle.x - 400, middle.y - 300, middle.x + 400, middle.y + 300)
    inside = "ST_Intersects(geom, ST_MakeEnvelope(%(w)s, %(s)s, %(e)s, %(n)s, core.working_srid()))"
    expected = stored("parcels", inside, **dict(zip("wsen", box, strict=True)))
    assert 50 < len(expected) < len(stored("parcels"))
    found = gdal.read("parcels", PAGE_SIZE=40, CRS="EPSG:9210", bbox=box)
    assert sorted(found.ids) == sorted(expected)
    same(found, expected)


def test_a_system_with_latitude_first_is_not_swapped(gdal: Gdal) -> None:
    plain, turned = gdal.read("hotspots", CRS="OGC:CRS84"), gdal.read("hotspots", CRS="EPSG:4326")
    assert turned.ids == plain.ids
    assert shapely.equals_exact(turned.shapes, plain.shapes, 1e-7).all()


def test_values_keep_their_types_and_letters(gdal: Gdal) -> None:
    found = gdal.read("parcels", PAGE_SIZE=10_000)
    assert str(found.values["legal_area_m2"].dtype) == "float64"
    assert str(found.values["source_date"].dtype) == "datetime64[D]"
    assert any("Phường" in str(address) for address in found.values["address"])


def test_who_signs_in_reads_more(gdal: Gdal, officer: str, tmp_path: Path) -> None:
    headers = tmp_path / "headers.txt"
    headers.write_text(f"Authorization: Bearer {officer}\n", encoding="ascii")
    assert "cameras" in gdal.names(headers=str(headers))
    assert gdal.read("cameras", headers=str(headers)).ids
    with pytest.raises(pyogrio.errors.DataLayerError):
        gdal.read("cameras")
