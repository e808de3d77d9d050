"""Files of other programs on the whole way into the layer of parcels."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely

from etl.delivery.deliver import deliver
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.delivered import request
from tests.support.forms import SAMPLE, by_gdal, write_drawing, write_parquet

FORMS: dict[str, tuple[Callable[[Path], Path], dict[str, Any]]] = {
    "GeoParquet": (lambda folder: write_parquet(folder / "a.parquet"), {}),
    "MapInfo": (lambda folder: by_gdal(folder / "a.mif", "MapInfo File"), {"crs": "EPSG:9210"}),
    "GML": (
        lambda folder: by_gdal(folder / "a.gml", "GML"),
        {"ignore": ("gml_id", "lowerCorner", "upperCorner")},
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_arrives(settings: Settings, database: Logins, tmp_path: Path, form: str) -> None:
    make, more = FORMS[form]
    assert deliver(settings, request(make(tmp_path), **more), database.owner).counts.added == 4
    with psycopg.connect(database.owner) as opened:
        held = opened.execute(
            "SELECT sheet_no, parcel_no, address, ST_AsBinary(geom) FROM layer.parcels ORDER BY parcel_no"
        ).fetchall()
    assert [row[:3] for row in held] == [("12", str(n), f"{n} đường Lê Lợi") for n in (1, 2, 3, 4)]
    for row, shape in zip(held, SAMPLE.shapes, strict=True):
        assert shapely.hausdorff_distance(shapely.from_wkb(row[3]), shape) < 1e-3


def test_a_drawing_arrives_with_the_numbers_in_its_parcels(
    settings: Settings, database: Logins, tmp_path: Path
) -> None:
    asked = request(
        write_drawing(tmp_path / "to_12.dxf"),
        crs="EPSG:9210",
        where="Layer = '10'",
        columns={"parcel_no": "text_13"},
        constants={"unit_code": "28249", "sheet_no": "12"},
        ignore=("Layer", "text_2"),
    )
    assert deliver(settings, asked, database.owner).counts.added == 2
    with psycopg.connect(database.owner) as opened:
        held = opened.execute("SELECT parcel_no, ST_Area(geom) FROM layer.parcels ORDER BY 1").fetchall()
    assert held == [("101", pytest.approx(180)), ("102", pytest.approx(180))]
