"""Receiving a file: is it there, of a form we read, whole, and what is its fingerprint."""

import codecs
import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl.delivery.faults import refuse
from gis_platform.errors import BadParameter

#: GDAL's driver by the ending of the file.
DRIVERS = {
    ".gpkg": "GPKG",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".fgb": "FlatGeobuf",
    ".shp": "ESRI Shapefile",
    ".csv": "CSV",
}
#: How people call a form, and how its files begin (GeoJSON: after spaces and a byte order mark).
_FORMS = {
    "GPKG": ("GeoPackage", b"SQLite format 3\0"),
    "GeoJSON": ("GeoJSON", b"{"),
    "FlatGeobuf": ("FlatGeobuf", b"fgb"),
    "ESRI Shapefile": ("Shapefile", b"\x00\x00\x27\x0a"),
    "CSV": ("CSV", b""),
}
_BEGINNINGS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"<": "a web page or XML",
    b"{": "JSON",
    **{start: f"a {name}" for name, start in _FORMS.values() if len(start) > 1},
}
_SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_SHAPEFILE_MUST_HAVE = (".shx", ".dbf")

#: Bytes of the beginning of a file that tell its form.
_ENOUGH = 512
MOST_MEMBERS = 1_000
MOST_UNPACKED_BYTES = 20 * 2**30
#: A cadastre packs 3 to 20 times; beyond this it is no cadastre.
MOST_PACKED = 200


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that may be opened; ``place`` is what GDAL opens, ``sha256`` covers all parts of a Shapefile."""

    path: Path
    place: str
    driver: str
    sha256: bytes
    size: int

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self.path.name


def require_file(path: Path) -> Path:
    """The whole path of a file that can be read. Raises `BadParameter`."""
    path = path.expanduser().absolute()
    if path.is_dir():
        raise BadParameter(f"{path} is a folder; give the file in it.", parameter="file")
    if not path.is_file():
        raise BadParameter(f"There is no file {path}.", parameter="file")
    if not os.access(path, os.R_OK):
        raise BadParameter(f"The file {path} cannot be read: ask for its read permission.", parameter="file")
    return path


def receive(path: Path) -> ReceivedFile:
    """Look at a file before anything opens it.

    Raises:
        BadParameter: it is not there, no file, or not readable.
        DeliveryRefused: its form is not known, a part is missing, or an archive is not to be trusted.
    """
    path = require_file(path)
    if path.stat().st_size == 0:
        raise refuse(path.name, "empty_file", "the file is empty: 0 bytes.")
    ending = path.suffix.lower()
    if ending == ".zip":
        return _archive(path)
    if ending not in DRIVERS:
        known = ", ".join([*DRIVERS, ".zip"])
        text = f"files ending in {ending!r} are not read. Known are {known}."
        raise refuse(path.name, "unknown_form", text)
    with path.open("rb") as opened:
        require_form(path.name, DRIVERS[ending], opened.read(_ENOUGH))
    parts = _parts(path) if ending == ".shp" else [path]
    size = sum(part.stat().st_size for part in parts)
    return ReceivedFile(path, str(path), DRIVERS[ending], _fingerprint(parts), size)


def form_name(driver: str) -> str:
    """What people call the form that a GDAL driver reads."""
    return _FORMS[driver][0] if driver in _FORMS else driver


def require_form(file_name: str, driver: str, beginning: bytes) -> None:
    """Raises `DeliveryRefused` where a file does not begin as its form must."""
    name, must_be = _FORMS[driver]
    begins = beginning.removeprefix(codecs.BOM_UTF8).lstrip() if driver == "GeoJSON" else beginning
    if begins.startswith(must_be) and not (driver == "CSV" and b"\0" in beginning):
        return
    like = next((what for start, what in _BEGINNINGS.items() if begins.startswith(start)), None)
    if like is None:
        text = all(byte in b"\t\r\n" or byte >= 0x20 for byte in begins) and bool(begins)
        like = "text" if text else None
    told = f"it begins like {like}" if like else f"it begins with the bytes {begins[:8].hex(' ')}"
    raise refuse(file_name, "unreadable", f"it is not a {name} ({told}).")


def _parts(shapefile: Path) -> list[Path]:
    beside = {f.suffix.lower(): f for f in shapefile.parent.iterdir() if f.stem == shapefile.stem}
    for ending in _SHAPEFILE_MUST_HAVE:
        if ending not in beside:
            raise refuse(
                shapefile.name,
                "part_missing",
                f"a Shapefile is several files, and {shapefile.stem}{ending} is missing beside it.",
            )
    return [beside[ending] for ending in _SHAPEFILE_PARTS if ending in beside]


def _archive(path: Path) -> ReceivedFile:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as fault:
        raise refuse(path.name, "broken_archive", f"the zip archive cannot be opened: {fault}.") from fault
    for cause in _dangers(members):
        raise refuse(path.name, "unsafe_archive", f"the zip archive is not opened: {cause}.")
    files = {m.filename: PurePosixPath(m.filename) for m in members if not m.is_dir()}
    found = [name for name, p in files.items() if p.suffix.lower() in DRIVERS and p.parts[0] != "__MACOSX"]
    if len(found) != 1:
        held = ", ".join(found) if found else "none"
        raise refuse(
            path.name,
            "unclear_archive",
            f"a zip archive must hold one file of a known form ({', '.join(DRIVERS)}); it holds {held}.",
        )
    main = files[found[0]]
    ending = main.suffix.lower()
    with zipfile.ZipFile(path) as archive, archive.open(found[0]) as opened:
        require_form(f"{main} in {path.name}", DRIVERS[ending], opened.read(_ENOUGH))
    beside = {p.suffix.lower() for p in files.values() if p.with_suffix("") == main.with_suffix("")}
    for part in _SHAPEFILE_MUST_HAVE if ending == ".shp" else ():
        if part not in beside:
            raise refuse(path.name, "part_missing", f"{main} has no {part} file beside it in the archive.")
    place = f"/vsizip/{{{path}}}/{main}"
    return ReceivedFile(path, place, DRIVERS[ending], _fingerprint([path]), path.stat().st_size)


def _dangers(members: list[zipfile.ZipInfo]) -> list[str]:
    causes = []
    if len(members) > MOST_MEMBERS:
        causes.append(f"it holds {len(members)} files, at most {MOST_MEMBERS} are taken")
    unpacked = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    if unpacked > MOST_UNPACKED_BYTES or unpacked > 2**20 + packed * MOST_PACKED:
        causes.append(f"{packed} bytes would become {unpacked}")
    for member in members:
        kind = member.external_attr >> 28
        if member.flag_bits & 0x1:
            causes.append(f"{member.filename} is locked with a password")
        if kind == 0xA:
            causes.append(f"{member.filename} is a symbolic link")
        if member.filename.startswith(("/", "\\")) or ".." in PurePosixPath(member.filename).parts:
            causes.append(f"{member.filename} climbs out of the archive")
    return causes


def _fingerprint(parts: list[Path]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as opened:
            while block := opened.read(2**20):
                digest.update(block)
    return digest.digest()
