"""Rows already read, kept on disk part by part, so that work that was broken off goes on where it was.

A part is an Arrow file named ``<number>-<last id>.arrow``; it is there whole or not at all.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

ROWS = 10_000
_NAME = re.compile(r"([0-9]{6})-([0-9]+)\.arrow")
_OPTIONS = pa.ipc.IpcWriteOptions(compression="zstd")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one export, in its own folder."""

    folder: Path

    def files(self) -> list[Path]:
        """The finished parts, in order."""
        return sorted(file for file in self.folder.glob("*.arrow") if _NAME.fullmatch(file.name))

    @property
    def last_id(self) -> int:
        """The id after which reading goes on; 0 at the beginning."""
        files = self.files()
        found = _NAME.fullmatch(files[-1].name) if files else None
        return int(found[2]) if found else 0

    def add(self, batch: pa.RecordBatch, last_id: int) -> None:
        """Keep one more part; a name from before it is whole is never seen."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{len(self.files()):06d}-{last_id}.arrow"
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("wb") as file:
            with pa.ipc.new_file(file, batch.schema, options=_OPTIONS) as writer:
                writer.write_batch(batch)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """What the parts hold, one in memory at a time."""
        for path in self.files():
            with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as reader:
                for number in range(reader.num_record_batches):
                    yield reader.get_batch(number)

    def remove(self) -> None:
        """The file is made: they are not needed any more."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            path.unlink()
        if self.folder.is_dir():
            self.folder.rmdir()
