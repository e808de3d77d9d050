"""Files in the old encodings from end to end: what stands in the layer, and what the steward is told."""

from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely
from pyogrio.raw import write

from etl.delivery.deliver import deliver
from etl.delivery.recognise.charsets import CP1258, TCVN3, VISCII, VNI, Charset
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.compared import LATER
from tests.support.delivered import Sample, parcels, request, write_csv, write_sample
from tests.support.encoded import STREETS, encoded

Owner = psycopg.Connection[tuple[object, ...]]
ADDRESSES = [*STREETS, "12 Le Loi", "", "lô 5"]


def _sample(charset: Charset | None = None) -> Sample:
    """Parcels at these addresses; bytes of an encoding stand as the letters of Latin-1 that they are."""
    texts = [a if charset is None else encoded(a, charset).decode("latin-1") for a in ADDRESSES]
    return parcels(len(ADDRESSES)).with_column("address", texts)


def _shapefile(folder: Path, charset: Charset, declared: str | None) -> Path:
    """A DBF of those bytes, with the .cpg that a program wrote beside it, or none."""
    path, sample = folder / "thua.shp", _sample(charset)
    write(
        str(path),
        np.array([shapely.to_wkb(shape) for shape in sample.shapes], dtype=object),
        [np.array(values, dtype=object) for values in sample.columns.values()],
        list(sample.columns),
        driver="ESRI Shapefile",
        geometry_type="Polygon",
        crs="EPSG:9210",
        encoding="ISO-8859-1",
    )
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if declared is not None:
        path.with_suffix(".cpg").write_text(declared, encoding="ascii")
    return path


def _stored(owner: Owner) -> list[object]:
    rows = owner.execute("SELECT coalesce(address, '') FROM layer.parcels ORDER BY parcel_no::int").fetchall()
    return [address for (address,) in rows]


def _summary(owner: Owner, delivery: int | None) -> Any:
    row = owner.execute(
        "SELECT summary->'encodings' FROM core.delivery WHERE id = %s", (delivery,)
    ).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize("declared", [None, "ISO-8859-1", "UTF-8"])
@pytest.mark.parametrize("charset", [TCVN3, VNI], ids=lambda c: c.name)
def test_a_shapefile_of_old_fonts_is_converted_whatever_is_declared(
    settings: Settings, database: Logins, owner: Owner, tmp_path: Path, charset: Charset, declared: str | None
) -> None:
    result = deliver(settings, request(_shapefile(tmp_path, charset, declared)), database.owner)
    assert _stored(owner) == ADDRESSES
    told = {finding.code: finding for finding in result.findings}
    assert told["text_converted"].count == len(ADDRESSES) - 2
    (entry,) = _summary(owner, result.id)
    assert (entry["column"], entry["encoding"]) == ("address", charset.name)
    assert entry["examples"][0]["after"] == ADDRESSES[0]


@pytest.mark.parametrize("charset", [TCVN3, VNI, VISCII, CP1258], ids=lambda c: c.name)
def test_a_table_of_each_encoding_gives_the_same_rows_as_one_in_unicode(
    settings: Settings, database: Logins, owner: Owner, tmp_path: Path, charset: Charset
) -> None:
    deliver(settings, request(write_sample(tmp_path / "first.gpkg", _sample())), database.owner)
    again = write_csv(tmp_path / "again.csv", _sample(charset), "latin-1")
    result = deliver(settings, request(again, day=LATER, crs="EPSG:9210"), database.owner)
    assert result.counts.unchanged == len(ADDRESSES)
    assert result.counts.touched == 0
    assert _stored(owner) == ADDRESSES


def test_old_fonts_saved_as_unicode_in_a_geopackage_are_converted_too(
    settings: Settings, database: Logins, owner: Owner, tmp_path: Path
) -> None:
    result = deliver(settings, request(write_sample(tmp_path / "a.gpkg", _sample(TCVN3))), database.owner)
    assert _stored(owner) == ADDRESSES
    assert {"text_converted"} <= {finding.code for finding in result.findings}


def test_a_named_encoding_reads_what_would_be_too_little_to_be_sure(
    settings: Settings, database: Logins, owner: Owner, tmp_path: Path
) -> None:
    text = encoded("Lê Lợi", VNI).decode("latin-1")
    file = write_csv(tmp_path / "a.csv", parcels(2).with_column("address", text), "latin-1")
    deliver(settings, request(file, crs="EPSG:9210", encoding="vni"), database.owner)
    assert _stored(owner) == ["Lê Lợi"] * 2


def test_plain_unicode_says_nothing(
    settings: Settings, database: Logins, owner: Owner, tmp_path: Path
) -> None:
    result = deliver(settings, request(write_sample(tmp_path / "a.gpkg", _sample())), database.owner)
    assert _stored(owner) == ADDRESSES
    assert not {"text_converted", "mixed_encodings"} & {finding.code for finding in result.findings}
    assert _summary(owner, result.id) == []
