"""The forms a delivery may have: their endings, how they begin, which files belong together."""

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath

from etl.delivery.faults import refuse
from gis_platform.layer.text import Text

#: Bytes of the beginning of a file that tell its form.
ENOUGH = 512


@dataclass(frozen=True, slots=True)
class Kind:
    """One form. ``driver`` is GDAL's name (Parquet is read without GDAL), ``name`` what people call it.

    ``parts`` are the endings of the files it consists of, the one it is known by first, in the order in
    which they are fingerprinted; those in ``needed`` must be there.
    """

    driver: str
    name: str
    begins: re.Pattern[bytes]
    parts: tuple[str, ...]
    needed: tuple[str, ...] = ()


def _kind(driver: str, name: str, begins: bytes, *parts: str, needed: tuple[str, ...] = ()) -> Kind:
    return Kind(driver, name, re.compile(begins, re.IGNORECASE | re.DOTALL), parts, needed)


_GEOPACKAGE = _kind("GPKG", "GeoPackage", rb"SQLite format 3\0", ".gpkg")
_GEOJSON = _kind("GeoJSON", "GeoJSON", rb"\s*{", ".geojson")
_PARQUET = _kind("Parquet", "GeoParquet", b"PAR1", ".parquet")
_GML = _kind("GML", "GML", rb"\s*<(?!!DOCTYPE html|html)", ".gml")
_SHAPEFILE = _kind(
    *("ESRI Shapefile", "Shapefile", rb"\x00\x00\x27\x0a"),
    *(".shp", ".shx", ".dbf", ".prj", ".cpg"),
    needed=(".shx", ".dbf"),
)
_TAB = _kind(
    *("MapInfo File", "MapInfo table", rb"\s*!table"),
    *(".tab", ".dat", ".map", ".id", ".ind"),
    needed=(".dat", ".map", ".id"),
)
KINDS = {
    ".gpkg": _GEOPACKAGE,
    ".geojson": _GEOJSON,
    ".json": _GEOJSON,
    ".fgb": _kind("FlatGeobuf", "FlatGeobuf", b"fgb", ".fgb"),
    ".parquet": _PARQUET,
    ".geoparquet": _PARQUET,
    ".shp": _SHAPEFILE,
    ".tab": _TAB,
    ".mif": _kind(
        "MapInfo File", "MapInfo interchange file", rb"\s*version", ".mif", ".mid", needed=(".mid",)
    ),
    ".dxf": _kind("DXF", "DXF", rb"AutoCAD Binary DXF|\s*(999[^\n]*\n[^\n]*\n\s*)*0\s+SECTION", ".dxf"),
    ".dgn": _kind("DGN", "MicroStation DGN V7", rb"[\x08\xc8]\x09\xfe\x02", ".dgn"),
    ".csv": _kind("CSV", "CSV", rb"[^\0]*\Z", ".csv"),
    ".gml": _GML,
    ".xml": _GML,
}
ARCHIVE = ".zip"
_NAMES = {kind.driver: kind.name for kind in KINDS.values()} | {"MapInfo File": "MapInfo"}
_ARCHIVE_OR_OFFICE = Text("tệp nén ZIP hoặc tài liệu Office", "a zip archive or an Office document")
_TIFF = Text("ảnh TIFF", "a TIFF picture")
_UTF16 = Text("văn bản mã hoá UTF-16; hãy lưu lại bằng UTF-8", "text in UTF-16; save it as UTF-8")
_BEGINNINGS = {
    b"%PDF": Text("tệp PDF", "a PDF"),
    b"PK\x03\x04": _ARCHIVE_OR_OFFICE,
    b"Rar!": Text("tệp nén RAR", "a RAR archive"),
    b"7z\xbc\xaf": Text("tệp nén 7z", "a 7z archive"),
    b"\x1f\x8b": Text("tệp nén gzip", "a gzip archive"),
    b"\xd0\xcf\x11\xe0": Text("tài liệu Office đời cũ", "an old Office document"),
    b"\x89PNG": Text("ảnh PNG", "a PNG picture"),
    b"\xff\xd8\xff": Text("ảnh JPEG", "a JPEG picture"),
    b"II*\0": _TIFF,
    b"MM\0*": _TIFF,
    b"AC10": Text("bản vẽ DWG của AutoCAD", "an AutoCAD DWG"),
    b"\xff\xfe": _UTF16,
    b"\xfe\xff": _UTF16,
    b"<": Text("trang web hoặc tệp XML", "a web page or XML"),
    b"{": Text("tệp JSON", "JSON"),
    b"SQLite format 3\0": Text("tệp GeoPackage", "a GeoPackage"),
    b"fgb": Text("tệp FlatGeobuf", "a FlatGeobuf"),
    b"PAR1": Text("tệp GeoParquet", "a GeoParquet"),
    b"\x00\x00\x27\x0a": Text("tệp Shapefile", "a Shapefile"),
}
_PLAIN_TEXT = Text("tệp văn bản", "text")
_TEXT = frozenset(b"\t\r\n") | frozenset(range(0x20, 0x100))
_MARKED = frozenset({"GeoJSON", "GML", "CSV"})
_V8 = Text(
    "bản vẽ của MicroStation V8, không đọc được. Trong MicroStation, hãy chọn File, Save As, loại "
    "MicroStation V7 (DGN V7) hoặc DXF rồi gửi tệp đó.",
    "it is of MicroStation V8, which cannot be read. Save it in MicroStation as DGN V7 (File, Save As, type "
    "MicroStation V7) or as DXF, and deliver that.",
)


def form_name(driver: str) -> str:
    """What people call the form that a GDAL driver reads."""
    return _NAMES.get(driver, driver)


def kind_of(name: str) -> Kind | None:
    """The form a file of this name should have; None where none is known by its ending."""
    return KINDS.get(PurePath(name).suffix.lower())


def require_form(file_name: str, kind: Kind, beginning: bytes) -> None:
    """Raises `DeliveryRefused` where a file does not begin as its form must."""
    begins = beginning.removeprefix(codecs.BOM_UTF8) if kind.driver in _MARKED else beginning
    if kind.begins.match(begins):
        return
    if kind.driver == "DGN" and begins.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(file_name, "unknown_form", _V8.en, _V8.vi)
    like = looks_like(begins)
    found = like or Text(f"các byte {begins[:8].hex(' ')}", f"the bytes {begins[:8].hex(' ')}")
    begun_like = f"like {found.en}" if like else f"with {found.en}"
    raise refuse(
        file_name,
        "unreadable",
        f"it is not a {kind.name} (it begins {begun_like}). Save it anew as {kind.name}, or give it the "
        "ending of what it is, and send it again.",
        f"không phải tệp {kind.name} như tên tệp cho biết (phần đầu là {found.vi}). Hãy lưu lại đúng dạng "
        f"{kind.name}, hoặc đặt lại đuôi tệp cho đúng với nội dung, rồi gửi lại.",
    )


def looks_like(begins: bytes) -> Text | None:
    """What a file is that begins so; None where nobody knows."""
    bare = begins.lstrip() or begins
    like = next((what for start, what in _BEGINNINGS.items() if bare.startswith(start)), None)
    if like is None and bare and _TEXT.issuperset(bare):
        like = _PLAIN_TEXT
    return like
