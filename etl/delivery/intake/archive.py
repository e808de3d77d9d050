"""Zip archives: looked at whole before anything is unpacked, then unpacked within what was looked at."""

import copy
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl.delivery.faults import refuse
from etl.delivery.intake.kinds import ENOUGH, KINDS, Kind, kind_of, require_form
from etl.delivery.intake.naming import safe_name
from etl.delivery.intake.space import full_disk_in_words, require_space
from gis_platform.errors import DeliveryRefused

MOST_MEMBERS = 1_000
MOST_UNPACKED_BYTES = 20 * 2**30
#: A cadastre packs 3 to 20 times; beyond this it is no cadastre.
MOST_PACKED = 200
_BLOCK = 2**20
_LINK, _FILE, _FOLDER = 0xA, 0x8, 0x4
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DEFLATE64 = 9
#: Beside other forms they are notes about them, not data.
_WEAK = frozenset({".xml", ".json"})
_OFFICE = ("[Content_Types].xml", "mimetype")


@dataclass(frozen=True, slots=True)
class DataSet:
    """One set of files that belong together. ``title`` is its path in the archive, without the ending."""

    title: str
    path: Path
    kind: Kind


def unpack(path: Path, into: Path) -> tuple[DataSet, ...]:
    """Unpack every set of files of a known form into folders of their own below `into`.

    Raises:
        DeliveryRefused: the archive is broken, locked, or not to be trusted, or holds no known form.
        NoSpace: the disk has no room for what is in it.
    """
    with _opened(path) as archive:
        members = archive.infolist()
        for cause in _dangers(members, path.stat().st_size):
            raise refuse(path.name, "unsafe_archive", f"the zip archive is not opened: {cause}.")
        chosen = _sets(path.name, [m for m in members if not m.is_dir()])
        for main, kind, _ in chosen:
            with archive.open(_whole(main)) as opened:
                require_form(f"{main.filename} in {path.name}", kind, opened.read(ENOUGH))
        require_space(into, sum(m.file_size for _, _, parts in chosen for m in parts.values()))
        sets = []
        for number, (main, kind, parts) in enumerate(chosen, start=1):
            folder = into / str(number)
            folder.mkdir(mode=0o700)
            stem = safe_name(PurePosixPath(main.filename).stem)
            for ending, member in parts.items():
                _unpack(path.name, archive, member, folder / f"{stem}{ending}")
            title = str(PurePosixPath(main.filename).with_suffix(""))
            sets.append(DataSet(title, folder / f"{stem}{kind.parts[0]}", kind))
    return tuple(sets)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as fault:
        text = f"the zip archive cannot be opened: it is damaged or cut short ({fault})."
        raise refuse(path.name, "broken_archive", text) from fault


def _dangers(members: list[zipfile.ZipInfo], size: int) -> Iterator[str]:
    if len(members) > MOST_MEMBERS:
        yield f"it holds {len(members)} files, at most {MOST_MEMBERS} are taken"
    for member in members:
        yield from _danger(member)
    names = [member.filename.casefold() for member in members]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        yield f"it holds {twice} more than once"
    if any(name in _OFFICE or name.startswith("xl/") for name in (m.filename for m in members)):
        yield "it is an Office document, such as Excel writes. Save the table as CSV and deliver that"
    unpacked = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    if packed > size:
        yield f"its files overlap: {packed} packed bytes are said to lie in {size}"
    if unpacked > MOST_UNPACKED_BYTES or unpacked > 2**20 + packed * MOST_PACKED:
        yield f"{packed} bytes would become {unpacked}"


def _danger(member: zipfile.ZipInfo) -> Iterator[str]:
    name, system = member.filename, member.external_attr >> 28
    if member.flag_bits & 0x1:
        yield f"{name} is locked with a password. Pack it again without one"
    if system == _LINK:
        yield f"{name} is a symbolic link"
    elif system not in (0, _FILE, _FOLDER):
        yield f"{name} is a device or a pipe"
    bare = name.replace("\\", "/")
    if bare.startswith("/") or ".." in PurePosixPath(bare).parts or bare[1:2] == ":":
        yield f"{name} climbs out of the archive"
    if member.compress_type == _DEFLATE64:
        yield (
            f"{name} is packed with Deflate64, as Windows does above 2 GB. Pack it with another program, "
            "such as 7-Zip, with the method Deflate"
        )
    elif member.compress_type not in _METHODS:
        yield f"{name} is packed with a method that is not read. Pack it again with the method Deflate"


_Chosen = tuple[zipfile.ZipInfo, Kind, dict[str, zipfile.ZipInfo]]


def _sets(archive: str, members: list[zipfile.ZipInfo]) -> list[_Chosen]:
    known = [(m, PurePosixPath(m.filename)) for m in members]
    known = [(m, p) for m, p in known if p.parts and p.parts[0] != "__MACOSX" and p.name[:1] != "."]
    found = [(m, p, kind) for m, p in known if (kind := kind_of(p.name)) is not None]
    strong = [each for each in found if each[1].suffix.lower() not in _WEAK]
    chosen: list[_Chosen] = []
    for main, path, kind in strong or found:
        beside = {p.suffix.lower(): m for m, p in known if p.with_suffix("") == path.with_suffix("")}
        beside[kind.parts[0]] = main
        for ending in kind.needed:
            if ending not in beside:
                told = f"{path} has no {ending} file beside it in the archive."
                raise refuse(archive, "part_missing", told)
        if any(p.name.casefold() == f"{path.name}-wal".casefold() and m.file_size for m, p in known):
            told = (
                f"{path}-wal lies beside {path}: close it in the program that has it open, and pack it anew."
            )
            raise refuse(archive, "not_saved", told)
        chosen.append((main, kind, {ending: beside[ending] for ending in kind.parts if ending in beside}))
    if not chosen:
        held = ", ".join(str(p) for _, p in known[:5]) or "nothing"
        zips = any(p.suffix.lower() == ".zip" for _, p in known)
        raise refuse(
            archive,
            "unclear_archive",
            f"a zip archive must hold a file of a known form ({', '.join(KINDS)}); it holds {held}."
            + (" An archive in an archive is not opened: unpack the outer one first." if zips else ""),
        )
    return chosen


def _unpack(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Write one member, as many bytes as come out of it and not as many as it says."""
    written = 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, full_disk_in_words(target.parent):
        try:
            with archive.open(_whole(member)) as opened:
                while block := opened.read(_BLOCK):
                    written += len(block)
                    if written > member.file_size:
                        raise _differs(name, member, "more")
                    file.write(block)
        except zipfile.BadZipFile as fault:
            text = f"{member.filename} in the archive is damaged: its checksum is another. Send it again."
            raise refuse(name, "broken_archive", text) from fault
    if written != member.file_size:
        raise _differs(name, member, "fewer")


def _whole(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same member without an end: what it says of its size is not believed."""
    whole = copy.copy(member)
    whole.file_size = 2**62
    return whole


def _differs(name: str, member: zipfile.ZipInfo, how: str) -> DeliveryRefused:
    told = (
        f"{member.filename} has {how} bytes than the {member.file_size} the archive says: it is not opened."
    )
    return refuse(name, "unsafe_archive", told)
