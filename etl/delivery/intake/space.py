"""Room on the disk: asked for before a byte is written, and a disk that is full all the same said so."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from gis_platform.errors import Problem

#: Left free for the database, which lies on the same disk as a rule and stops when that is full.
RESERVE_BYTES = 512 * 2**20
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoSpace(Problem):
    """The disk has no room for a file that is to be kept."""

    status = HTTPStatus.INSUFFICIENT_STORAGE
    code = "no-space"


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written below a folder, without the reserve; never negative."""
    found = os.statvfs(folder)
    return max(0, found.f_bavail * found.f_frsize - RESERVE_BYTES)


def require_space(folder: Path, needed: int) -> None:
    """Raises `NoSpace` where `needed` bytes do not fit beside the reserve."""
    free = free_bytes(folder)
    if needed > free:
        raise NoSpace(
            f"The disk of {folder} has room for {free // 2**20} MB more, and {-(-needed // 2**20)} MB are "
            f"needed ({RESERVE_BYTES // 2**20} MB stay free for the database). Make room, then try again.",
            detail_vi=f"Máy chủ chỉ còn chỗ cho {free // 2**20} MB, cần {-(-needed // 2**20)} MB. "
            "Hãy báo quản trị viên dọn đĩa rồi chạy lại.",
        )


@contextmanager
def full_disk_in_words(folder: Path) -> Iterator[None]:
    """Raises `NoSpace` where the system says that the disk, or the share of it, is full."""
    try:
        yield
    except OSError as fault:
        if fault.errno not in _FULL:
            raise
        raise NoSpace(
            f"The disk of {folder} is full ({fault.strerror}). Make room, then try again.",
            detail_vi="Đĩa của máy chủ đã đầy. Hãy báo quản trị viên dọn đĩa rồi chạy lại.",
        ) from fault
