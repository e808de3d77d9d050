"""Files that are not what they say, hold what would lead elsewhere, or are no files at all."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.delivery.intake.keeping import deliveries_folder
from gis_platform.errors import BadParameter, DeliveryRefused
from tests.support.delivered import parcels, write_csv, write_sample
from tests.support.taken_in import refused, take_in

GIGABYTES = 10 * 2**30


def _sparse(path: Path, beginning: bytes = b"") -> Path:
    with path.open("wb") as opened:
        opened.write(beginning)
        opened.truncate(GIGABYTES)
    return path


def _sql(path: Path, *statements: str) -> Path:
    """A GeoPackage after somebody has been at it."""
    write_sample(path, parcels(4), layer="thua_dat")
    with sqlite3.connect(path) as opened:
        opened.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            opened.execute(statement)
    opened.close()
    return path


def _as_view(path: Path) -> Path:
    return _sql(
        path,
        "DROP TRIGGER IF EXISTS trigger_insert_feature_count_thua_dat",
        "ALTER TABLE thua_dat RENAME TO behind",
        "CREATE VIEW thua_dat AS WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) "
        "SELECT b.* FROM behind b, n",
    )


def _virtual(path: Path) -> Path:
    return _sql(
        path,
        "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', 'elsewhere', "
        "'elsewhere', 0, 'CREATE VIRTUAL TABLE elsewhere USING VirtualOGR(''/etc/passwd'')')",
    )


def _system_view(path: Path) -> Path:
    return _sql(
        path,
        "ALTER TABLE gpkg_contents RENAME TO behind",
        "CREATE VIEW gpkg_contents AS SELECT * FROM behind",
    )


def _text(name: str, held: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_text(held, encoding="utf-8")
        return path

    return make


def _bytes(path: Path, held: bytes) -> Path:
    path.write_bytes(held)
    return path


def _tab(held: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        for ending in (".dat", ".map", ".id"):
            (folder / f"bad{ending}").write_bytes(b"x")
        (folder / "bad.tab").write_text(f"!table\n!version 300\n{held}\n", encoding="ascii")
        return folder / "bad.tab"

    return make


def _open_in_a_program(folder: Path) -> Path:
    path = write_sample(folder / "bad.gpkg", parcels(4))
    (folder / "bad.gpkg-wal").write_bytes(b"the last changes")
    return path


def _without(folder: Path, ending: str) -> Path:
    path = write_sample(folder / "bad.shp", parcels(4))
    path.with_suffix(ending).unlink()
    return path


_ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
_GML = '<?xml version="1.0"?>\n{}<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml">{}</gml:FeatureCollection>'

CASES: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "no table": (lambda folder: _without(folder, ".dbf"), "part_missing", r"bad\.dbf is missing beside it"),
    "no index": (lambda folder: _without(folder, ".shx"), "part_missing", r"bad\.shx is missing beside it"),
    "ten gigabytes of zeros": (
        lambda folder: _sparse(folder / "bad.gpkg"),
        "unreadable",
        "it is not a GeoPackage",
    ),
    "zeros after a good beginning": (
        lambda folder: _sparse(folder / "bad.gpkg", b"SQLite format 3\0"),
        "unreadable",
        "nearly all are holes",
    ),
    "zeros as CSV": (lambda folder: _sparse(folder / "bad.csv"), "unreadable", "it is not a CSV"),
    "zeros as zip": (lambda folder: _sparse(folder / "bad.zip"), "unreadable", "nearly all are holes"),
    "nothing": (_text("bad.gpkg", ""), "empty_file", "0 bytes"),
    "a virtual data set": (_text("bad.vrt", "<OGRVRTDataSource/>"), "unknown_form", r"'\.vrt' are not read"),
    "a virtual data set as GeoJSON": (
        _text("bad.json", "<OGRVRTDataSource/>"),
        "unreadable",
        "not a GeoJSON .it begins like a web page or XML",
    ),
    "a pipeline as GeoJSON": (
        _text("bad.json", '{"type": "gdal_streamed_alg", "command_line": "gdal vector read /etc/passwd"}'),
        "unreadable",
        "cannot be read as GeoJSON",
    ),
    "a service as GeoJSON": (
        _text("bad.json", '{"links": [{"rel": "data", "href": "http://127.0.0.1:9/"}]}'),
        "unreadable",
        "cannot be read as GeoJSON",
    ),
    "a workbook as CSV": (
        _text("bad.csv", "PK\3\4\x14\0\6\0\x08\0"),
        "unreadable",
        "not a CSV .it begins like a zip archive or an Office document",
    ),
    "a workbook": (_text("bad.xlsx", "PK"), "unknown_form", r"'\.xlsx' are not read"),
    "a view for a table": (
        lambda folder: _as_view(folder / "bad.gpkg"),
        "unsafe_file",
        "layer thua_dat is a view",
    ),
    "a view for a system table": (
        lambda folder: _system_view(folder / "bad.gpkg"),
        "unsafe_file",
        "system table gpkg_contents is a view",
    ),
    "a table that lies elsewhere": (
        lambda folder: _virtual(folder / "bad.gpkg"),
        "unsafe_file",
        r"table elsewhere is a virtual one \(VirtualOGR\)",
    ),
    "changes not yet in the file": (_open_in_a_program, "not_saved", r"bad\.gpkg-wal lies beside it"),
    "a table of tables": (
        _tab('Definition Table\n  Type NATIVE Charset "Neutral"\nbegin_metadata\n"\\IsSeamless" = "TRUE"'),
        "unsafe_file",
        "points to other files",
    ),
    "a table that is a view": (
        _tab('create view bad as\nopen table "/etc/x"'),
        "unsafe_file",
        "points to other files",
    ),
    "a table of a database": (_tab("Definition Table\n  Type LINKED"), "unsafe_file", "other files .LINKED"),
    "entities that grow": (
        _text("bad.gml", _GML.format(f'<!DOCTYPE x [<!ENTITY a0 "ha">{_ENTITIES}]>', "&a8;")),
        "unsafe_file",
        "DOCTYPE",
    ),
    "an entity that is another file": (
        _text("bad.gml", _GML.format('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;")),
        "unsafe_file",
        "DOCTYPE",
    ),
    "a web page as GML": (_text("bad.gml", "<!DOCTYPE html><html></html>"), "unreadable", "not a GML"),
    "no XML as GML": (_text("bad.gml", "< >"), "unreadable", "not a GML"),
    "a table in UTF-16": (
        lambda folder: _bytes(folder / "bad.csv", "mã,WKT".encode("utf-16")),
        "unreadable",
        "text in UTF-16; save it as UTF-8",
    ),
    "a drawing of another program": (_text("bad.dxf", "AC1027"), "unreadable", "begins like an AutoCAD DWG"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, case: str) -> None:
    make, code, words = CASES[case]
    refused(make(tmp_path), tmp_path / "data", code, words)


def test_a_csv_that_looks_like_a_virtual_data_set_is_a_csv(tmp_path: Path) -> None:
    other = write_sample(tmp_path / "other.gpkg", parcels(4))
    inside = f"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{other}</SrcDataSource></OGRVRTLayer>"
    path = write_csv(tmp_path / "a.csv", parcels(1).with_column("address", inside + "</OGRVRTDataSource>"))
    taken = take_in(path, tmp_path / "data")
    assert taken.source.file.driver == "CSV"
    assert len(taken.shapes) == 1


def test_a_trigger_does_not_fire(tmp_path: Path) -> None:
    path = _sql(
        tmp_path / "a.gpkg",
        "CREATE TRIGGER boom AFTER INSERT ON thua_dat BEGIN DELETE FROM thua_dat; END",
    )
    before = path.read_bytes()
    assert len(take_in(path, tmp_path / "data").shapes) == 4
    assert path.read_bytes() == before


def _fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _linked(path: Path) -> Path:
    write_sample(path.with_name("real.gpkg"), parcels(4))
    path.symlink_to("real.gpkg")
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path, "There is no file"),
        (lambda path: path.mkdir() or path, "is a folder"),
        (lambda path: path.with_name("a\0.gpkg"), "There is no file"),
    ],
)
def test_what_is_no_file_is_said(tmp_path: Path, make: Callable[[Path], Path], words: str) -> None:
    with pytest.raises(BadParameter, match=words):
        take_in(make(tmp_path / "bad.gpkg"), tmp_path / "data")
    assert not deliveries_folder(tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_fifo, "is a pipe or a device"),
        (lambda path: path.parents[len(path.parents) - 1] / "dev" / "zero", "is a pipe or a device"),
        (_linked, "is a symbolic link"),
    ],
)
def test_what_is_no_plain_file_is_refused(tmp_path: Path, make: Callable[[Path], Path], words: str) -> None:
    refused(make(tmp_path / "bad.gpkg"), tmp_path / "data", "unsafe_file", words)


def test_a_part_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    path = write_sample(tmp_path / "bad.shp", parcels(4))
    shutil.move(path.with_suffix(".dbf"), tmp_path / "other.dbf")
    path.with_suffix(".dbf").symlink_to("other.dbf")
    with pytest.raises(DeliveryRefused, match=r"^bad\.dbf: it is a symbolic link"):
        take_in(path, tmp_path / "data")
