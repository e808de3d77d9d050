"""A file that is refused as a whole: its form, its grid, its layers, its columns; nothing is stored."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from tests.support.delivered import (
    Make,
    Refused,
    Sample,
    as_geojson,
    as_gpkg,
    parcels,
    write_sample,
)

PARIS = shapely.box(2.30, 48.80, 2.31, 48.81)


def _numbers_twice() -> Sample:
    return parcels().without("parcel_no").with_column("so_thua", "1").with_column("sothua", "1")


def _swapped(sample: Sample) -> Sample:
    shapes = [shapely.transform(s, lambda xy: xy[:, ::-1]) for s in sample.shapes if s is not None]
    return Sample(sample.columns, list(shapes), sample.srid)


def _two_layers(folder: Path) -> Path:
    write_sample(folder / "delivered.gpkg", parcels(), layer="thua_2018")
    return write_sample(folder / "delivered.gpkg", parcels(), layer="thua_2020", append=True)


def _zero_bytes(folder: Path) -> Path:
    path = folder / "delivered.gpkg"
    path.touch()
    return path


def _cut_short(folder: Path) -> Path:
    path = write_sample(folder / "delivered.fgb", parcels(400))
    path.write_bytes(path.read_bytes()[:-4_000])
    return path


def _half_of_it(folder: Path) -> Path:
    path = write_sample(folder / "delivered.gpkg", parcels(4_000))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def _bytes(name: str, held: bytes) -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(held)
        return path

    return make


def _without_dbf(folder: Path) -> Path:
    path = write_sample(folder / "delivered.shp", parcels())
    path.with_suffix(".dbf").unlink()
    return path


CASES: list[tuple[str, Make, dict[str, Any], str, str]] = [
    ("no grid", as_gpkg(lambda: parcels().said_to_be(None)), {}, "no_crs", r"does not say its grid.*--crs"),
    (
        "another grid said than given",
        as_gpkg(parcels),
        {"crs": "EPSG:5897"},
        "crs_differs",
        r"file says EPSG:9210 and --crs says EPSG:5897.*--override-crs",
    ),
    (
        "read in the neighbour's meridian",
        as_gpkg(lambda: parcels().said_to_be(5897)),
        {},
        "other_crs",
        r"row 1 \(fid 1\) to row 6 \(fid 6\):.*EPSG:5897, but look like .*EPSG:9210.*"
        r"`--crs EPSG:9210 --override-crs`",
    ),
    (
        "grid coordinates in GeoJSON",
        as_geojson(parcels),
        {},
        "other_crs",
        r"row 1 \(fid 0\) to row 6 \(fid 5\):.*look like .*EPSG:9210",
    ),
    (
        "swapped axes in the grid",
        as_gpkg(lambda: _swapped(parcels())),
        {},
        "swapped_axes",
        r"row 1 \(fid 1\) to row 6 \(fid 6\): The axes are swapped.*northing",
    ),
    (
        "swapped axes in degrees",
        as_geojson(lambda: _swapped(parcels().moved(4326))),
        {},
        "swapped_axes",
        r"row 1 \(fid 0\) to row 6 \(fid 5\): The axes are swapped.*latitude",
    ),
    (
        "one row outside the city",
        as_geojson(lambda: parcels().moved(4326).with_shape(4, PARIS)),
        {},
        "outside_city",
        r"row 4 \(fid 3\):.*lie outside the city",
    ),
    ("no rows", as_gpkg(lambda: parcels().rows()), {}, "empty_file", r"is empty: it has no rows"),
    ("no row chosen", as_gpkg(parcels), {"where": "sheet_no = '99'"}, "empty_file", r"no row fulfils.*99"),
    ("no bytes", _zero_bytes, {}, "empty_file", r"0 bytes"),
    ("cut short", _cut_short, {}, "unreadable", r"cannot be read as FlatGeobuf"),
    ("a GeoPackage cut short", _half_of_it, {}, "unreadable", r"(cannot be read|can be read: it is damaged)"),
    (
        "text named as a GeoPackage",
        _bytes("delivered.gpkg", "Thửa đất số 12".encode()),
        {},
        "unreadable",
        r"^delivered.gpkg: it is not a GeoPackage \(it begins like text\)\. Save it .*Nothing was stored\.$",
    ),
    (
        "a PDF named as a GeoPackage",
        _bytes("delivered.gpkg", b"%PDF-1.7\n%\xe2\xe3"),
        {},
        "unreadable",
        r"^delivered.gpkg: it is not a GeoPackage \(it begins like a PDF\)\. Save it .*Nothing was stored\.$",
    ),
    (
        "random bytes named as a GeoPackage",
        _bytes("delivered.gpkg", b"\x01\x02\xff\x00random"),
        {},
        "unreadable",
        r"is not a GeoPackage \(it begins with the bytes 01 02 ff 00 72 61 6e 64\)\. Save",
    ),
    (
        "a web page named as GeoJSON",
        _bytes("delivered.geojson", b"\xef\xbb\xbf <html></html>"),
        {},
        "unreadable",
        r"is not a GeoJSON \(it begins like a web page or XML\)\. Save",
    ),
    (
        "a GeoPackage of nothing but its beginning",
        _bytes("delivered.gpkg", b"SQLite format 3\0" + b"\x07" * 600),
        {},
        "unreadable",
        r"^delivered.gpkg: it cannot be read as GeoPackage: it is damaged( \([^.]*\))?\. Nothing",
    ),
    (
        "unknown column",
        as_gpkg(lambda: parcels().with_column("so_thuaa", "1")),
        {},
        "unknown_column",
        r"column 'so_thuaa' is not known. Is it parcel_no\?.*--map parcel_no=so_thuaa.*--ignore so_thuaa",
    ),
    (
        "missing column",
        as_gpkg(lambda: parcels().without("sheet_no")),
        {},
        "missing_column",
        r"no column holds sheet_no \(Sheet number\).*--map sheet_no=COLUMN.*--set sheet_no=VALUE",
    ),
    (
        "two columns for one property",
        as_gpkg(_numbers_twice),
        {},
        "unclear_column",
        r"columns so_thua and sothua could both be parcel_no",
    ),
    (
        "mapped column not there",
        as_gpkg(parcels),
        {"columns": {"address": "dia_chi_thua"}},
        "missing_column",
        r"no column 'dia_chi_thua' for address",
    ),
    ("several layers", _two_layers, {}, "several_layers", r"thua_2018, thua_2020.*--file-layer"),
    ("unknown layer", _two_layers, {"file_layer": "x"}, "unknown_layer", r"no layer 'x'; it has thua_2018"),
    ("a Shapefile without its table", _without_dbf, {}, "part_missing", r"delivered\.dbf is missing"),
]


@pytest.mark.parametrize(("make", "more", "code", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_bad_file_is_refused_by_name(
    tmp_path: Path, refused: Refused, make: Make, more: dict[str, Any], code: str, words: str
) -> None:
    refused(make(tmp_path), code, words, **more)
