"""Where an archive is unpacked: beside its original where that is ours, and gone when nobody looks."""

import shutil
import tempfile
import weakref
from pathlib import Path

_PREFIX = ".unpacked-"
#: Folders of ours, and how far above a file in them they stand.
_OURS = (("deliveries", 1), ("drafts", 1), ("uploads", 2))


class Room:
    """A folder of its own for one archive, removed with the last that holds on to it.

    The system's folder for passing files may lie in memory, and a province does not fit there: it is used
    only for what a sender has elsewhere.
    """

    def __init__(self, archive: Path) -> None:
        beside = archive.parent if _is_ours(archive) else None
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=beside))
        self.remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


def is_room(folder: Path) -> bool:
    """Whether it was made for unpacking; a process that is killed leaves it behind."""
    return folder.name.startswith(_PREFIX)


def _is_ours(path: Path) -> bool:
    return any(len(path.parents) > up and path.parents[up].name == name for name, up in _OURS)
