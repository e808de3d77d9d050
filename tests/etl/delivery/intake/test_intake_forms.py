"""The same few parcels in every form that can be written here are read alike."""

import zipfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from gis_platform.errors import BadParameter, DeliveryRefused
from tests.support.delivered import GRID, Sample, parcels, write_csv, write_sample
from tests.support.forms import SAMPLE, by_gdal, edges, write_drawing, write_parquet
from tests.support.taken_in import refused, take_in

FORMS: dict[str, Callable[[Path], Path]] = {
    "GeoPackage": lambda folder: by_gdal(folder / "a.gpkg", "GPKG"),
    "FlatGeobuf": lambda folder: by_gdal(folder / "a.fgb", "FlatGeobuf"),
    "GeoJSON": lambda folder: by_gdal(folder / "a.geojson", "GeoJSON"),
    "Shapefile": lambda folder: by_gdal(folder / "a.shp", "ESRI Shapefile"),
    "MapInfo table": lambda folder: by_gdal(folder / "a.tab", "MapInfo File", BOUNDS="0,0,2000000,2000000"),
    "MapInfo interchange": lambda folder: by_gdal(folder / "a.mif", "MapInfo File"),
    "GML": lambda folder: by_gdal(folder / "a.gml", "GML"),
    "GML 3.2": lambda folder: by_gdal(folder / "a.xml", "GML", FORMAT="GML3.2"),
    "CSV": lambda folder: write_csv(folder / "a.csv", SAMPLE),
    "GeoParquet": lambda folder: write_parquet(folder / "a.parquet"),
    "GeoParquet by its long name": lambda folder: write_parquet(folder / "a.geoparquet"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_holds_the_same(tmp_path: Path, form: str) -> None:
    taken = take_in(FORMS[form](tmp_path), tmp_path / "data")
    order = np.argsort([str(number) for number in taken.columns["parcel_no"]])
    for name, values in SAMPLE.columns.items():
        assert [str(taken.columns[name][at]) for at in order] == values, name
    for at, wanted in zip(order, SAMPLE.shapes, strict=True):
        assert shapely.hausdorff_distance(taken.shapes[at], wanted) < 1e-3
    if not form.startswith(("MapInfo", "CSV")):
        assert taken.source.crs == f"EPSG:{GRID}"


def test_a_shapefile_of_capital_letters_is_whole(tmp_path: Path) -> None:
    path = by_gdal(tmp_path / "a.shp", "ESRI Shapefile")
    for part in list(tmp_path.glob("a.*")):
        part.rename(part.with_name(part.name.upper()))
    taken = take_in(path.with_name("A.SHP"), tmp_path / "data")
    assert len(taken.shapes) == 4
    assert taken.source.crs == f"EPSG:{GRID}"


@pytest.mark.parametrize(
    ("crs", "said"), [("none", "EPSG:4326"), (None, None), (4326, "EPSG:4326"), (9210, "EPSG:9210")]
)
def test_the_footer_of_geoparquet_says_the_grid(tmp_path: Path, crs: object, said: str | None) -> None:
    assert take_in(write_parquet(tmp_path / "a.parquet", crs=crs), tmp_path / "data").source.crs == said


def test_types_that_only_parquet_has_are_plain(tmp_path: Path) -> None:
    held = SAMPLE.with_column("area", [Decimal("180.50")] * 4)
    taken = take_in(write_parquet(tmp_path / "a.parquet", held), tmp_path / "data")
    assert taken.columns["area"] == [180.5] * 4


def test_parquet_that_is_no_geoparquet_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "a.parquet"
    pq.write_table(pa.table({"parcel_no": ["1"]}), plain)
    refused(plain, tmp_path / "data", "no_geometry", "a Parquet without geometry")
    curves = write_parquet(tmp_path / "b.parquet", encoding="polygon")
    refused(curves, tmp_path / "data", "unreadable", "written as 'polygon'. Write it as WKB")
    cut = write_parquet(tmp_path / "c.parquet")
    cut.write_bytes(cut.read_bytes()[:-40])
    refused(cut, tmp_path / "data", "unreadable", "cannot be read as GeoParquet")
    with pytest.raises(BadParameter, match="GeoParquet"):
        take_in(write_parquet(tmp_path / "d.parquet"), tmp_path / "data", where="parcel_no = '1'")


def test_closed_lines_of_a_drawing_are_areas(tmp_path: Path) -> None:
    path = write_drawing(tmp_path / "a.dxf")
    kinds = Counter(shape.geom_type for shape in take_in(path, tmp_path / "data").shapes)
    assert kinds == {"Polygon": 3, "LineString": 1, "Point": 5}
    lines = take_in(path, tmp_path / "data", areas=False, where="Layer IN ('10', '23')").shapes
    assert {shape.geom_type for shape in lines} == {"LineString"}
    chosen = take_in(path, tmp_path / "data", where="Layer = '10'")
    assert chosen.columns["Layer"] == ["10", "10"]
    for shape, wanted in zip(chosen.shapes, SAMPLE.shapes, strict=False):
        assert shapely.hausdorff_distance(shape, wanted) < 1e-3


def test_texts_in_an_area_are_its_columns(tmp_path: Path) -> None:
    taken = take_in(write_drawing(tmp_path / "a.dxf"), tmp_path / "data", where="Layer = '10'")
    assert taken.source.fields == ("Layer", "text_13", "text_2")
    assert taken.columns["text_13"] == ["101", "102"]
    # Two uses stand in the first parcel: which one is meant is not for a reader to say.
    assert taken.columns["text_2"] == [None, None]


def test_levels_of_a_dgn_are_chosen(tmp_path: Path) -> None:
    path = by_gdal(tmp_path / "a.dgn", "DGN", Sample({}, SAMPLE.shapes), edges())
    taken = take_in(path, tmp_path / "data", where="Level = 0")
    assert [shape.geom_type for shape in taken.shapes] == ["Polygon"] * 4
    for shape, wanted in zip(taken.shapes, SAMPLE.shapes, strict=True):
        assert shapely.hausdorff_distance(shape, wanted) < 1e-2
    assert take_in(path, tmp_path / "data", where="Level = 10").shapes == []


def test_a_dgn_of_v8_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.dgn"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    refused(path, tmp_path / "data", "unknown_form", "V8.*Save it in MicroStation as DGN V7.*or as DXF")


def _zipped(path: Path, *sheets: str, **more: Sample) -> Path:
    """One Shapefile a folder, all of one name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            folder = path.parent / sheet
            folder.mkdir()
            by_gdal(folder / "thua_dat.shp", "ESRI Shapefile", more.get(sheet, parcels(2, sheet=sheet)))
            for part in folder.iterdir():
                archive.write(part, f"Đạo Thạnh/{sheet}/{part.name}")
    return path


def test_folders_of_an_archive_are_layers(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.zip", "12", "13")
    refused(path, tmp_path / "data", "several_layers", r"Đạo Thạnh/12/thua_dat, Đạo Thạnh/13/thua_dat.*'\*'")
    one = take_in(path, tmp_path / "data", file_layer="Đạo Thạnh/13/thua_dat")
    assert one.columns["sheet_no"] == ["13", "13"]
    assert one.source.layer == "Đạo Thạnh/13/thua_dat"
    every = take_in(path, tmp_path / "data", file_layer="*")
    assert every.columns["sheet_no"] == ["12", "12", "13", "13"]
    assert every.source.features == len(every.shapes) == 4


def test_folders_of_other_columns_are_not_read_as_one(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.zip", "12", "13", **{"13": parcels(2).without("address")})
    with pytest.raises(DeliveryRefused, match="13/thua_dat has other columns"):
        take_in(path, tmp_path / "data", file_layer="*")


def test_notes_beside_a_shapefile_are_no_data(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.zip", "12")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Đạo Thạnh/12/thua_dat.shp.xml", "<metadata/>")
        archive.writestr("__MACOSX/Đạo Thạnh/12/._thua_dat.shp", b"\0\5")
        archive.writestr("ghi chú.docx", b"x")
    taken = take_in(path, tmp_path / "data")
    assert taken.source.layer == "thua_dat"
    assert len(taken.shapes) == 2


def test_several_layers_of_a_geopackage_are_read_one_after_another(tmp_path: Path) -> None:
    path = write_sample(tmp_path / "a.gpkg", parcels(2), layer="to_12")
    write_sample(path, parcels(3), layer="to_13", append=True)
    assert take_in(path, tmp_path / "data", file_layer="*").source.features == 5
