"""The original is kept whole, for its owner alone, once; or nothing of it is."""

import hashlib
import os
import stat
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from etl.delivery.intake import keeping, space
from etl.delivery.intake.keeping import deliveries_folder, forget_half_kept, keep, remove_kept
from etl.delivery.intake.parts import open_plainly
from etl.delivery.intake.space import NoSpace
from etl.delivery.receive import receive
from gis_platform.errors import DeliveryRefused
from tests.support.delivered import parcels, write_sample


def test_all_parts_are_kept_and_fingerprinted_as_one(tmp_path: Path) -> None:
    path = write_sample(tmp_path / "thửa đất 2018.shp", parcels(4))
    (tmp_path / "another.shp").write_bytes(b"x")
    kept = keep(tmp_path / "data", path, 12)
    assert kept.folder == tmp_path / "data" / "deliveries" / "12"
    assert kept.path.name == path.name
    parts = [path.with_suffix(ending) for ending in (".shp", ".shx", ".dbf", ".prj", ".cpg")]
    assert {part.name for part in kept.folder.iterdir()} == {part.name for part in parts}
    content = b"".join(part.read_bytes() for part in parts)
    assert (
        kept.sha256 == hashlib.sha256(content).digest() == receive(path).sha256 == receive(kept.path).sha256
    )
    assert kept.size == len(content) == receive(path).size
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(part.stat().st_mode) for part in kept.folder.iterdir()} == {0o600}
    assert len(parts) == len(list(tmp_path.glob("thửa đất 2018.*")))


def test_a_second_copy_takes_the_place_of_the_first(tmp_path: Path) -> None:
    first = keep(tmp_path / "data", write_sample(tmp_path / "a.gpkg", parcels(4)), 12)
    (first.folder / "unpacked").mkdir()
    second = keep(tmp_path / "data", write_sample(tmp_path / "b.gpkg", parcels(5)), 12)
    assert [entry.name for entry in second.folder.iterdir()] == ["b.gpkg"]
    assert [entry.name for entry in deliveries_folder(tmp_path / "data").iterdir()] == ["12"]
    remove_kept(tmp_path / "data", 12)
    remove_kept(tmp_path / "data", 12)
    assert list(deliveries_folder(tmp_path / "data").iterdir()) == []


def test_the_same_bytes_are_the_same_under_any_name(tmp_path: Path) -> None:
    path = write_sample(tmp_path / "a.gpkg", parcels(4))
    other = path.with_name("b\n!{c}.gpkg")
    other.write_bytes(path.read_bytes())
    one, two = keep(tmp_path / "data", path, 1), keep(tmp_path / "data", other, 2)
    assert one.sha256 == two.sha256
    assert two.path.name == "b___c_.gpkg"


def test_no_room_is_said_before_a_byte_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sample(tmp_path / "a.gpkg", parcels(4))
    monkeypatch.setattr(space, "RESERVE_BYTES", 2**70)
    with pytest.raises(NoSpace, match="Make room, then try again"):
        keep(tmp_path / "data", path, 12)
    assert list(deliveries_folder(tmp_path / "data").iterdir()) == []


def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sample(tmp_path / "a.gpkg", parcels(4))
    # A file that always is full, as the system has one.
    monkeypatch.setattr(keeping, "_new", lambda _: open("/dev/full", "wb"))
    with pytest.raises(NoSpace, match="is full"):
        keep(tmp_path / "data", path, 12)
    assert list(deliveries_folder(tmp_path / "data").iterdir()) == []


def test_a_file_that_grows_meanwhile_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sample(tmp_path / "a.gpkg", parcels(4))

    class Growing:
        """The file, to which its program adds while it is read."""

        def __init__(self, opened: BinaryIO) -> None:
            self.opened = opened

        def __enter__(self) -> "Growing":
            return self

        def __exit__(self, *_: object) -> None:
            self.opened.close()

        def fileno(self) -> int:
            return self.opened.fileno()

        def read(self, size: int) -> bytes:
            block = self.opened.read(size)
            if path.stat().st_size < 2 * 2**20:
                with path.open("ab") as other:
                    other.write(bytes(2**20))
            return block

    monkeypatch.setattr(keeping, "open_plainly", lambda found: Growing(open_plainly(found)))
    with pytest.raises(DeliveryRefused, match="changed while it was read"):
        keep(tmp_path / "data", path, 12)
    assert list(deliveries_folder(tmp_path / "data").iterdir()) == []


def test_what_a_killed_copy_left_is_forgotten_and_originals_are_not(tmp_path: Path) -> None:
    kept = keep(tmp_path / "data", write_sample(tmp_path / "a.gpkg", parcels(4)), 12)
    long_ago = time.time() - 3 * 24 * 3600
    for name, when in ((".13-dead", long_ago), (".14-alive", time.time())):
        (kept.folder.parent / name).mkdir()
        os.utime(kept.folder.parent / name, (when, when))
    (kept.folder / ".unpacked-dead").mkdir()
    os.utime(kept.folder / ".unpacked-dead", (long_ago, long_ago))
    os.utime(kept.folder, (long_ago, long_ago))
    assert forget_half_kept(tmp_path / "data") == 2
    assert [entry.name for entry in kept.folder.iterdir()] == ["a.gpkg"]
    assert {entry.name for entry in kept.folder.parent.iterdir()} == {"12", ".14-alive"}
    assert forget_half_kept(tmp_path / "nowhere") == 0
