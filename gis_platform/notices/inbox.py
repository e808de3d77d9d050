"""The notices of whoever is signed in."""

from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: More than these nobody reads.
MOST = 200


async def open_notices(work: UnitOfWork, language: Language) -> list[dict[str, Any]]:
    """What lasts, unseen first, newest first; ``seen`` tells whether this account has marked it."""
    rows = await work.rows(SQL["open"], who=work.caller.username, most=MOST)
    return [
        {
            "id": row["id"],
            "kind": row["kind"],
            "subject": row["subject"],
            "text": row["text_vi"] if language == "vi" else row["text_en"],
            "layer": row["layer"],
            "delivery": row["delivery_id"],
            "raised_at": row["raised_at"],
            "seen": row["seen"],
        }
        for row in rows
    ]


async def mark_seen(work: UnitOfWork, notice: int) -> None:
    """Note that this account has seen it, the first time.

    Raises:
        NotFound: there is no such notice for this role.
    """
    if await work.row(SQL["see"], id=notice, who=work.caller.username) is None:
        raise NotFound(f"There is no notice {notice} for you.", parameter="notice_id")
