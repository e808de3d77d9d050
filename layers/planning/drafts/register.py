"""Drafts as planners find them: listed, one of them, removed, and worked anew."""

import json
from collections.abc import Mapping
from typing import Any

from gis_platform.audit.record import record
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import Conflict, Forbidden, NotFound
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Row = dict[str, Any]


async def drafts(work: UnitOfWork, before: int | None, limit: int) -> list[Row]:
    """The newest first; ``before`` is the number of the last one already seen."""
    return await work.rows(SQL["listed"], before=before, limit=limit)


async def draft_of(work: UnitOfWork, draft: int) -> Row:
    """All that is known of one, without what it touches. Raises `NotFound` where there is none."""
    row = await work.row(SQL["one"], draft=draft)
    if row is None:
        raise NotFound(
            f"There is no draft {draft}; it may have been removed.",
            parameter="draft",
            detail_vi=f"Không có bản thảo số {draft}; có thể đã bị xoá.",
        )
    return row


async def is_stale(work: UnitOfWork, draft: int) -> bool:
    """Whether what is in force on its ground has changed since the draft was compared."""
    return bool(await work.value(SQL["stale"], draft=draft))


async def remove(work: UnitOfWork, draft: int) -> None:
    """Remove a draft and all that follows from it; audited. Work on it stops by itself.

    Raises:
        NotFound: there is none.
        Forbidden: it is another's, and the caller is no administrator.
    """
    held = await draft_of(work, draft)
    gone = await work.row(SQL["remove"], draft=draft)
    if gone is None:
        raise Forbidden(
            f"Draft {draft} is removed by {held['uploaded_by']}, who uploaded it, or an administrator.",
            detail_vi=f"Chỉ {held['uploaded_by']}, người tải lên, hoặc quản trị viên được xoá bản thảo này.",
        )
    detail = {"name": gone["name"], "file": gone["file_name"], "sha256": gone["sha256"]}
    await record(work, "planning.draft.removed", f"planning-draft/{draft}", detail)


async def work_again(work: UnitOfWork, draft: int, asked: Mapping[str, Any]) -> None:
    """Read the file again, in the way that is ``asked``, and compare it with what is in force now; audited.

    Raises:
        NotFound: there is none.
        Conflict: it is being worked.
    """
    held = await draft_of(work, draft)
    how = held["asked"] | dict(asked)
    if await work.row(SQL["again"], draft=draft, asked=json.dumps(how, ensure_ascii=False)) is None:
        raise Conflict(
            f"Draft {draft} is being worked: wait until it is done, or remove it.",
            detail_vi=f"Bản thảo số {draft} đang được xử lý; hãy đợi cho xong hoặc xoá bản thảo.",
        )
    await record(work, "planning.draft.again", f"planning-draft/{draft}", {"said": dict(asked)})
