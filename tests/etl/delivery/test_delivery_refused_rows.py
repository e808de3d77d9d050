"""Rows that are refused: geometry, values and encoding, each by row and cause; nothing is stored."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from etl.delivery.faults import MOST_TOLD
from tests.support.delivered import (
    EAST,
    NORTH,
    Make,
    Refused,
    as_geojson,
    as_gpkg,
    parcels,
    write_csv,
    write_sample,
)

BOW_TIE = shapely.Polygon([(EAST, NORTH), (EAST + 9, NORTH + 9), (EAST + 9, NORTH), (EAST, NORTH + 9)])
with np.errstate(invalid="ignore"):
    NOT_A_NUMBER = shapely.from_wkt("POLYGON((567000 1145000, 567009 nan, 567009 1145009, 567000 1145000))")
LINE = shapely.LineString([(EAST, NORTH), (EAST + 9, NORTH + 9)])

# "Đường" as CP1258 spells it: the tone is a character of its own.
DUONG = "Đươ\u0300ng"
CP1258 = r"Read as CP1258 it says 'Đường': deliver it with --encoding cp1258\. Nothing"
TCVN3 = r"Read as TCVN3 \(ABC\) it says '(Đường Lờ Lợ|Văn Công)': deliver it with --encoding tcvn3\. Nothing"
VNI = r"Read as VNI it says '(Lê Lợi|Đường)': deliver it with --encoding vni\. Nothing"


def _dbf_bytes(text: bytes) -> Make:
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


def _table(folder: Path) -> Path:
    path = folder / "delivered.csv"
    path.write_text("unit_code,sheet_no,parcel_no\n28249,12,1\n", encoding="utf-8")
    return path


def _latin_csv(folder: Path) -> Path:
    sample = parcels().with_column("address", ["a", "b", DUONG, "d", "e", "f"])
    return write_csv(folder / "delivered.csv", sample, "cp1258")


CASES: list[tuple[str, Make, dict[str, Any], str, str]] = [
    (
        "broken geometry",
        as_gpkg(lambda: parcels().with_shape(3, BOW_TIE)),
        {},
        "broken_geometry",
        r"row 3 \(fid 3\): the geometry is broken: Self-intersection\[567004.5 1145004.5\]",
    ),
    (
        "broken geometry in another grid is told in the file's own coordinates",
        as_geojson(lambda: parcels().with_shape(3, BOW_TIE).moved(4326)),
        {},
        "broken_geometry",
        r"row 3 \(fid 2\): the geometry is broken: Self-intersection\[106\.36\d+ 10\.35\d+\]",
    ),
    (
        "NaN coordinate",
        as_gpkg(lambda: parcels().with_shape(2, NOT_A_NUMBER)),
        {},
        "not_finite",
        r"row 2 \(fid 2\): a coordinate is not a number",
    ),
    (
        "no geometry",
        as_gpkg(lambda: parcels().with_shape(5, None)),
        {},
        "missing_geometry",
        r"row 5 \(fid 5\): there is no geometry",
    ),
    (
        "empty geometry",
        as_gpkg(lambda: parcels().with_shape(5, shapely.Polygon())),
        {},
        "empty_geometry",
        r"row 5 \(fid 5\): the geometry is empty",
    ),
    (
        "geometry of another type",
        as_gpkg(lambda: parcels().with_shape(1, LINE)),
        {},
        "wrong_geometry_type",
        r"row 1 \(fid 1\): the geometry is a line, and the layer holds polygons",
    ),
    (
        "not a number",
        as_gpkg(lambda: parcels().with_column("legal_area_m2", ["1", "1.234,5", "", "1e2", "2", "3"])),
        {},
        "wrong_value",
        r"row 2 \(fid 2\): column legal_area_m2: '1.234,5' is not a number, .*point: 1234\.5\.",
    ),
    (
        "not one of the choices",
        as_gpkg(lambda: parcels().with_column("tinh_trang", ["in_force", "x", *["Đang tranh chấp"] * 4])),
        {},
        "wrong_value",
        r"row 2 \(fid 2\): column tinh_trang: 'x' is not one of in_force, disputed, seized, mortgaged",
    ),
    (
        "not JSON",
        as_gpkg(lambda: parcels().with_column("land_uses", ["[]", "vườn", *["[]"] * 4])),
        {},
        "wrong_value",
        r"row 2 \(fid 2\): column land_uses: 'vườn' is not JSON",
    ),
    (
        "JSON that PostgreSQL cannot hold",
        as_gpkg(
            lambda: parcels(3).with_column("land_uses", ["[]", '[{"code": "ODT", "note": "\\u0000"}]', "[]"])
        ),
        {},
        "database_rule",
        r"row 2: column land_uses: the database cannot hold it",
    ),
    ("a CSV without geometry", _table, {}, "no_geometry", r"in a column named WKT"),
    (
        "an empty key",
        as_gpkg(lambda: parcels().with_column("sheet_no", ["1", "1", " ", "1", "1", "1"])),
        {},
        "missing_value",
        r"row 3 \(fid 3\): column sheet_no is empty, and sheet_no is needed",
    ),
    (
        "a rule of the database",
        as_gpkg(lambda: parcels().with_column("legal_area_m2", [1.0, 2.0, -3.0, 4.0, 5.0, 6.0])),
        {},
        "database_rule",
        r"row 3 \(fid 3\): legal_area_m2 '-3' breaks the rule",
    ),
    (
        "an identifier with a letter it cannot have",
        as_gpkg(lambda: parcels(2).with_column("ma_thua_dat", ["w3gdumj11fw2", "w3gdumj11fwi"])),
        {},
        "database_rule",
        r"row 2 \(fid 2\): identifier 'w3gdumj11fwi' breaks the rule",
    ),
    (
        "an identifier twice",
        as_gpkg(lambda: parcels(3).with_column("identifier", ["w3gdumj11fw2", None, "w3gdumj11fw2"])),
        {},
        "not_unique",
        r"row 3 \(fid 3\): identifier 'w3gdumj11fw2' stands in row 1 already",
    ),
    (
        "CP1258 bytes in a DBF",
        _dbf_bytes(DUONG.encode("cp1258")),
        {},
        "wrong_encoding",
        r"row 3 \(fid 2\): column address: the bytes .* are not utf-8\. " + CP1258,
    ),
    (
        "TCVN3 bytes in a DBF",
        _dbf_bytes(b"\xa7\xad\xeang L\xea L\xee"),
        {},
        "wrong_encoding",
        r"row 3 \(fid 2\): column address: the bytes .* are not utf-8\. " + TCVN3,
    ),
    (
        "VNI bytes in a DBF",
        _dbf_bytes("Leâ Lôïi".encode("cp1252")),
        {},
        "wrong_encoding",
        r"row 3 \(fid 2\): column address: the bytes .* are not utf-8\. " + VNI,
    ),
    (
        "VNI saved as UTF-8",
        as_gpkg(lambda: parcels().with_column("address", ["a", "b", "Ñöôøng", "Loïc", "août", "f"])),
        {},
        "wrong_encoding",
        r"^delivered.gpkg: row 3 \(fid 3\): column address: 'Ñöôøng' is of another .* than utf-8\. " + VNI,
    ),
    (
        "TCVN3 saved as UTF-8",
        as_gpkg(lambda: parcels().with_column("address", ["a", "b", "V¨n C«ng", "d", "e", "f"])),
        {},
        "wrong_encoding",
        r"row 3 \(fid 3\): column address: 'V¨n C«ng' is of another encoding than utf-8\. " + TCVN3,
    ),
    (
        "TCVN3 bytes taken for CP1258",
        _dbf_bytes(b"\xa7\xad\xeang L\xea L\xee"),
        {"encoding": "cp1258"},
        "wrong_encoding",
        r"row 3 \(fid 2\): column address: .* is of another encoding than cp1258\. " + TCVN3,
    ),
    (
        "TCVN3 bytes taken for Latin-1",
        _dbf_bytes(b"\xa7\xad\xeang L\xea L\xee"),
        {"encoding": "latin-1"},
        "wrong_encoding",
        r"row 3 \(fid 2\): column address: '§\\xadêng Lê Lî' is of another encoding than iso8859-1\. "
        + TCVN3,
    ),
    (
        "bytes in a CSV that are not UTF-8",
        _latin_csv,
        {"crs": "EPSG:9210"},
        "wrong_encoding",
        r"row 3 \(fid 3\): column address: the bytes .* are not utf-8\. " + CP1258,
    ),
    (
        "UTF-8 taken for CP1252",
        as_gpkg(lambda: parcels().with_column("address", ["a", "b", "c", "Ä‘Æ°á»ng", "e", "f"])),
        {},
        "wrong_encoding",
        r"row 4 \(fid 4\): column address: 'Ä‘Æ°á»ng' is of another encoding",
    ),
    (
        "replacement characters",
        as_gpkg(lambda: parcels().with_column("address", ["a", "b", "\ufffd\ufffdng", "d", "e", "f"])),
        {},
        "wrong_encoding",
        r"row 3 \(fid 3\): column address: '��ng'",
    ),
]


@pytest.mark.parametrize(("make", "more", "code", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_bad_row_is_refused_by_its_number(
    tmp_path: Path, refused: Refused, make: Make, more: dict[str, Any], code: str, words: str
) -> None:
    refused(make(tmp_path), code, words, **more)


def test_twenty_faults_are_told_in_one_refusal_and_the_rest_is_counted(
    tmp_path: Path, refused: Refused
) -> None:
    sample = parcels(50).with_column("legal_area_m2", ["?"] * 50).with_shape(2, BOW_TIE)
    refusal = refused(write_sample(tmp_path / "delivered.gpkg", sample), "wrong_value", "51 faults")
    lines = refusal.detail.splitlines()
    assert lines[0] == "delivered.gpkg: 51 faults. Nothing was stored."
    assert len(lines) == MOST_TOLD + 2
    assert lines[-1] == "  ... and 31 more like these."
    counts = {finding.code: finding.count for finding in refusal.extra["findings"]}
    assert counts == {"wrong_value": 50, "broken_geometry": 1}
