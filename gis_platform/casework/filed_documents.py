"""Papers that an applicant adds to what he filed on line: in number and size bounded for each filing."""

from dataclasses import dataclass
from typing import Any

from gis_platform.casework.case import Case
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.documents import Kept, put_document, require_kind
from gis_platform.casework.filing import ONLINE
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Files that one filing may hold.
MOST_FILES = 40
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Room:
    """What a filing may still take."""

    files: int
    size: int


class FilingFull(Conflict):
    """A filing holds all that it may."""

    code = "filing-full"


async def room_left(work: UnitOfWork, case: Case, most_mb: int) -> Room:
    """How many more files, and of which size together."""
    row = await work.row(SQL["held"], case_id=case.id)
    files, size = (row["files"], row["size"]) if row else (0, 0)
    return Room(max(0, MOST_FILES - files), max(0, most_mb * _MB - int(size)))


async def require_room(work: UnitOfWork, case: Case, most_mb: int, size: int = 1) -> Room:
    """Raises FilingFull where a file of that size is too much."""
    room = await room_left(work, case, most_mb)
    if room.files == 0 or room.size < size:
        raise FilingFull(
            f"A filing holds at most {MOST_FILES} files and {most_mb} MB together. {room.size // _MB} "
            f"MB are left.",
            files_left=room.files,
            bytes_left=room.size,
            detail_vi=f"Mỗi hồ sơ trực tuyến nhận tối đa {MOST_FILES} tệp, tổng cộng {most_mb} MB (còn "
            f"{room.size // _MB} MB). Hãy chụp lại với dung lượng nhỏ hơn, hoặc nộp bản giấy tại phường.",
        )
    return room


def require_applicants_kind(workflow: Workflow, kind: str) -> int:
    """The most bytes that a paper of that kind may hold.

    Raises:
        BadParameter: there is no such kind, or the office makes it.
    """
    most = require_kind(workflow, kind)
    if any(one.name == kind and one.office for one in workflow.documents):
        raise BadParameter(
            f"Papers of the kind {kind!r} are made by the office.",
            parameter="kind",
            detail_vi="Loại giấy tờ này do cơ quan lập, người nộp không gửi. Hãy chọn loại khác.",
        )
    return most


async def add_filed(
    work: UnitOfWork, workflow: Workflow, case: Case, kind: str, name: str, kept: Kept, most_mb: int
) -> int:
    """Put a kept file into a filing that is held; what a broken line makes somebody send again is kept
    once.
    """
    known: int | None = await work.value(SQL["same"], case_id=case.id, kind=kind, sha256=kept.sha256)
    if known is not None:
        return known
    await require_room(work, case, most_mb, kept.size)
    return await put_document(work, workflow, case, kind, name, kept, ONLINE)


async def filed_documents(work: UnitOfWork, case: Case) -> list[dict[str, Any]]:
    """What the holder of the key has added, the first one first."""
    return [dict(row) for row in await work.rows(SQL["of_filing"], case_id=case.id)]
