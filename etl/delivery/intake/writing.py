"""Bytes onto the disk, by one writer at a time, and only what was checked counts."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from etl.delivery.intake.space import full_disk_in_words, require_space
from gis_platform.errors import Conflict, Problem

#: Names as the tus protocol has them.
ALGORITHMS = ("sha1", "sha256")


class Locked(Problem):
    """Somebody is writing it at this moment."""

    status = HTTPStatus.LOCKED
    code = "locked"


class MoreThanAnnounced(Problem):
    """More bytes came than the upload was announced with."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "body-too-large"


class ChecksumDiffers(Exception):
    """The bytes that came are not those that were sent; none of them is kept."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one piece must add up to; ``algorithm`` is one of `ALGORITHMS`."""

    algorithm: str
    digest: bytes


class Piece:
    """One piece of an upload while it comes in; ``offset`` moves with it."""

    def __init__(self, file: int, offset: int, length: int, checksum: Checksum | None) -> None:
        self.offset = offset
        self._file = file
        self._length = length
        self._checksum = checksum
        self._sum: Any = checksum and hashlib.new(checksum.algorithm, usedforsecurity=False)

    def write(self, block: bytes) -> None:
        """Append. Raises `MoreThanAnnounced` before the first byte too many, and `NoSpace`."""
        if self.offset + len(block) > self._length:
            raise MoreThanAnnounced(
                f"More bytes come than the {self._length} the upload was announced with. Begin a new one."
            )
        if self._sum is not None:
            self._sum.update(block)
        left = memoryview(block)
        while left:
            written = os.pwrite(self._file, left, self.offset)
            self.offset += written
            left = left[written:]

    def check(self) -> None:
        """Raises `ChecksumDiffers` where a checksum was sent and it is another."""
        if self._checksum is not None and self._sum.digest() != self._checksum.digest:
            raise ChecksumDiffers


def offset_of(content: Path) -> int:
    """How many bytes are here and count: what came with a checksum counts when that was checked."""
    with suppress(FileNotFoundError, ValueError):
        return int(_mark(content).read_text(encoding="ascii"))
    return content.stat().st_size


@contextmanager
def next_piece(content: Path, offset: int, length: int, checksum: Checksum | None) -> Iterator[Piece]:
    """Write on from `offset`; what has come stays when the line breaks, unless it was to be checked.

    Raises:
        Locked: another piece is coming in at this moment.
        Conflict: the file ends elsewhere; ``offset`` of the problem says where.
        ChecksumDiffers, NoSpace: nothing of this piece, or only a part, is kept.
    """
    mark = _mark(content)
    with _held(content) as file, full_disk_in_words(content.parent):
        here = offset_of(content)
        os.ftruncate(file, here)
        if here != offset:
            told = f"The upload stands at {here} bytes, and the piece begins at {offset}. Go on from {here}."
            raise Conflict(
                told,
                parameter="Upload-Offset",
                offset=here,
                detail_vi=f"Tệp đang dừng ở {here} byte, phần vừa gửi bắt đầu từ {offset}. Hãy gửi tiếp "
                f"từ {here}.",
            )
        # What another process has written since the upload was begun may have filled the disk.
        require_space(content.parent, 0 if here == length else 1)
        if checksum is not None:
            mark.write_text(str(here), encoding="ascii")
        piece = Piece(file, here, length, checksum)
        try:
            yield piece
            piece.check()
        except BaseException:
            if checksum is not None:
                os.ftruncate(file, here)
            raise
        finally:
            os.fsync(file)
            mark.unlink(missing_ok=True)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait for whoever else counts or clears up in this folder; the kernel's lock ends with its process."""
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _held(content: Path) -> Iterator[int]:
    file = os.open(content, os.O_RDWR)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            told = (
                "Another piece of this upload is coming in at this moment. Ask where it stands, then go on."
            )
            raise Locked(told) from fault
        yield file
    finally:
        os.close(file)


def _mark(content: Path) -> Path:
    return content.parent.parent / "unchecked-from"
