"""The same parcels in every form a sender may choose arrive the same."""

import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely

from etl.delivery.deliver import deliver
from etl.delivery.intake.archive import MOST_MEMBERS
from etl.delivery.receive import receive
from gis_platform.database.server import Logins
from gis_platform.errors import BadParameter, DeliveryRefused
from gis_platform.settings import Settings
from tests.support.delivered import (
    Sample,
    parcels,
    points,
    request,
    write_csv,
    write_geojson,
    write_sample,
)

Connection = psycopg.Connection[Any]
GRID_NAME = (
    'PROJCS["VN2000_TienGiang",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",'
    'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",105.75],PARAMETER["Scale_Factor",0.9999],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
SAMPLE = parcels(4).with_column("legal_area_m2", [180.5, 181.0, None, 182.25])


def _shapefile(folder: Path) -> Path:
    """Names as a DBF holds them, ten letters at most, and sheets and numbers as decimals."""
    numbers = SAMPLE.with_column("so_to", [12.0] * 4).with_column("so_thua", [1.0, 2.0, 3.0, 4.0])
    names = numbers.with_column("ma_xa", "28249").with_column("dtpl", SAMPLE.columns["legal_area_m2"])
    for name in ("sheet_no", "parcel_no", "unit_code", "legal_area_m2"):
        names = names.without(name)
    return write_sample(folder / "thua_dat.shp", names)


def _with_own_grid(folder: Path) -> Path:
    path = _shapefile(folder)
    path.with_suffix(".prj").write_text(GRID_NAME, encoding="ascii")
    return path


def _zipped(folder: Path) -> Path:
    shapefile = _shapefile(folder)
    path = folder / "giao_nop.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in folder.glob(f"{shapefile.stem}.*"):
            archive.write(part, f"Thửa đất/{part.name}")
    return path


FORMS: dict[str, tuple[Callable[[Path], Path], dict[str, Any]]] = {
    "GeoPackage": (lambda folder: write_sample(folder / "a.gpkg", SAMPLE), {}),
    "FlatGeobuf": (lambda folder: write_sample(folder / "a.fgb", SAMPLE), {}),
    "Shapefile": (_shapefile, {}),
    "Shapefile with a grid of its own name": (_with_own_grid, {}),
    "zipped Shapefile": (_zipped, {}),
    "GeoJSON in its own system": (lambda folder: write_geojson(folder / "a.geojson", SAMPLE.moved(4326)), {}),
    "GeoJSON in the grid": (lambda folder: write_geojson(folder / "a.json", SAMPLE), {"crs": "EPSG:9210"}),
    "UTM": (lambda folder: write_sample(folder / "a.gpkg", SAMPLE.moved(3405)), {}),
    "CSV": (lambda folder: write_csv(folder / "a.csv", _texts(SAMPLE)), {"crs": "9210"}),
    "declared wrong, known better": (
        lambda folder: write_sample(folder / "a.gpkg", SAMPLE.said_to_be(5897)),
        {"crs": "EPSG:9210", "override_crs": True},
    ),
}


def _texts(sample: Sample) -> Sample:
    areas = ["" if area is None else str(area) for area in sample.columns["legal_area_m2"]]
    return sample.with_column("legal_area_m2", areas)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_parcels(
    settings: Settings, database: Logins, owner: Connection, tmp_path: Path, form: str
) -> None:
    make, more = FORMS[form]
    assert deliver(settings, request(make(tmp_path), **more), database.owner).counts.added == 4
    held = owner.execute(
        "SELECT unit_code, sheet_no, parcel_no, address, legal_area_m2 FROM layer.parcels ORDER BY parcel_no"
    ).fetchall()
    areas = SAMPLE.columns["legal_area_m2"]
    assert held == [("28249", "12", str(n), f"{n} đường Lê Lợi", areas[n - 1]) for n in (1, 2, 3, 4)]
    shapes = owner.execute("SELECT ST_AsBinary(geom) FROM layer.parcels ORDER BY parcel_no").fetchall()
    for (wkb,), shape in zip(shapes, SAMPLE.shapes, strict=True):
        assert shapely.hausdorff_distance(shapely.from_wkb(wkb), shape) < 1e-3


def test_text_is_stored_composed_and_trimmed(
    settings: Settings, database: Logins, owner: Connection, tmp_path: Path
) -> None:
    address = "  12 đường Hùng Vương, phường Mỹ Tho "
    sample = parcels(2).with_column("address", unicodedata.normalize("NFD", address))
    deliver(settings, request(write_sample(tmp_path / "a.gpkg", sample)), database.owner)
    held = owner.execute("SELECT DISTINCT address FROM layer.parcels").fetchall()
    assert held == [("12 đường Hùng Vương, phường Mỹ Tho",)]
    composed = write_sample(tmp_path / "b.gpkg", parcels(2).with_column("address", address.strip()))
    assert deliver(settings, request(composed), database.owner).counts.unchanged == 2


def test_a_named_encoding_is_decoded_without_loss(
    settings: Settings, database: Logins, owner: Connection, tmp_path: Path
) -> None:
    # CP1258 has the tones as characters of their own.
    sample = parcels(1).with_column("address", ["Đươ\u0300ng Đi\u0323nh"])
    path = write_csv(tmp_path / "a.csv", sample, "cp1258")
    deliver(settings, request(path, crs="EPSG:9210", encoding="CP1258"), database.owner)
    assert owner.execute("SELECT address FROM layer.parcels").fetchall() == [("Đường Định",)]


def test_the_encoding_a_shapefile_declares_is_used(
    settings: Settings, database: Logins, owner: Connection, tmp_path: Path
) -> None:
    path = write_sample(tmp_path / "a.shp", parcels(1).with_column("address", ["QQ Kléber"]))
    dbf = path.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace("QQ Kléber".encode(), b"QQ Kl\xe9ber "))
    path.with_suffix(".cpg").write_text("ISO-8859-15", encoding="ascii")
    deliver(settings, request(path), database.owner)
    assert owner.execute("SELECT address FROM layer.parcels").fetchall() == [("QQ Kléber",)]


def test_a_point_in_a_multipoint_is_a_point(settings: Settings, database: Logins, tmp_path: Path) -> None:
    shapes = [shapely.from_wkt(f"MULTIPOINT({567_000 + i} 1145000)") for i in range(2)]
    path = write_sample(tmp_path / "a.gpkg", Sample(points(2).columns, [*shapes]))
    assert deliver(settings, request(path, "hotspots"), database.owner).counts.added == 2


def _archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return path


def test_archives_that_cannot_be_trusted_are_not_opened(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefused, match="climbs out of the archive"):
        receive(_archive(tmp_path / "a.zip", **{".._DOT_": b"", "..__a_DOT_gpkg": b"x"}))
    with pytest.raises(DeliveryRefused, match="bytes would become"):
        receive(_archive(tmp_path / "b.zip", a_DOT_gpkg=bytes(30_000_000)))
    many = {f"m{n}_DOT_txt": b"" for n in range(MOST_MEMBERS + 1)}
    with pytest.raises(DeliveryRefused, match="at most 1000 are taken"):
        receive(_archive(tmp_path / "c.zip", **many))
    link = zipfile.ZipInfo("a.gpkg")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(DeliveryRefused, match=r"a\.gpkg is a symbolic link"):
        receive(tmp_path / "d.zip")
    with pytest.raises(DeliveryRefused, match="must hold a file of a known form"):
        receive(_archive(tmp_path / "e.zip", a_DOT_pdf=b"x", b_DOT_zip=b"y"))
    with pytest.raises(DeliveryRefused, match=r"has no \.dbf file beside it"):
        receive(_archive(tmp_path / "f.zip", a_DOT_shp=b"\0\0\x27\x0a", a_DOT_shx=b"x"))
    with pytest.raises(
        DeliveryRefused, match=r"a\.gpkg in h\.zip: it is not a GeoPackage \(it begins like a PDF"
    ):
        receive(_archive(tmp_path / "h.zip", a_DOT_gpkg=b"%PDF"))
    (tmp_path / "g.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(DeliveryRefused, match="cannot be opened"):
        receive(tmp_path / "g.zip")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="There is no file"):
        receive(tmp_path / "nothing.gpkg")
    with pytest.raises(BadParameter, match="is a folder; give the file in it"):
        receive(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(DeliveryRefused, match=r"'\.pdf' are not read"):
        receive(tmp_path / "a.pdf")
