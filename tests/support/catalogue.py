"""What the database itself says of its tables."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import class_row

Connection = psycopg.Connection[Any]

_COLUMNS = """
    SELECT attname AS name, lower(format_type(atttypid, atttypmod)) AS type, NOT attnotnull AS nullable,
           attidentity <> '' AS identity, attgenerated <> '' AS generated,
           atthasdef AND attgenerated = '' AS defaulted
    FROM pg_attribute
    WHERE attrelid = CAST(%s AS regclass) AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum
"""

_CHECKS = """
    SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = CAST(%s AS regclass) AND contype = 'c'
"""

_UNIQUE = """
    SELECT a.attname FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = CAST(%s AS regclass) AND i.indisunique
"""


@dataclass(frozen=True, slots=True)
class RealColumn:
    """A column as PostgreSQL keeps it; ``type`` in lower case with its modifiers."""

    name: str
    type: str
    nullable: bool
    identity: bool
    generated: bool
    defaulted: bool


def real_columns(connection: Connection, table: str) -> dict[str, RealColumn]:
    """The columns of a table by name, in its order."""
    with connection.cursor(row_factory=class_row(RealColumn)) as cursor:
        return {column.name: column for column in cursor.execute(_COLUMNS, [table])}


def checks(connection: Connection, table: str) -> list[str]:
    """The text of each check constraint of a table."""
    return [row[0] for row in connection.execute(_CHECKS, [table])]


def unique_columns(connection: Connection, table: str) -> set[str]:
    """Columns that stand in a unique index."""
    return {row[0] for row in connection.execute(_UNIQUE, [table])}


def working_srid(connection: Connection) -> int:
    """The city's grid."""
    row = connection.execute("SELECT core.working_srid()").fetchone()
    assert row is not None
    return int(row[0])
