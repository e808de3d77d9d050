"""Uploads on the disk: what a killed process, a second writer and time make of them."""

import hashlib
import multiprocessing
import os
import signal
import time
from datetime import datetime
from pathlib import Path

import pytest

from etl.delivery.intake import space
from etl.delivery.intake.space import NoSpace, free_bytes
from etl.delivery.intake.uploads import (
    KEPT,
    MOST_OF_ONE,
    Upload,
    begin,
    find,
    finished,
    forget_uploads,
    uploads_folder,
    uploads_of,
)
from etl.delivery.intake.writing import Checksum, ChecksumDiffers, Locked, next_piece
from gis_platform.errors import Conflict, NotFound

MB = 2**20


def _begun(data_dir: Path, length: int = 8) -> Upload:
    return begin(data_dir, 1, "a.gpkg", length, 100 * MB)


def _write_and_hang(path: Path, length: int, checksum: Checksum | None, written: str) -> None:
    with next_piece(path, 0, length, checksum) as piece:
        piece.write(b"abcd")
        Path(written).touch()
        time.sleep(60)


@pytest.mark.parametrize(
    ("checksum", "kept"), [(None, 4), (Checksum("sha256", hashlib.sha256(b"abcdefgh").digest()), 0)]
)
def test_what_came_before_a_kill_stays_unless_it_was_to_be_checked(
    tmp_path: Path, checksum: Checksum | None, kept: int
) -> None:
    upload = _begun(tmp_path)
    written = tmp_path / "written"
    process = multiprocessing.get_context("fork").Process(
        target=_write_and_hang, args=(upload.path, 8, checksum, str(written))
    )
    process.start()
    until = time.monotonic() + 30
    while not written.exists() and time.monotonic() < until:
        time.sleep(0.01)
    with pytest.raises(Locked), next_piece(upload.path, kept, 8, None):
        pass
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert find(tmp_path, upload.id, 1).offset == kept
    with pytest.raises(Conflict), next_piece(upload.path, kept + 1, 8, None):
        pass
    with next_piece(upload.path, kept, 8, checksum if kept == 0 else None) as piece:
        piece.write(b"abcdefgh"[kept:])
    assert finished(tmp_path, upload.id, 1).read_bytes() == b"abcdefgh"


def test_what_is_refused_leaves_no_mark(tmp_path: Path) -> None:
    upload = _begun(tmp_path)
    with next_piece(upload.path, 0, 8, None) as piece:
        piece.write(b"abcd")
    told = Checksum("sha1", hashlib.sha1(b"x", usedforsecurity=False).digest())
    with pytest.raises(Conflict), next_piece(upload.path, 3, 8, told):
        pass
    with pytest.raises(ChecksumDiffers), next_piece(upload.path, 4, 8, told) as piece:
        piece.write(b"ef")
    assert find(tmp_path, upload.id, 1).offset == 4
    assert {entry.name for entry in upload.path.parent.parent.iterdir()} == {"upload.json", "content"}


def test_time_ends_what_nobody_goes_on_with(tmp_path: Path) -> None:
    old, young = _begun(tmp_path), _begun(tmp_path)
    killed = uploads_folder(tmp_path) / ".half-made"
    killed.mkdir()
    long_ago = time.time() - KEPT.total_seconds() - 60
    os.utime(old.path, (long_ago, long_ago))
    with pytest.raises(NotFound):
        find(tmp_path, old.id, 1)
    assert forget_uploads(tmp_path) == 2
    assert {entry.name for entry in uploads_folder(tmp_path).iterdir()} == {young.id, ".lock"}
    assert forget_uploads(tmp_path / "nowhere") == 0


def test_what_is_over_takes_nobody_a_place(tmp_path: Path) -> None:
    long_ago = time.time() - KEPT.total_seconds() - 60
    for _ in range(MOST_OF_ONE):
        os.utime(_begun(tmp_path).path, (long_ago, long_ago))
    young = _begun(tmp_path)
    assert [upload.id for upload in uploads_of(tmp_path, 1)] == [young.id]


def test_each_piece_gives_it_more_time(tmp_path: Path) -> None:
    upload = _begun(tmp_path)
    earlier = time.time() - 3600
    os.utime(upload.path, (earlier, earlier))
    before: datetime = find(tmp_path, upload.id, 1).expires_at
    with next_piece(upload.path, 0, 8, None) as piece:
        piece.write(b"abcd")
    assert find(tmp_path, upload.id, 1).expires_at > before


def test_room_is_asked_for_all_that_is_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = free_bytes(tmp_path)
    monkeypatch.setattr(space, "RESERVE_BYTES", space.RESERVE_BYTES + left - 60 * MB)
    _begun(tmp_path, 40 * MB)
    with pytest.raises(NoSpace):
        _begun(tmp_path, 40 * MB)
    _begun(tmp_path, 2 * MB)
