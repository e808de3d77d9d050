"""The original of a delivery, kept as it came: copied once, fingerprinted on the way, whole or not there."""

import hashlib
import os
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from etl.delivery.faults import refuse
from etl.delivery.intake.naming import safe_name
from etl.delivery.intake.parts import find_parts, open_plainly
from etl.delivery.intake.room import is_room
from etl.delivery.intake.space import full_disk_in_words, require_space

_BLOCK = 2**20
#: A copy under way is younger; what is older was left by a process that was killed.
_ABANDONED_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What was kept. ``path`` is the file to open, its parts beside it; ``sha256`` covers all parts."""

    path: Path
    sha256: bytes
    size: int

    @property
    def folder(self) -> Path:
        """Of this delivery alone: what is unpacked may lie here too, and goes with it."""
        return self.path.parent


def deliveries_folder(data_dir: Path) -> Path:
    """Where originals lie; one folder a delivery, named by its number."""
    return data_dir / "deliveries"


def keep(data_dir: Path, source: Path, delivery_id: int) -> KeptFile:
    """Copy a file, and what belongs to it, into the folder of a delivery.

    The folder appears whole, by renaming, or not at all; one that was there is replaced. The source is left
    as it is.

    Raises:
        BadParameter: it is not there, a folder, or not readable.
        DeliveryRefused: its form is not known, a part is missing, or it changed while it was read.
        NoSpace: the disk has no room for it.
    """
    return keep_in(deliveries_folder(data_dir), source, str(delivery_id))


def keep_in(folder: Path, source: Path, title: str) -> KeptFile:
    """The same in the folder `title` below any other. Raises as `keep` does."""
    parts = find_parts(source)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    require_space(folder, parts.size)
    made = folder / f".{title}-{secrets.token_hex(8)}"
    made.mkdir(mode=0o700)
    name = safe_name(parts.files[0].name)
    digest, size = hashlib.sha256(), 0
    try:
        with full_disk_in_words(folder):
            for number, part in enumerate(parts.files):
                # Endings of the other parts in small letters, so that they are found beside the first.
                kept = name if number == 0 else str(Path(name).with_suffix(part.suffix.lower()))
                size += _copy(part, made / kept, digest)
            _sync(made)
            there = folder / title
            _take_away(there)
            made.rename(there)
            _sync(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return KeptFile(there / name, digest.digest(), size)


def remove_kept(data_dir: Path, delivery_id: int) -> None:
    """Remove the original of a delivery and what was unpacked beside it; nothing where there is none."""
    _take_away(deliveries_folder(data_dir) / str(delivery_id))


def forget_half_kept(data_dir: Path) -> int:
    """Remove copies and unpacked files whose process was killed; tells how many.

    Originals of deliveries are never touched.
    """
    folder, gone = deliveries_folder(data_dir), 0
    halves = [entry for entry in folder.glob("*") if entry.name.startswith(".")]
    for entry in [*halves, *(each for each in folder.glob("*/*") if is_room(each))]:
        with suppress(FileNotFoundError):
            if time.time() - entry.stat().st_mtime > _ABANDONED_S:
                shutil.rmtree(entry, ignore_errors=True)
                gone += 1
    return gone


def _copy(source: Path, target: Path, digest: Any) -> int:
    with open_plainly(source) as opened, _new(target) as written:
        before = os.fstat(opened.fileno())
        while block := opened.read(_BLOCK):
            digest.update(block)
            written.write(block)
            if written.tell() > before.st_size:
                break
        written.flush()
        os.fsync(written.fileno())
        after = os.fstat(opened.fileno())
        size = written.tell()
    if (size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise refuse(source.name, "still_written", "it changed while it was read. Wait until it is whole.")
    return size


def _new(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _take_away(folder: Path) -> None:
    """Out of sight first, so that nobody meets the half of it."""
    gone = folder.with_name(f".gone-{secrets.token_hex(8)}")
    with suppress(FileNotFoundError):
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
