"""GDAL's MVT driver on a tile saved to a file: ids, properties, and shapes within a pixel of the ground."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import httpx2
import numpy as np
import pyogrio
import pytest
import shapely

from gis_platform.geometry.crs import WEB_MERCATOR, transform_geometries
from tests.clients.conftest import GRID, Stored
from tests.support.mercator import tile_at
from tests.support.server import RunningServer

pytestmark = pytest.mark.skipif("MVT" not in pyogrio.list_drivers(), reason="this pyogrio has no MVT driver")

ZOOM = 17
WORLD = 2 * 20_037_508.342789244
#: A step of the tile's own grid, metres in EPSG:3857.
PIXEL = WORLD / 2**ZOOM / 4096


@pytest.mark.parametrize("layer", ["parcels", "streets"])
def test_a_saved_tile_holds_the_features_of_its_place(
    live_city: RunningServer, stored: Stored, tmp_path: Path, layer: str
) -> None:
    expected = stored(layer)
    moved = dict(
        zip(
            expected, transform_geometries(np.array(list(expected.values())), GRID, WEB_MERCATOR), strict=True
        )
    )
    collection = f"{live_city.url}/ogc/collections/{layer}"
    spot = httpx2.get(f"{collection}/items?limit=1", timeout=60).json()["features"][0]
    lon, lat = np.array(spot["geometry"]["coordinates"][0]).reshape(-1, 2)[0]
    z, x, y = tile_at(lon, lat, ZOOM)
    answer = httpx2.get(f"{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}", timeout=60)
    assert answer.status_code == 200
    # The driver takes the place of a tile from its path.
    file = tmp_path / str(z) / str(x) / f"{y}.pbf"
    file.parent.mkdir(parents=True)
    file.write_bytes(answer.content)

    # A process of its own: one that has opened a delivered file keeps no drivers but of deliveries.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        read = process.submit(pyogrio.raw.read, file, layer=layer, CLIP="NO")
        about, _, shapes, columns = read.result(timeout=60)
    values = dict(zip(about["fields"], columns, strict=True))
    assert about["crs"] == "EPSG:3857"
    ids = [int(number) for number in values["mvt_id"]]
    assert spot["id"] in ids
    assert len(ids) == len(set(ids))

    west, north = x / 2**z * WORLD - WORLD / 2, WORLD / 2 - y / 2**z * WORLD
    ground = shapely.box(west, north - WORLD / 2**z, west + WORLD / 2**z, north)
    assert {number for number, shape in moved.items() if shapely.overlaps(shape, ground)} <= set(ids)
    for number, shape in zip(ids, shapely.from_wkb(shapes), strict=True):
        assert shapely.covered_by(shape, shapely.buffer(moved[number], 2 * PIXEL)), number
    where = ids.index(spot["id"])
    named = {"parcels": "parcel_no", "streets": "name"}[layer]
    assert values[named][where] == spot["properties"][named]
