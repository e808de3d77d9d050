"""Archives that are broken, locked or hostile: refused by name, and nothing of them stays."""

import gc
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.delivery.intake import archive as archives
from etl.delivery.intake.archive import MOST_MEMBERS
from etl.delivery.intake.keeping import keep
from etl.delivery.receive import receive
from gis_platform.errors import DeliveryRefused
from tests.support.delivered import parcels, write_sample
from tests.support.taken_in import refused, take_in

Members = dict[str, bytes]
#: Where the size unpacked and the checksum stand in the head of a member, and in the list at the end.
_IN_HEAD, _IN_LIST = {"crc": 14, "size": 22, "flags": 6}, {"crc": 16, "size": 24, "flags": 8}


def _zip(path: Path, members: Members, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            # Not by name alone: zipfile would mend a name that begins with a slash.
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, method
            archive.writestr(info, content)
    return path


def _geopackage(folder: Path) -> bytes:
    return write_sample(folder / "inner.gpkg", parcels(40)).read_bytes()


def _with(path: Path, mode: int) -> Path:
    info = zipfile.ZipInfo("a.gpkg")
    info.external_attr = mode << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return path


def _patched(path: Path, field: str, value: int, form: str) -> Path:
    """The same archive with another value in both descriptions of its first member."""
    held = bytearray(path.read_bytes())
    for mark, places in ((b"PK\3\4", _IN_HEAD), (b"PK\1\2", _IN_LIST)):
        struct.pack_into(form, held, held.index(mark) + places[field], value)
    path.write_bytes(held)
    return path


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-30])
    return path


def _half(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def _one_bit(path: Path) -> Path:
    """In the middle of what is stored: only the checksum tells."""
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)
    return path


def _nested(path: Path) -> Path:
    held = bytes(10_000_000)
    for depth in range(4):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(4):
                archive.writestr(f"{depth}-{number}.zip", held)
        held = inner.getvalue()
    path.write_bytes(held)
    return path


def _overlapping(path: Path) -> Path:
    """Many members that are all the same bytes of the file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.gpkg", bytes(100_000))
        first = archive.infolist()[0]
        for number in range(50):
            twin = zipfile.ZipInfo(f"{number}.gpkg")
            for name in ("header_offset", "CRC", "file_size", "compress_size"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
    return path


def _zeros(path: Path) -> Path:
    """Ten gigabytes of zeros, packed: written a block at a time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("a.gpkg", "w", force_zip64=True) as member:
            block = bytes(2**24)
            for _ in range(12):
                member.write(block)
    return path


CASES: dict[str, tuple[Callable[[Path, bytes], Path], str, str]] = {
    "cut short": (lambda p, g: _cut(_zip(p, {"a.gpkg": g})), "broken_archive", "damaged or cut short"),
    "half of it": (lambda p, g: _half(_zip(p, {"a.gpkg": g})), "broken_archive", "damaged or cut short"),
    "no archive": (
        lambda p, g: (p.write_bytes(g) and p) or p,
        "broken_archive",
        "cannot be opened: it is damaged or cut short",
    ),
    "a fault within": (
        lambda p, g: _one_bit(_zip(p, {"a.gpkg": g}, zipfile.ZIP_STORED)),
        "broken_archive",
        "its checksum is another",
    ),
    "a fault in what is packed": (
        lambda p, g: _one_bit(_zip(p, {"a.gpkg": g})),
        "broken_archive",
        "damaged",
    ),
    "more than it says": (
        lambda p, g: _patched(_zip(p, {"a.gpkg": g}), "size", 1_000, "<I"),
        "unsafe_archive",
        "has more bytes than the 1000 the archive says",
    ),
    "fewer than it says": (
        lambda p, g: _patched(_zip(p, {"a.gpkg": g}), "size", len(g) + 9, "<I"),
        "unsafe_archive",
        "has fewer bytes than",
    ),
    "a password": (
        lambda p, g: _patched(_zip(p, {"a.gpkg": g}), "flags", 0x1, "<H"),
        "unsafe_archive",
        "locked with a password. Pack it again without one",
    ),
    "a symbolic link": (lambda p, _: _with(p, 0o120777), "unsafe_archive", r"a\.gpkg is a symbolic link"),
    "a pipe": (lambda p, _: _with(p, 0o010666), "unsafe_archive", "device or a pipe"),
    "a device": (lambda p, _: _with(p, 0o060666), "unsafe_archive", "device or a pipe"),
    "a path that climbs": (
        lambda p, g: _zip(p, {"../../a.gpkg": g}),
        "unsafe_archive",
        r"\.\./\.\./a\.gpkg climbs out",
    ),
    "a path that climbs with backslashes": (
        lambda p, g: _zip(p, {"..\\..\\a.gpkg": g}),
        "unsafe_archive",
        "climbs out",
    ),
    "an absolute path": (
        lambda p, g: _zip(p, {"/etc/a.gpkg": g}),
        "unsafe_archive",
        "/etc/a.gpkg climbs out",
    ),
    "a path of Windows": (lambda p, g: _zip(p, {"C:\\a.gpkg": g}), "unsafe_archive", "climbs out"),
    "archives in archives": (
        lambda p, _: _nested(p),
        "unclear_archive",
        "archive in an archive is not opened",
    ),
    "zeros": (lambda p, _: _zeros(p), "unsafe_archive", "bytes would become 201326592"),
    "files that overlap": (lambda p, _: _overlapping(p), "unsafe_archive", "its files overlap"),
    "thousands of files": (
        lambda p, _: _zip(p, {f"{n}.txt": b"" for n in range(MOST_MEMBERS + 1)}),
        "unsafe_archive",
        "it holds 1001 files, at most 1000",
    ),
    "a name twice": (
        lambda p, g: _zip(p, {"a.gpkg": g, "A.gpkg": g}),
        "unsafe_archive",
        r"a\.gpkg more than once",
    ),
    "another method": (
        lambda p, g: _zip(p, {"a.gpkg": g}, zipfile.ZIP_LZMA),
        "unsafe_archive",
        "with the method Deflate",
    ),
    "a workbook": (
        lambda p, _: _zip(p, {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
        "unsafe_archive",
        "Office document.*Save the table as CSV",
    ),
    "nothing": (lambda p, _: _zip(p, {}), "unclear_archive", "it holds nothing"),
    "nothing of use": (lambda p, _: _zip(p, {"a.docx": b"x"}), "unclear_archive", r"it holds a\.docx"),
    "another form than its name": (
        lambda p, _: _zip(p, {"a.gpkg": b"%PDF-1.7"}),
        "unreadable",
        r"a\.gpkg in bad\.zip: it is not a GeoPackage \(it begins like a PDF\)",
    ),
    "unsaved changes": (
        lambda p, g: _zip(p, {"a.gpkg": g, "a.gpkg-wal": b"x"}),
        "not_saved",
        "close it in the program",
    ),
    "no table": (
        lambda p, _: _zip(p, {"tờ 1/a.shp": b"\0\0\x27\x0a", "tờ 1/a.shx": b"x", "tờ 2/a.dbf": b"x"}),
        "part_missing",
        r"tờ 1/a\.shp has no \.dbf file beside it",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_archive_is_refused_by_name(tmp_path: Path, case: str) -> None:
    make, code, words = CASES[case]
    path = make(tmp_path / "bad.zip", _geopackage(tmp_path))
    refused(path, tmp_path / "data", code, words)


def test_nothing_of_an_archive_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    content = _geopackage(tmp_path)
    good = receive(_zip(tmp_path / "good.zip", {"a.gpkg": content}))
    (room,) = passing.iterdir()
    assert Path(good.place).is_relative_to(room)
    bad = _one_bit(_zip(tmp_path / "bad.zip", {"a.gpkg": content}, zipfile.ZIP_STORED))
    with pytest.raises(DeliveryRefused):
        receive(bad)
    assert list(passing.iterdir()) == [room]
    del good
    gc.collect()
    assert list(passing.iterdir()) == []


def test_an_archive_that_is_kept_is_unpacked_beside_itself(tmp_path: Path) -> None:
    kept = keep(tmp_path, _zip(tmp_path / "good.zip", {"a.gpkg": _geopackage(tmp_path)}), 7)
    received = receive(kept.path)
    assert Path(received.place).is_relative_to(kept.folder)


def test_limits_hold_while_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _zip(tmp_path / "bad.zip", {"a.gpkg": _geopackage(tmp_path)})
    assert len(take_in(path, tmp_path / "data").shapes) == 40
    monkeypatch.setattr(archives, "MOST_UNPACKED_BYTES", 50_000)
    refused(path, tmp_path / "data", "unsafe_archive", "bytes would become")
