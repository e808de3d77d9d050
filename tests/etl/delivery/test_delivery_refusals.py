"""Every bad input: refused, with file, row and cause named, and nothing stored anywhere."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from etl.delivery.deliver import deliver
from etl.delivery.faults import MOST_TOLD
from gis_platform.database.server import Logins
from gis_platform.errors import DeliveryRefused
from gis_platform.settings import Settings
from tests.support.delivered import (
    EAST,
    NORTH,
    Sample,
    everything_in,
    parcels,
    request,
    write_csv,
    write_geojson,
    write_sample,
)

BOW_TIE = shapely.Polygon([(EAST, NORTH), (EAST + 9, NORTH + 9), (EAST + 9, NORTH), (EAST, NORTH + 9)])
with np.errstate(invalid="ignore"):
    NOT_A_NUMBER = shapely.from_wkt("POLYGON((567000 1145000, 567009 nan, 567009 1145009, 567000 1145000))")
LINE = shapely.LineString([(EAST, NORTH), (EAST + 9, NORTH + 9)])
PARIS = shapely.box(2.30, 48.80, 2.31, 48.81)

# "Đường" as CP1258 spells it: the tone is a character of its own.
DUONG = "Đươ\u0300ng"


def _swapped(sample: Sample) -> Sample:
    shapes = [shapely.transform(s, lambda xy: xy[:, ::-1]) for s in sample.shapes if s is not None]
    return Sample(sample.columns, list(shapes), sample.srid)


def _gpkg(make: Callable[[], Sample]) -> Callable[[Path], Path]:
    return lambda folder: write_sample(folder / "delivered.gpkg", make())


def _geojson(make: Callable[[], Sample]) -> Callable[[Path], Path]:
    return lambda folder: write_geojson(folder / "delivered.geojson", make())


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


def _not_what_it_says(folder: Path) -> Path:
    path = folder / "delivered.gpkg"
    path.write_text("Thửa đất số 12", encoding="utf-8")
    return path


def _dbf_bytes(text: bytes) -> Callable[[Path], Path]:
    """A Shapefile that declares no encoding, with these bytes as the address of its third row."""

    def make(folder: Path) -> Path:
        path = write_sample(folder / "delivered.shp", parcels().with_column("address", ["x" * 12] * 6))
        path.with_suffix(".cpg").unlink()
        dbf = path.with_suffix(".dbf")
        held = dbf.read_bytes()
        at = [m.start() for m in re.finditer(rb"x{12}", held)][2]
        dbf.write_bytes(held[:at] + text.ljust(12) + held[at + 12 :])
        return path

    return make


def _without_dbf(folder: Path) -> Path:
    path = write_sample(folder / "delivered.shp", parcels())
    path.with_suffix(".dbf").unlink()
    return path


def _table(folder: Path) -> Path:
    path = folder / "delivered.csv"
    path.write_text("unit_code,sheet_no,parcel_no\n28249,12,1\n", encoding="utf-8")
    return path


def _latin_csv(folder: Path) -> Path:
    sample = parcels().with_column("address", ["a", "b", DUONG, "d", "e", "f"])
    return write_csv(folder / "delivered.csv", sample, "cp1258")


CASES: list[tuple[str, Callable[[Path], Path], dict[str, Any], str, str]] = [
    ("no grid", _gpkg(lambda: parcels().said_to_be(None)), {}, "no_crs", r"does not say its grid.*--crs"),
    (
        "another grid said than given",
        _gpkg(lambda: parcels()),
        {"crs": "EPSG:5897"},
        "crs_differs",
        r"file says EPSG:9210 and --crs says EPSG:5897.*--override-crs",
    ),
    (
        "read in the neighbour's meridian",
        _gpkg(lambda: parcels().said_to_be(5897)),
        {},
        "other_crs",
        r"row 1 \(fid 1\) to row 6 \(fid 6\):.*EPSG:5897, but look like .*EPSG:9210",
    ),
    (
        "grid coordinates in GeoJSON",
        _geojson(lambda: parcels()),
        {},
        "other_crs",
        r"row 1 \(fid 0\) to row 6 \(fid 5\):.*look like .*EPSG:9210",
    ),
    (
        "swapped axes in the grid",
        _gpkg(lambda: _swapped(parcels())),
        {},
        "swapped_axes",
        r"row 1 \(fid 1\) to row 6 \(fid 6\): The axes are swapped.*northing",
    ),
    (
        "swapped axes in degrees",
        _geojson(lambda: _swapped(parcels().moved(4326))),
        {},
        "swapped_axes",
        r"row 1 \(fid 0\) to row 6 \(fid 5\): The axes are swapped.*latitude",
    ),
    (
        "one row outside the city",
        _geojson(lambda: parcels().moved(4326).with_shape(4, PARIS)),
        {},
        "outside_city",
        r"row 4 \(fid 3\):.*lie outside the city",
    ),
    ("no rows", _gpkg(lambda: parcels().rows()), {}, "empty_file", r"is empty: it has no rows"),
    ("no row chosen", _gpkg(parcels), {"where": "sheet_no = '99'"}, "empty_file", r"no row fulfils.*99"),
    ("no bytes", _zero_bytes, {}, "empty_file", r"0 bytes"),
    ("cut short", _cut_short, {}, "unreadable", r"cannot be read as FlatGeobuf"),
    ("a GeoPackage cut short", _half_of_it, {}, "unreadable", r"(cannot be read|can be read: it is damaged)"),
    ("not what it says", _not_what_it_says, {}, "unreadable", r"cannot be read as GPKG"),
    (
        "unknown column",
        _gpkg(lambda: parcels().with_column("so_thuaa", "1")),
        {},
        "unknown_column",
        r"column 'so_thuaa' is not known. Is it parcel_no\?.*--map parcel_no=so_thuaa.*--ignore so_thuaa",
    ),
    (
        "missing column",
        _gpkg(lambda: parcels().without("sheet_no")),
        {},
        "missing_column",
        r"no column holds sheet_no \(Sheet number\).*--map sheet_no=COLUMN.*--set sheet_no=VALUE",
    ),
    (
        "two columns for one property",
        _gpkg(lambda: parcels().with_column("so_thua", "1").with_column("sothua", "1").without("parcel_no")),
        {},
        "unclear_column",
        r"columns so_thua and sothua could both be parcel_no",
    ),
    (
        "mapped column not there",
        _gpkg(parcels),
        {"columns": {"address": "dia_chi_thua"}},
        "missing_column",
        r"no column 'dia_chi_thua' for address",
    ),
    ("several layers", _two_layers, {}, "several_layers", r"thua_2018, thua_2020.*--file-layer"),
    ("unknown layer", _two_layers, {"file_layer": "x"}, "unknown_layer", r"no layer 'x'; it has thua_2018"),
    (
        "broken geometry",
        _gpkg(lambda: parcels().with_shape(3, BOW_TIE)),
        {},
        "broken_geometry",
        r"row 3 \(fid 3\): the geometry is broken: Self-intersection\[567004.5 1145004.5\]",
    ),
    (
        "broken geometry in another grid is told in the file's own coordinates",
        _geojson(lambda: parcels().with_shape(3, BOW_TIE).moved(4326)),
        {},
        "broken_geometry",
        r"row 3 \(fid 2\): the geometry is broken: Self-intersection\[106\.36\d+ 10\.35\d+\]",
    ),
    (
        "NaN coordinate",
        _gpkg(lambda: parcels().with_shape(2, NOT_A_NUMBER)),
        {},
        "not_finite",
        r"row 2 \(fid 2\): a coordinate is not a number",
    ),
    (
        "no geometry",
        _gpkg(lambda: parcels().with_shape(5, None)),
        {},
        "missing_geometry",
        r"row 5 \(fid 5\): there is no geometry",
    ),
    (
        "empty geometry",
        _gpkg(lambda: parcels().with_shape(5, shapely.Polygon())),
        {},
        "empty_geometry",
        r"row 5 \(fid 5\): the geometry is empty",
    ),
    (
        "geometry of another type",
        _gpkg(lambda: parcels().with_shape(1, LINE)),
        {},
        "wrong_geometry_type",
        r"row 1 \(fid 1\): the geometry is a line, and the layer holds polygons",
    ),
    (
        "not a number",
        _gpkg(lambda: parcels().with_column("legal_area_m2", ["1", "1.234,5", "", "1e2", "2", "3"])),
        {},
        "wrong_value",
        r"row 2 \(fid 2\): column legal_area_m2: '1.234,5' is not a number",
    ),
    (
        "not one of the choices",
        _gpkg(lambda: parcels().with_column("tinh_trang", ["in_force", "x", *["Đang tranh chấp"] * 4])),
        {},
        "wrong_value",
        r"row 2 \(fid 2\): column tinh_trang: 'x' is not one of in_force, disputed, seized, mortgaged",
    ),
    (
        "not JSON",
        _gpkg(lambda: parcels().with_column("land_uses", ["[]", "ODT", *["[]"] * 4])),
        {},
        "wrong_value",
        r"row 2 \(fid 2\): column land_uses: 'ODT' is not JSON",
    ),
    (
        "JSON that PostgreSQL cannot hold",
        _gpkg(lambda: parcels(3).with_column("land_uses", ["[]", '["\\u0000"]', "[]"])),
        {},
        "database_rule",
        r"row 2: column land_uses: the database cannot hold it",
    ),
    ("a CSV without geometry", _table, {}, "no_geometry", r"in a column named WKT"),
    (
        "an empty key",
        _gpkg(lambda: parcels().with_column("sheet_no", ["1", "1", " ", "1", "1", "1"])),
        {},
        "missing_value",
        r"row 3 \(fid 3\): column sheet_no is empty, and sheet_no is needed",
    ),
    (
        "a rule of the database",
        _gpkg(lambda: parcels().with_column("legal_area_m2", [1.0, 2.0, -3.0, 4.0, 5.0, 6.0])),
        {},
        "database_rule",
        r"row 3 \(fid 3\): legal_area_m2 '-3' breaks the rule",
    ),
    (
        "an identifier with a letter it cannot have",
        _gpkg(lambda: parcels().with_column("ma_thua_dat", ["w3gdumj11fw2", "w3gdumj11fwi", *[None] * 4])),
        {},
        "database_rule",
        r"row 2 \(fid 2\): identifier 'w3gdumj11fwi' breaks the rule",
    ),
    (
        "an identifier twice",
        _gpkg(lambda: parcels(3).with_column("identifier", ["w3gdumj11fw2", None, "w3gdumj11fw2"])),
        {},
        "not_unique",
        r"row 3 \(fid 3\): identifier 'w3gdumj11fw2' stands in row 1 already",
    ),
    (
        "CP1258 bytes in a DBF",
        _dbf_bytes(DUONG.encode("cp1258")),
        {},
        "wrong_encoding",
        r"row 3 \(fid 2\): column address: the bytes .* are not utf-8.*--encoding",
    ),
    (
        "TCVN3 bytes in a DBF",
        _dbf_bytes(b"\xa7\xad\xeang L\xea L\xee"),
        {},
        "wrong_encoding",
        r"row 3 \(fid 2\): column address: the bytes .* are not utf-8",
    ),
    (
        "TCVN3 bytes taken for Latin-1",
        _dbf_bytes(b"\xa7\xad\xeang L\xea L\xee"),
        {"encoding": "latin-1"},
        "wrong_encoding",
        r"row 3 \(fid 2\): column address: '§\\xadêng Lê Lî' is of another encoding",
    ),
    (
        "bytes in a CSV that are not UTF-8",
        _latin_csv,
        {"crs": "EPSG:9210"},
        "wrong_encoding",
        r"row 3 \(fid 3\): column address: the bytes .* are not utf-8",
    ),
    (
        "UTF-8 taken for CP1252",
        _gpkg(lambda: parcels().with_column("address", ["a", "b", "c", "Ä‘Æ°á»ng", "e", "f"])),
        {},
        "wrong_encoding",
        r"row 4 \(fid 4\): column address: 'Ä‘Æ°á»ng' is of another encoding",
    ),
    (
        "replacement characters",
        _gpkg(lambda: parcels().with_column("address", ["a", "b", "\ufffd\ufffdng", "d", "e", "f"])),
        {},
        "wrong_encoding",
        r"row 3 \(fid 3\): column address: '��ng'",
    ),
    ("a Shapefile without its table", _without_dbf, {}, "part_missing", r"delivered\.dbf is missing"),
]


@pytest.mark.parametrize(("make", "more", "code", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_bad_input_is_refused_by_name_and_nothing_is_stored(
    tmp_path: Path,
    settings: Settings,
    delivered_once: Logins,
    make: Callable[[Path], Path],
    more: dict[str, Any],
    code: str,
    words: str,
) -> None:
    file = make(tmp_path)
    before = everything_in(delivered_once.owner)
    with pytest.raises(DeliveryRefused) as refused:
        deliver(settings, request(file, **more), delivered_once.owner)
    assert file.name in refused.value.detail
    assert "Nothing was stored" in refused.value.detail
    assert re.search(words, refused.value.detail, re.DOTALL), refused.value.detail
    assert code in {finding.code for finding in refused.value.extra["findings"]}
    assert everything_in(delivered_once.owner) == before


def test_twenty_faults_are_told_in_one_refusal_and_the_rest_is_counted(
    tmp_path: Path, settings: Settings, delivered_once: Logins
) -> None:
    sample = parcels(50).with_column("legal_area_m2", ["?"] * 50).with_shape(2, BOW_TIE)
    file = write_sample(tmp_path / "delivered.gpkg", sample)
    with pytest.raises(DeliveryRefused) as refused:
        deliver(settings, request(file), delivered_once.owner)
    lines = refused.value.detail.splitlines()
    assert lines[0] == "delivered.gpkg: 51 faults. Nothing was stored."
    assert len(lines) == MOST_TOLD + 2
    assert lines[-1] == "  ... and 31 more like these."
    counts = {finding.code: finding.count for finding in refused.value.extra["findings"]}
    assert counts == {"wrong_value": 50, "broken_geometry": 1}
