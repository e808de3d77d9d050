"""What happened to a case: entries that the database chains and lets nobody change."""

import json
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.rows import class_row

from gis_platform.audit.chain import Entry, Head, follow
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


async def append(work: UnitOfWork, case_id: int, action: str, detail: Mapping[str, Any]) -> None:
    """Add an entry as the caller; never personal data, every reader of the case reads it.

    Args:
        work: the request's transaction.
        case_id: of a case that this transaction holds, or has just made.
        action: dotted, such as ``case.moved``.
        detail: more, as JSON.
    """
    told = json.dumps(detail, ensure_ascii=False, default=str)
    await work.rows(SQL["append"], case_id=case_id, action=action, detail=told)


async def entries(work: UnitOfWork, case_id: int) -> list[dict[str, Any]]:
    """All entries of a case, the first one first."""
    return [dict(row) for row in await work.rows(SQL["entries"], case_id=case_id)]


def verify_journal(connection: psycopg.Connection[Any], case_id: int) -> Head:
    """Check every entry of a case and return the last one's number and hash.

    Raises:
        BrokenChain: at the first entry where tampering shows.
    """
    with connection.cursor(row_factory=class_row(Entry)) as cursor:
        return follow(cursor.execute(SQL["chain"].text.encode(), {"case_id": case_id}).fetchall(), None)
