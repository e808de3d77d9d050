"""Read the audit trail of a database, as one moment shows it, in bounded memory."""

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg.rows import args_row, class_row

from gis_platform.audit.chain import EMPTY, Entry, Head, follow
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_BATCH = 5_000


def verify_trail(
    connection: psycopg.Connection[Any],
    noted: Head | None = None,
    progress: Callable[[float], None] | None = None,
) -> Head:
    """Check every entry and return the head.

    Args:
        connection: as the owner of the database, or as the auditor's or administrator's role.
        noted: a head written down earlier, which the trail must still contain.
        progress: told from time to time how much is done, 0 to 1.

    Raises:
        BrokenChain: at the first entry where tampering shows.
    """
    row = connection.execute(SQL["size"].text.encode()).fetchone()
    total = int(row[0]) if row else 0
    with connection.cursor(name="audit_trail", row_factory=class_row(Entry)) as cursor:
        cursor.itersize = _BATCH
        cursor.execute(SQL["entries"].text.encode())

        def reported() -> Any:
            for entry in cursor:
                if progress is not None and entry.seq % _BATCH == 0:
                    progress(entry.seq / max(total, 1))
                yield entry

        return follow(reported(), noted)


def trail_head(connection: psycopg.Connection[Any]) -> Head:
    """The last entry's number and hash; entry 0 with 32 zero bytes where there is none."""
    with connection.cursor(row_factory=args_row(lambda seq, hash_: Head(seq, bytes(hash_)))) as cursor:
        return cursor.execute(SQL["head"].text.encode()).fetchone() or EMPTY
