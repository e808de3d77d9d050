"""GDAL opens the file it is given: no other one, and nothing on the network."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyogrio
import pytest
from pyogrio.errors import DataSourceError

from etl.delivery.intake.gdal import closed_gdal
from gis_platform.errors import DeliveryRefused
from tests.support.delivered import parcels, write_csv, write_sample
from tests.support.taken_in import take_in

_GML = """<?xml version="1.0"?>
<c:FeatureCollection xmlns:c="http://c.example/" xmlns:gml="http://www.opengis.net/gml/3.2"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://c.example/ {there}/schema.xsd">
 <c:featureMember><c:thua gml:id="t1"><c:so_to>12</c:so_to><c:chu xlink:href="{there}/other.gml#x"/>
  <c:geom><gml:Polygon gml:id="p1" srsName="urn:ogc:def:crs:EPSG::9210"><gml:exterior><gml:LinearRing>
   <gml:posList>567000 1145000 567010 1145000 567010 1145018 567000 1145000</gml:posList>
  </gml:LinearRing></gml:exterior></gml:Polygon></c:geom></c:thua></c:featureMember>
</c:FeatureCollection>"""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked for."""
    paths: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def test_gml_fetches_neither_its_schema_nor_what_it_links_to(
    tmp_path: Path, asked: tuple[str, list[str]]
) -> None:
    address, paths = asked
    for there in (address, f"/vsicurl/{address}"):
        path = tmp_path / "a.gml"
        path.write_text(_GML.format(there=there), encoding="utf-8")
        taken = take_in(path, tmp_path / "data")
        assert taken.columns["so_to"] == [12]
        assert taken.source.crs == "EPSG:9210"
    assert paths == []
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["a.gml"]


def test_no_form_leads_to_the_network(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    inside = (
        f"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/vsicurl/{address}/x.fgb</SrcDataSource>"
    )
    take_in(write_csv(tmp_path / "a.csv", parcels(1).with_column("address", inside)), tmp_path / "data")
    for held in (
        f'{{"type": "gdal_streamed_alg", "command_line": "gdal vector read {address}/x.json"}}',
        f'{{"type": "FeatureCollection", "links": [{{"rel": "next", "href": "{address}/x"}}]}}',
        f'{{"stac_version": "1.0.0", "assets": {{"a": {{"href": "{address}/x.gpkg"}}}}}}',
    ):
        path = tmp_path / "a.json"
        path.write_text(held, encoding="utf-8")
        with pytest.raises(DeliveryRefused):
            take_in(path, tmp_path / "data")
    with closed_gdal(), pytest.raises(DataSourceError):
        pyogrio.read_info(f"/vsicurl/{address}/x.fgb")
    assert paths == []


def test_drivers_that_lead_elsewhere_are_gone(tmp_path: Path) -> None:
    other = write_sample(tmp_path / "other.gpkg", parcels(1))
    virtual = tmp_path / "a.vrt"
    layer = f"<OGRVRTLayer name='other'><SrcDataSource>{other}</SrcDataSource></OGRVRTLayer>"
    virtual.write_text(f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>", encoding="utf-8")
    with closed_gdal():
        left = set(pyogrio.list_drivers())
        with pytest.raises(DataSourceError):
            pyogrio.read_info(virtual)
    assert left.isdisjoint(
        {"OGR_VRT", "GDALG", "WFS", "OAPIF", "HTTP", "SQLite", "PDF", "ESRIJSON", "TopoJSON"}
    )
    assert {"GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf", "CSV", "DXF", "DGN", "GML"} <= left
