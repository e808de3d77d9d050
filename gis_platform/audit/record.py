"""Write entries to the audit trail, in the caller's own transaction.

Appending takes a lock until that transaction ends: append last, and commit soon. Who acted comes from the
transaction (role and ``gis.actor``), which a unit of work sets; only code without one names the actor here.
"""

import json
from collections.abc import Mapping
from typing import Any

import psycopg

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Detail = Mapping[str, object]


async def record(work: UnitOfWork, action: str, subject: str, detail: Detail | None = None) -> None:
    """Append one entry as the caller of a request.

    Args:
        work: the request's transaction; it must be allowed to write.
        action: what was done, dotted lower case, e.g. ``personal-data.read``.
        subject: what it was done to, e.g. ``parcels/ABC123456789``.
        detail: more, as JSON; never a password, a token, or the personal data itself.
    """
    await record_on(work.raw, action, subject, detail)


async def record_on(
    connection: psycopg.AsyncConnection[Any],
    action: str,
    subject: str,
    detail: Detail | None = None,
    *,
    actor: str | None = None,
) -> None:
    """The same on a plain connection, where nobody has said yet who acts."""
    if actor is not None:
        await connection.execute(SQL["act_as"].text.encode(), {"actor": actor})
    await connection.execute(SQL["append"].text.encode(), _parameters(action, subject, detail))


def record_sync(
    connection: psycopg.Connection[Any],
    action: str,
    subject: str,
    detail: Detail | None = None,
    *,
    actor: str | None = None,
) -> None:
    """The same for the command line and for loading."""
    if actor is not None:
        connection.execute(SQL["act_as"].text.encode(), {"actor": actor})
    connection.execute(SQL["append"].text.encode(), _parameters(action, subject, detail))


def _parameters(action: str, subject: str, detail: Detail | None) -> dict[str, str]:
    return {"action": action, "subject": subject, "detail": json.dumps(detail or {}, ensure_ascii=False)}
