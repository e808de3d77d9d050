"""Receiving a file: is it there, of a form we read, whole, and what is its fingerprint."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from etl.delivery.intake.archive import DataSet, unpack
from etl.delivery.intake.inside import look_inside
from etl.delivery.intake.kinds import form_name
from etl.delivery.intake.parts import Parts, find_parts, open_plainly, require_file
from etl.delivery.intake.room import Room

__all__ = ["ReceivedFile", "form_name", "receive", "require_file"]


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that may be opened; ``place`` is what is opened, ``sha256`` covers all parts of a Shapefile.

    ``sets`` are what an archive holds, several perhaps; of any other file the file itself.
    """

    path: Path
    place: str
    driver: str
    sha256: bytes
    size: int
    sets: tuple[DataSet, ...] = ()
    room: Room | None = None

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self.path.name


def receive(path: Path, *, sha256: bytes | None = None) -> ReceivedFile:
    """Look at a file before anything opens it.

    What an archive holds is unpacked, and there as long as the answer is held; beside the original where
    that is kept. sha256: the fingerprint, where it is known already.

    Raises:
        BadParameter: it is not there, a folder, or not readable.
        DeliveryRefused: its form is not known, a part is missing, or an archive is not to be trusted.
        NoSpace: the disk has no room for what is unpacked.
    """
    parts = find_parts(path)
    main = parts.files[0]
    room = None
    if parts.kind is not None:
        sets: tuple[DataSet, ...] = (DataSet(main.stem, main, parts.kind),)
        look_inside(main.name, main, parts.kind)
    else:
        room = Room(main)
        try:
            sets = _unpacked(main, room)
        except BaseException:
            room.remove()
            raise
    return ReceivedFile(
        path=main,
        place=str(sets[0].path),
        driver=sets[0].kind.driver,
        sha256=sha256 or _fingerprint(parts),
        size=parts.size,
        sets=sets,
        room=room,
    )


def _unpacked(archive: Path, room: Room) -> tuple[DataSet, ...]:
    sets = unpack(archive, room.folder)
    for each in sets:
        look_inside(f"{each.path.name} in {archive.name}", each.path, each.kind)
    return sets


def _fingerprint(parts: Parts) -> bytes:
    digest = hashlib.sha256()
    for part in parts.files:
        with open_plainly(part) as opened:
            while block := opened.read(2**20):
                digest.update(block)
    return digest.digest()
