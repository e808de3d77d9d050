"""The file formats rows can be had in."""

from dataclasses import dataclass

from gis_platform.layer.text import Text


@dataclass(frozen=True, slots=True)
class Form:
    """One format.

    Attributes:
        key: what ``f=`` calls it.
        media_type: what ``Accept`` and ``Content-Type`` call it.
        suffix: the end of a file's name, with its dot.
        driver: GDAL's name of it; None where this room writes it itself.
    """

    key: str
    title: Text
    media_type: str
    suffix: str
    driver: str | None = None


GEOJSON = Form("geojson", Text("GeoJSON", "GeoJSON"), "application/geo+json", ".geojson")
GEOJSONSEQ = Form(
    "geojsonseq",
    Text("GeoJSON từng dòng", "GeoJSON text sequence"),
    "application/geo+json-seq",
    ".geojsons",
)
FLATGEOBUF = Form(
    "fgb", Text("FlatGeobuf", "FlatGeobuf"), "application/flatgeobuf", ".fgb", driver="FlatGeobuf"
)
GEOPACKAGE = Form(
    "gpkg", Text("GeoPackage", "GeoPackage"), "application/geopackage+sqlite3", ".gpkg", driver="GPKG"
)
CSV = Form("csv", Text("Bảng CSV", "CSV table"), "text/csv", ".csv")
SHAPEFILE = Form(
    "shp", Text("Shapefile (nén zip)", "Zipped Shapefile"), "application/zip", ".zip", driver="ESRI Shapefile"
)

FORMS = {form.key: form for form in (GEOJSON, GEOJSONSEQ, FLATGEOBUF, GEOPACKAGE, CSV, SHAPEFILE)}
