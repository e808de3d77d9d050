"""Each format is read back and holds what the database does."""

import csv
import io
import json
import sqlite3
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pyogrio
import pytest
import shapely
from sqlalchemy import Date, DateTime

from etl.exporting.fields import fields_of
from etl.exporting.forms import CSV, FLATGEOBUF, GEOJSON, GEOJSONSEQ, GEOPACKAGE, SHAPEFILE, Form
from etl.exporting.shapefile import short_names
from gis_platform.access.roles import Role
from gis_platform.geometry.output_crs import CRS84, epsg_crs
from gis_platform.layer import Layer, installed_layers
from gis_platform.serving.selection import Selection
from tests.etl.exporting.conftest import Written, selection_of
from tests.support.layers import each_layer

Connection = psycopg.Connection[Any]
GDAL = (GEOPACKAGE, FLATGEOBUF, SHAPEFILE)

_TRUTH = """
    SELECT id, ST_AsBinary(ST_Transform(geom, {srid})), to_jsonb(t) FROM layer.{name} t ORDER BY id LIMIT 100
"""


def _truth(owner: Connection, selection: Selection) -> dict[int, tuple[Any, dict[str, Any]]]:
    text = _TRUTH.format(name=selection.layer.name, srid=selection.out.srid)
    rows = owner.execute(text.encode()).fetchall()
    return {row[0]: (shapely.from_wkb(row[1]), row[2]) for row in rows}


def _read(path: Path) -> tuple[dict[str, Any], dict[int, tuple[Any, dict[str, Any]]]]:
    """What GDAL finds in a file: description, and features by id."""
    source = f"/vsizip/{path}" if path.suffix == ".zip" else str(path)
    meta, ids, shapes, columns = pyogrio.raw.read(source, return_fids=True)
    names = list(meta["fields"])
    info = pyogrio.read_info(source)
    keys = columns[names.index("id")] if "id" in names else ids
    rows = {
        int(key): (shapely.from_wkb(shape), {n: c[i] for n, c in zip(names, columns, strict=True)})
        for i, (key, shape) in enumerate(zip(keys, shapes, strict=True))
    }
    return info, rows


def _same(layer: Layer, name: str, found: Any, wanted: Any) -> bool:
    """GDAL's arrays have no place for a missing number or truth value other than not-a-number."""
    kind = layer.column(name).type
    if wanted is None:
        return found is None or bool(np.isnan(found) if isinstance(found, float) else np.isnat(found))
    if isinstance(kind, Date):
        return bool(str(np.datetime64(found, "D")) == wanted)
    if isinstance(kind, DateTime):
        moment = np.datetime64(str(found).rstrip("Z"), "ms")
        utc = np.datetime64(str(_utc(wanted)), "ms")
        return bool(abs(moment - utc) < np.timedelta64(1000, "ms"))
    if isinstance(wanted, list | dict):
        return bool(json.loads(found) == wanted)
    return bool(found == wanted)


def _utc(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None).isoformat()


@pytest.mark.parametrize("form", GDAL, ids=lambda form: form.key)
@each_layer()
def test_gdal_reads_back_every_row(written: Written, owner: Connection, layer: Layer, form: Form) -> None:
    role = max(layer.audience, key=lambda role: len(layer.properties_for(role)))
    selection = selection_of(layer.name, role)
    info, found = _read(written(selection, form))
    wanted = _truth(owner, selection)
    assert found.keys() == wanted.keys()
    assert info["crs"] == "EPSG:9210"
    names = {p.name: p.name for p in selection.shown}
    if form is SHAPEFILE:
        short = short_names(["id", *names])
        names = {name: short[name] for name in names}
    for key, (shape, row) in wanted.items():
        assert shapely.hausdorff_distance(found[key][0], shape) < 0.001
        for name, short_name in names.items():
            told = row[name]
            if form is SHAPEFILE and isinstance(told, str | list | dict):
                text = told if isinstance(told, str) else json.dumps(told)
                if len(text.encode()) > 254 or isinstance(layer.column(name).type, Date):
                    continue
                if told == "":
                    # A dBASE table has blanks for an empty text and for none alike.
                    assert found[key][1][short_name] is None, (key, name)
                    continue
            assert _same(layer, name, found[key][1][short_name], told), (key, name)


@pytest.mark.parametrize("srid", [4326, 3857, 9210, 5897, 3405])
def test_coordinates_are_postgis_own_in_every_system(written: Written, owner: Connection, srid: int) -> None:
    selection = selection_of("streets", out=epsg_crs(srid))
    info, found = _read(written(selection, GEOPACKAGE))
    assert info["crs"] == f"EPSG:{srid}"
    for key, (shape, _) in _truth(owner, selection).items():
        assert shapely.equals_exact(found[key][0], shape, tolerance=1e-9), key


def test_a_geopackage_says_what_it_is(written: Written) -> None:
    path = written(selection_of("streets"), GEOPACKAGE)
    told = pyogrio.read_info(path)["layer_metadata"]
    assert told["synthetic"] == "true"
    assert told["synthetic_rows"] == "100"
    assert told["source_date_oldest"]
    assert "DỮ LIỆU MINH HOẠ" in told["DESCRIPTION"]
    assert "minh hoạ" in told["IDENTIFIER"]
    assert told["crs"].endswith("/9210")


def test_titles_of_columns_are_kept(written: Written) -> None:
    with sqlite3.connect(written(selection_of("parcels"), GEOPACKAGE)) as opened:
        titles = dict(opened.execute("SELECT column_name, name FROM gpkg_data_columns").fetchall())
    assert titles["legal_area_m2"] == "Diện tích pháp lý"
    assert set(titles) == {p.name for p in selection_of("parcels").shown}


def test_a_flatgeobuf_says_that_it_is_made_up(written: Written) -> None:
    told = pyogrio.read_info(written(selection_of("streets"), FLATGEOBUF))["layer_metadata"]
    assert "minh hoạ" in told["TITLE"]
    assert "SYNTHETIC" in told["DESCRIPTION"]


def test_a_shapefile_tells_its_names_and_what_was_cut(written: Written) -> None:
    selection = selection_of("parcels")
    with zipfile.ZipFile(written(selection, SHAPEFILE)) as archive:
        told = archive.read("README.txt").decode("utf-8-sig")
        assert archive.read("parcels.cpg") == b"UTF-8"
        assert set(archive.namelist()) == {
            *(f"parcels.{end}" for end in ("shp", "shx", "dbf", "prj", "cpg")),
            "README.txt",
        }
    short = short_names(["id", *(field.name for field in fields_of(selection))])
    assert len(set(short.values())) == len(short)
    assert max(map(len, short.values())) == 10
    for name, letters in short.items():
        assert f"{letters:<10} | {name} |" in told
    assert "EPSG:9210" in told
    assert "DỮ LIỆU MINH HOẠ" in told
    assert "Diện tích pháp lý" in told


def test_geojson_is_as_the_database_has_it(written: Written, owner: Connection) -> None:
    selection = selection_of("parcels", out=CRS84)
    document = json.loads(written(selection, GEOJSON).read_bytes())
    wanted = _truth(owner, selection)
    assert document["synthetic"] is True
    assert "crs" not in document
    assert [feature["id"] for feature in document["features"]] == list(wanted)
    for feature in document["features"]:
        shape, row = wanted[feature["id"]]
        assert shapely.hausdorff_distance(shapely.geometry.shape(feature["geometry"]), shape) < 2e-8
        assert feature["properties"] == {p.name: row[p.name] for p in selection.shown}


def test_a_sequence_has_a_separator_before_each_feature(written: Written, owner: Connection) -> None:
    selection = selection_of("streets")
    content = written(selection, GEOJSONSEQ).read_bytes()
    texts = content.split(b"\x1e")
    assert texts[0] == b""
    features = [json.loads(text) for text in texts[1:]]
    assert all(text.endswith(b"}\n") and text.count(b"\n") == 1 for text in texts[1:])
    assert [feature["id"] for feature in features] == list(_truth(owner, selection))
    assert {feature["synthetic"] for feature in features} == {True}
    assert features[0]["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::9210"


def test_csv_is_a_table_that_excel_reads(written: Written, owner: Connection) -> None:
    selection = selection_of("parcels")
    content = written(selection, CSV).read_bytes()
    assert content.startswith("\ufeffid,".encode())
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    wanted = _truth(owner, selection)
    assert [int(row["id"]) for row in rows] == list(wanted)
    for row in rows:
        shape, truth = wanted[int(row["id"])]
        assert shapely.hausdorff_distance(shapely.from_wkt(row["_WKT_EPSG_9210"]), shape) < 0.001
        assert row["parcel_no"] == truth["parcel_no"]
        assert float(row["legal_area_m2"]) == truth["legal_area_m2"]
        assert json.loads(row["land_uses"]) == truth["land_uses"]
        assert row["synthetic"] == "true"


@pytest.mark.parametrize(
    "form", [GEOPACKAGE, FLATGEOBUF, SHAPEFILE, GEOJSON, GEOJSONSEQ, CSV], ids=lambda f: f.key
)
def test_hidden_columns_are_in_no_file(written: Written, form: Form) -> None:
    """What a role may not see is not there; who may see it finds it in the same place."""
    layer = installed_layers()["violations"]
    role = min(layer.audience - layer.property_named("plate").audience)
    assert "plate" in _names(written(selection_of("violations", Role.ENFORCEMENT), form), form)
    assert not {"plate", "reporter_phone"} & _names(written(selection_of("violations", role), form), form)


def _names(path: Path, form: Form) -> set[str]:
    if form is CSV:
        return set(path.read_text("utf-8-sig").splitlines()[0].split(","))
    if form in (GEOJSON, GEOJSONSEQ):
        text = path.read_text("utf-8")
        features = json.loads(text)["features"] if form is GEOJSON else [json.loads(text.split("\x1e")[1])]
        return set(features[0]["properties"])
    _, features = _read(path)
    return set(features[next(iter(features))][1])
