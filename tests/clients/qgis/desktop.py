"""QGIS without its windows over a running server: `make qgis-test`. Too heavy for every run."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from gis_platform.geometry.crs import WGS84, transform_geometries
from tests.clients.conftest import GRID, PUBLIC, Stored
from tests.support.server import RunningServer

READING = Path(__file__).with_name("reading.py")
PYTHON = "/usr/bin/python3"
WARD = "28249"
BOX = (106.355, 10.345, 106.365, 10.355)


@pytest.fixture(scope="module")
def said(live_city: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the program said before it ended, well or not."""
    home = tmp_path_factory.mktemp("qgis")
    home.chmod(0o700)
    outside = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.run(  # noqa: S603  # our own words
        [PYTHON, READING, live_city.url],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **outside},
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    if "No module named 'qgis'" in program.stderr:
        pytest.fail(
            "QGIS is not here. apt-get install -y --no-install-recommends python3-qgis qgis-providers",
            pytrace=False,
        )
    lines = [line for line in program.stdout.splitlines() if line.startswith('{"layers"')]
    assert lines, program.stderr
    return json.loads(lines[0])


def in_degrees(stored: Stored, layer: str) -> dict[int, Any]:
    """Shapes by id in longitude and latitude."""
    every = stored(layer)
    return dict(zip(every, transform_geometries(np.array(list(every.values())), GRID, WGS84), strict=True))


@pytest.mark.parametrize("layer", PUBLIC)
def test_every_feature_comes_once(said: Any, stored: Stored, layer: str) -> None:
    told, expected = said["layers"][layer], in_degrees(stored, layer)
    assert told["valid"]
    assert sorted(told["ids"]) == sorted(expected)
    assert told["count"] == len(expected)
    west, south, east, north = told["extent"]
    assert shapely.covers(shapely.box(west, south, east, north), list(expected.values())).all()


@pytest.mark.parametrize("layer", PUBLIC)
def test_it_lies_where_it_is_stored(said: Any, stored: Stored, layer: str) -> None:
    """QGIS 3.22 asks for CRS84 alone and calls it EPSG:4326; 2e-8 of a degree are 2 mm."""
    told, expected = said["layers"][layer], in_degrees(stored, layer)
    assert told["crs"] in {"EPSG:4326", "OGC:CRS84"}
    assert shapely.equals_exact(shapely.from_wkt(told["first"]), expected[told["ids"][0]], 2e-8)


def test_parcels_by_condition_and_by_box(said: Any, stored: Stored) -> None:
    told = said["layers"]["parcels"]
    assert sorted(told["of_ward"]) == sorted(stored("parcels", "unit_code = %(ward)s", ward=WARD))
    box = shapely.box(*BOX)
    inside = [number for number, shape in in_degrees(stored, "parcels").items() if box.intersects(shape)]
    # QGIS takes the features whose box meets the one asked for, as the server does.
    assert set(inside) <= set(told["in_box"])
    assert len(told["in_box"]) < len(stored("parcels"))


def test_vector_tiles_are_drawn_in_the_published_style(said: Any) -> None:
    assert said["colours"]["parcels"] > 1
    assert said["colours"]["streets"] > 1
    # Each class of zones has a colour of its own, and edges are smoothed between them.
    assert said["colours"]["zoning"] > 10


def test_this_qgis_cannot_write(said: Any) -> None:
    """When this fails QGIS has learnt it, and writing wants a test of its own."""
    assert not any(told["writes"] for told in said["layers"].values())
