"""The report of the faults: as a GeoPackage that QGIS draws, and as a CSV that Excel opens."""

import csv
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import psycopg
import pyogrio
import pytest
from shapely import Polygon, box
from shapely.affinity import translate

from etl.delivery.checking import write_report
from gis_platform.errors import BadParameter
from tests.support.checked import Check, Checked
from tests.support.delivered import EAST, NORTH, Sample, parcels

SPIKE = Polygon([(30, 0), (40, 0), (40, 10), (60, 10.02), (40, 10.04), (40, 20), (30, 20)])


@pytest.fixture
def found(check: Check) -> Checked:
    """An overlap, a spike and a number that looks like a formula."""
    shapes = [translate(each, EAST, NORTH) for each in (box(0, 0, 10, 20), box(9.5, 0, 20, 20), SPIKE)]
    sample = Sample({**parcels(3).columns}, [*shapes])
    return check(sample.with_column("parcel_no", ["=1+1", "=1+1", "3"]))


def test_the_geopackage_holds_each_kind_of_place_with_its_style(
    found: Checked, work: psycopg.Connection[Any], tmp_path: Path
) -> None:
    file = tmp_path / "report.gpkg"
    write_report(work, found.delivery, file)
    layers = {str(name): str(kind) for name, kind in pyogrio.list_layers(file) if kind is not None}
    assert layers == {"loi_vung": "MultiPolygon", "loi_diem": "Point"}
    meta, _, _, columns = pyogrio.raw.read(file, layer="loi_vung")
    assert meta["crs"] == "EPSG:9210"
    held = dict(zip(meta["fields"], columns, strict=True))
    assert sorted(held["ma_quy_tac"]) == ["duplicate_key", "duplicate_key", "overlap"]
    assert set(held["muc_do"]) == {"Cảnh báo"}
    assert "Chồng lấn với dòng 2" in "".join(held["noi_dung"])
    with sqlite3.connect(file) as opened:
        styles = dict(opened.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    opened.close()
    assert set(styles) == set(layers)
    for style in styles.values():
        root = ElementTree.fromstring(style)  # noqa: S314  # our own
        drawn = {category.get("value") for category in root.iter("category")}
        assert drawn == {"Lỗi", "Cảnh báo", "Lưu ý"}
        assert "Cách xử lý" in {alias.get("name") for alias in root.iter("alias")}


def test_the_csv_opens_in_excel(found: Checked, work: psycopg.Connection[Any], tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    write_report(work, found.delivery, file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == len(found.faults) == 4
    assert [row["Mức độ"] for row in rows] == ["Cảnh báo"] * 4
    north, east = float(rows[0]["X (Bắc)"]), float(rows[0]["Y (Đông)"])
    assert NORTH <= north <= NORTH + 20
    assert EAST <= east <= EAST + 10
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


def test_a_delivery_without_faults_has_an_empty_report(
    check: Check, work: psycopg.Connection[Any], tmp_path: Path
) -> None:
    clean = check(parcels(2))
    for name in ("report.gpkg", "report.csv"):
        write_report(work, clean.delivery, tmp_path / name)
        write_report(work, clean.delivery, tmp_path / name)
    assert pyogrio.read_info(tmp_path / "report.gpkg", layer="loi_khong_vi_tri")["features"] == 0
    assert len((tmp_path / "report.csv").read_text("utf-8").splitlines()) == 1


def test_another_ending_is_refused(found: Checked, work: psycopg.Connection[Any], tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="gpkg"):
        write_report(work, found.delivery, tmp_path / "report.pdf")
