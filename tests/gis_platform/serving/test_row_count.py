"""The number of rows told without counting is the number counted, in every snapshot."""

import asyncio
from typing import Any

import psycopg

from gis_platform.database.server import Logins
from gis_platform.maintenance import add_up_row_counts
from tests.support.blocks import lay_parcels

Connection = psycopg.Connection[Any]


def _told_and_counted(connection: Connection) -> tuple[int, int]:
    row = connection.execute(
        "SELECT (SELECT coalesce(sum(delta), 0)::int FROM core.row_count WHERE layer = 'parcels'), "
        "(SELECT count(*)::int FROM layer.parcels)"
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def test_in_each_transaction_it_is_its_own(database: Logins) -> None:
    with psycopg.connect(database.owner) as one, psycopg.connect(database.owner) as other:
        lay_parcels(one, 4, 5)
        assert _told_and_counted(one) == (20, 20)
        assert _told_and_counted(other) == (0, 0)
        one.commit()
        other.rollback()
        assert _told_and_counted(other) == (20, 20)
        other.execute("DELETE FROM layer.parcels WHERE id <= 7")
        other.execute("UPDATE layer.parcels SET address = 'x', valid_from = '2025-01-01' WHERE id > 7")
        assert _told_and_counted(other) == (13, 13)
        assert _told_and_counted(one) == (20, 20)
        other.rollback()
        assert _told_and_counted(one) == (20, 20)


def test_adding_up_changes_no_sum(database: Logins) -> None:
    with psycopg.connect(database.owner, autocommit=True) as connection:
        for first in (1, 101, 201):
            lay_parcels(connection, 3, 3, first=first)
        connection.execute("DELETE FROM layer.parcels WHERE id > 205")
        before = _told_and_counted(connection)
        assert before[0] == before[1]
        asyncio.run(add_up_row_counts(database.app))
        assert _told_and_counted(connection) == before
        rows = connection.execute("SELECT count(*) FROM core.row_count WHERE layer = 'parcels'").fetchone()
        assert rows == (1,)
