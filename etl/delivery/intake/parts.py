"""The files a delivery consists of: there, plain files, whole, and nobody's business but the sender's."""

import os
import stat
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from etl.delivery.faults import refuse
from etl.delivery.intake.kinds import ARCHIVE, ENOUGH, KINDS, Kind, kind_of, require_form
from gis_platform.errors import BadParameter

#: No cadastre of a province is larger; beyond it somebody has sent something else.
MOST_BYTES = 50 * 2**30
#: A file that takes this much less room than it has bytes is holes, not data.
_MOST_HOLES, _HOLES_FROM = 200, 64 * 2**20
_UNSAVED = ("-wal", "-journal")


@dataclass(frozen=True, slots=True)
class Parts:
    """The files of one delivery, the one it is known by first; ``kind`` is None for an archive."""

    files: tuple[Path, ...]
    kind: Kind | None

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(file.stat().st_size for file in self.files)


def find_parts(path: Path) -> Parts:
    """What belongs to a file, after a look at its name, its size and how it begins.

    Raises:
        BadParameter: it is not there, a folder, or not readable.
        DeliveryRefused: it is no plain file, its form is not known, or a part is missing.
    """
    path = require_file(path)
    size = path.stat().st_size
    if size == 0:
        raise refuse(path.name, "empty_file", "the file is empty: 0 bytes.")
    ending = path.suffix.lower()
    kind = kind_of(path.name)
    if kind is None and ending != ARCHIVE:
        text = f"files ending in {ending!r} are not read. Known are {', '.join([*KINDS, ARCHIVE])}."
        raise refuse(path.name, "unknown_form", text)
    with open_plainly(path) as opened:
        beginning = opened.read(ENOUGH)
    if kind is None:
        found = Parts((path,), None)
    else:
        require_form(path.name, kind, beginning)
        several = path.parent.iterdir() if len(kind.parts) > 1 else ()
        beside = [each for each in several if each.stem == path.stem]
        files = {each.suffix.lower(): each for each in beside} | {kind.parts[0]: path}
        require_parts(path.name, path.stem, kind, files)
        _require_saved(path)
        found = Parts(tuple(require_file(files[part]) for part in kind.parts if part in files), kind)
    for file in found.files:
        _require_data(file)
    return found


def require_parts(name: str, stem: str, kind: Kind, there: Container[str]) -> None:
    """Raises `DeliveryRefused` where a part of the form is not among the endings that are `there`."""
    for ending in kind.needed:
        if ending not in there:
            raise refuse(
                name,
                "part_missing",
                f"a {kind.name} is several files, and {stem}{ending} is missing beside it.",
            )


def require_file(path: Path) -> Path:
    """The whole path of a plain file that can be read.

    Raises:
        BadParameter: it is not there, a folder, or not readable.
        DeliveryRefused: it is no plain file: a link may lead anywhere, a device may never end.
    """
    path = path.expanduser().absolute()
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError) as fault:
        raise BadParameter(f"There is no file {path}.", parameter="file") from fault
    if stat.S_ISLNK(mode):
        raise refuse(path.name, "unsafe_file", "it is a symbolic link; give the file that it leads to.")
    if stat.S_ISDIR(mode):
        raise BadParameter(f"{path} is a folder; give the file in it.", parameter="file")
    if not stat.S_ISREG(mode):
        raise refuse(path.name, "unsafe_file", "it is a pipe or a device, no file that can be kept.")
    if not os.access(path, os.R_OK):
        raise BadParameter(f"The file {path} cannot be read: ask for its read permission.", parameter="file")
    return path


def open_plainly(path: Path) -> BinaryIO:
    """A plain file for reading; what was put in its place since it was looked at is not opened."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as fault:
        raise BadParameter(f"{path} cannot be opened: {fault.strerror}.", parameter="file") from fault
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise BadParameter(f"{path} is no plain file.", parameter="file")
    return os.fdopen(handle, "rb")


def _require_data(path: Path) -> None:
    found = path.stat()
    if found.st_size > MOST_BYTES:
        told = f"{path.name} has {found.st_size} bytes; at most {MOST_BYTES} are read."
        raise refuse(path.name, "too_large", told)
    if found.st_size > max(_HOLES_FROM, found.st_blocks * 512 * _MOST_HOLES):
        raise refuse(path.name, "unreadable", f"of its {found.st_size} bytes nearly all are holes: no data.")


def _require_saved(path: Path) -> None:
    """A GeoPackage that is still open in a program has its last changes in a file beside it."""
    for ending in _UNSAVED:
        beside = path.with_name(path.name + ending)
        if beside.is_file() and beside.stat().st_size > 0:
            raise refuse(
                path.name,
                "not_saved",
                f"{beside.name} lies beside it: a program, such as QGIS, has it open and keeps its last "
                "changes there. Close it there, then deliver again.",
            )
