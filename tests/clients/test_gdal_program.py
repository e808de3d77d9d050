"""ogrinfo and ogr2ogr of the system: GDAL 3.6 on Debian 12, which asks for no other system than CRS84."""

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from gis_platform.geometry.crs import WGS84, gdal_coordinate_operation, transform_geometries
from tests.clients.conftest import GRID, PUBLIC, Stored
from tests.support.server import RunningServer

pytestmark = pytest.mark.skipif(
    shutil.which("ogr2ogr") is None, reason="needs ogrinfo and ogr2ogr: apt-get install gdal-bin"
)

# 1e-8 of a degree is how fine coordinates in CRS84 are: a millimetre, half of it each way, both ways.
ROUNDED = 0.002
#: West, south, east, north in CRS84.
WARD = (106.355, 10.345, 106.365, 10.355)


def ask(program: str, *words: str) -> str:
    """What a program of GDAL says; it must end well and warn of nothing."""
    found = shutil.which(program)
    assert found is not None
    told = subprocess.run(  # noqa: S603  # our own words
        [found, *words], check=False, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 0, told.stderr
    assert told.stderr == ""
    return told.stdout


@pytest.fixture(scope="module")
def in_crs84() -> tuple[str, ...]:
    """What makes this GDAL ask for CRS84: a word of its own where it would take the grid unasked."""
    return ("-oo", "CRS=OGC:CRS84") if 'name="CRS"' in ask("ogrinfo", "--format", "OAPIF") else ()


def ids(city: RunningServer, layer: str, *words: str) -> list[int]:
    """The ids of the features that ogrinfo shows."""
    told = ask("ogrinfo", "-ro", "-q", "-geom=NO", *words, f"OAPIF:{city.url}/ogc", layer)
    return [int(number) for number in re.findall(rf"^OGRFeature\({layer}\):(\d+)$", told, re.MULTILINE)]


def test_ogrinfo_lists_what_the_public_may_see(live_city: RunningServer) -> None:
    told = ask("ogrinfo", "-ro", "-q", f"OAPIF:{live_city.url}/ogc")
    assert set(re.findall(r"^\d+: (\w+)", told, re.MULTILINE)) == {*PUBLIC, "catalogue"}


@pytest.mark.parametrize("layer", PUBLIC)
def test_every_feature_comes_once_over_several_pages(
    live_city: RunningServer, stored: Stored, layer: str
) -> None:
    expected = stored(layer)
    size = max(1, len(expected) // 6)
    assert sorted(ids(live_city, layer, "-oo", f"PAGE_SIZE={size}")) == sorted(expected)
    told = ask("ogrinfo", "-ro", "-so", f"OAPIF:{live_city.url}/ogc", layer)
    assert f"Feature Count: {len(expected)}\n" in told


def test_a_page_size_not_given_loses_nothing(live_city: RunningServer, stored: Stored) -> None:
    assert sorted(ids(live_city, "zoning")) == sorted(stored("zoning"))


def test_it_keeps_to_a_condition(live_city: RunningServer, stored: Stored, some_sheet: str) -> None:
    expected = stored("parcels", "sheet_no = %(sheet)s AND legal_area_m2 > 150.5", sheet=some_sheet)
    where = f"sheet_no = '{some_sheet}' AND legal_area_m2 > 150.5"
    found = ids(live_city, "parcels", "-where", where, "-oo", "PAGE_SIZE=500")
    assert sorted(found) == sorted(expected)


CONDITIONS = (
    ("sheet_no = '{sheet}'", "sheet_no = %(sheet)s"),
    ("legal_area_m2 > 150.5 AND sheet_no <> '{sheet}'", "legal_area_m2 > 150.5 AND sheet_no <> %(sheet)s"),
    ("address ILIKE '%HÙNG VƯƠNG%'", "address ILIKE '%%Hùng Vương%%'"),
    ("identifier IS NULL", "identifier IS NULL"),
    ("source_date <= '2018-12-31' AND parcel_no LIKE '1%'", "parcel_no LIKE '1%%'"),
    ("source_date > '2018-12-31'", "false"),
    ("source_date >= '2018/12/31 00:00:00' AND parcel_no = '7'", "parcel_no = '7'"),
)


@pytest.mark.parametrize(("where", "condition"), CONDITIONS)
def test_a_condition_is_sent_to_the_server(
    live_city: RunningServer, stored: Stored, some_sheet: str, where: str, condition: str
) -> None:
    """The driver learns from the description that leads from the landing page that there is a filter."""
    expected = stored("parcels", condition, sheet=some_sheet)
    assert len(expected) < len(stored("parcels"))
    words = ("-ro", "-q", "-geom=NO", "-where", where.format(sheet=some_sheet), "-oo", "PAGE_SIZE=5000")
    found = shutil.which("ogrinfo")
    assert found is not None
    told = subprocess.run(  # noqa: S603  # our own words
        [found, "--debug", "HTTP,OAPIF", *words, f"OAPIF:{live_city.url}/ogc", "parcels"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    numbers = [
        int(number) for number in re.findall(r"^OGRFeature\(parcels\):(\d+)$", told.stdout, re.MULTILINE)
    ]
    assert sorted(numbers) == sorted(expected)
    # The first request is for the fields alone.
    _, *asked = (line for line in told.stderr.splitlines() if "/parcels/items?" in line)
    assert asked
    assert all("filter=" in line and "filter-lang=cql-text" in line for line in asked), asked
    assert "client side" not in told.stderr


def test_it_keeps_to_a_box(live_city: RunningServer, stored: Stored, in_crs84: tuple[str, ...]) -> None:
    every = stored("parcels")
    moved = transform_geometries(np.array(list(every.values())), GRID, WGS84)
    inside = shapely.intersects(moved, shapely.box(*WARD))
    expected = [number for number, fits in zip(every, inside, strict=True) if fits]
    assert 20 < len(expected) < len(every)
    found = ids(live_city, "parcels", "-spat", *map(str, WARD), "-oo", "PAGE_SIZE=20", *in_crs84)
    assert sorted(found) == sorted(expected)


def test_a_geopackage_in_the_grid_has_the_stored_coordinates(
    live_city: RunningServer, stored: Stored, tmp_path: Path, in_crs84: tuple[str, ...]
) -> None:
    """GDAL 3.6 reads CRS84 alone: told which operation leads to the grid, it comes out where it should."""
    # fmt: off
    ask(
        "ogr2ogr", "-preserve_fid", "-s_srs", "EPSG:4326", "-t_srs", f"EPSG:{GRID}",
        "-ct", inverse(gdal_coordinate_operation(GRID)), "-oo", "PAGE_SIZE=700", *in_crs84,
        str(tmp_path / "parcels.gpkg"), f"OAPIF:{live_city.url}/ogc", "parcels",
    )
    # fmt: on
    _, numbers, shapes, _ = pyogrio.raw.read(tmp_path / "parcels.gpkg", return_fids=True)
    expected = stored("parcels")
    assert sorted(numbers) == sorted(expected)
    for number, shape in zip(numbers, shapely.from_wkb(shapes), strict=True):
        assert shapely.equals_exact(shape, expected[number], ROUNDED), number


def inverse(pipeline: str) -> str:
    """The same steps the other way round."""
    steps = pipeline.removeprefix("+proj=pipeline +step ").split(" +step ")
    turned = [step[5:] if step.startswith("+inv ") else f"+inv {step}" for step in reversed(steps)]
    return "+proj=pipeline +step " + " +step ".join(turned)
