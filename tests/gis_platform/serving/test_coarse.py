"""The coarse picture is that of the features: after every transaction, whoever and how many wrote."""

import threading
from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import Role
from gis_platform.database.server import Logins
from tests.support.acting import connected_as
from tests.support.blocks import lay_parcels

Connection = psycopg.Connection[Any]

_DRAWN = """
    SELECT level, sum(features)::int, round(sum(ST_Area(geom_3857))::numeric, -1)::float
    FROM core.coarse GROUP BY level ORDER BY level DESC
"""
_GROUND = "SELECT round(ST_Area(ST_Union(geom_3857))::numeric, -1)::float FROM layer.parcels"


def _finest(connection: Connection) -> tuple[int, float]:
    rows = connection.execute(_DRAWN).fetchall()
    return (rows[0][1], rows[0][2]) if rows else (0, 0.0)


def _number(connection: Connection, statement: str) -> Any:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def _agrees(connection: Connection, features: int) -> None:
    drawn, area = _finest(connection)
    assert drawn == features
    assert area == pytest.approx(_number(connection, _GROUND), rel=0.01)


def test_it_follows_what_is_added_changed_and_ended(database: Logins) -> None:
    with psycopg.connect(database.owner, autocommit=True) as connection:
        lay_parcels(connection, 20, 20)
        _agrees(connection, 400)
        levels = [row[:2] for row in connection.execute(_DRAWN).fetchall()]
        assert levels == [(17, 400), (15, 400), (13, 400)]

        connection.execute(
            "UPDATE layer.parcels SET valid_from = '2025-01-01', geom = ST_Translate(geom, 2000, 0) "
            "WHERE id <= 100"
        )
        _agrees(connection, 400)

        connection.execute("DELETE FROM layer.parcels WHERE id > 100")
        _agrees(connection, 100)

        connection.execute("DELETE FROM layer.parcels")
        assert connection.execute(_DRAWN).fetchall() == []
        assert _number(connection, "SELECT count(*) FROM core.coarse_pending") == 0


def test_streets_are_closed_from_further_off(database: Logins) -> None:
    """A lane of 6 m between lots shows at level 17 and not at 15."""
    with psycopg.connect(database.owner, autocommit=True) as connection:
        lay_parcels(connection, 6, 6, gap=6.0)
        parts = {
            level: (cells, pieces)
            for level, cells, pieces in connection.execute(
                "SELECT level, count(*), sum(ST_NumGeometries(geom_3857))::int "
                "FROM core.coarse GROUP BY level"
            )
        }
    assert parts[17][1] == 36
    assert parts[15][1] == parts[15][0]


def test_nobody_sees_features_without_their_picture(database: Logins) -> None:
    with (
        psycopg.connect(database.owner) as writer,
        psycopg.connect(database.owner, autocommit=True) as reader,
    ):
        lay_parcels(writer, 5, 5)
        assert _finest(reader) == (0, 0.0)
        writer.commit()
        assert _finest(reader)[0] == 25
        writer.execute("DELETE FROM layer.parcels WHERE id <= 5")
        writer.rollback()
        assert _finest(reader)[0] == 25


def test_two_who_change_one_cell_at_once_both_count(database: Logins) -> None:
    with psycopg.connect(database.owner) as first, psycopg.connect(database.owner) as second:
        lay_parcels(first, 5, 5)
        lay_parcels(second, 5, 5, first=1_001)
        # The second waits for the first to commit, and then sees what it stored.
        waiting = threading.Thread(target=second.commit)
        first.execute("SET CONSTRAINTS ALL IMMEDIATE")
        waiting.start()
        first.commit()
        waiting.join(timeout=30)
        assert not waiting.is_alive()
    with psycopg.connect(database.owner) as reader:
        assert _finest(reader)[0] == 50


def test_a_broken_shape_refuses_nothing(database: Logins) -> None:
    bow_tie = (
        "MULTIPOLYGON(((567000 1145000, 567010 1145010, 567010 1145000, 567000 1145010, 567000 1145000)))"
    )
    with psycopg.connect(database.owner, autocommit=True) as connection:
        lay_parcels(connection, 3, 3)
        connection.execute(
            "INSERT INTO layer.parcels (id, unit_code, sheet_no, parcel_no, source_date, valid_from, geom) "
            "VALUES (99, '28261', '1', '99', '2024-01-01', '2024-01-01', "
            "ST_GeomFromText(%s, core.working_srid()))",
            [bow_tie],
        )
        assert _finest(connection)[0] == 10


def test_everybody_may_see_it_and_nobody_may_write_it(database: Logins) -> None:
    for role in Role:
        with connected_as(database, role) as connection:
            connection.execute("SELECT count(*) FROM core.coarse")
            for table in ("core.coarse", "core.coarse_pending", "core.row_count"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(f"DELETE FROM {table}".encode())  # noqa: S608  # our own words


def test_a_change_of_words_makes_nothing_anew(database: Logins) -> None:
    made = "SELECT string_agg(xmin::text, ',' ORDER BY level, x, y) FROM core.coarse"
    with psycopg.connect(database.owner, autocommit=True) as connection:
        lay_parcels(connection, 5, 5)
        before = _number(connection, made)
        connection.execute("UPDATE layer.parcels SET address = 'x', valid_from = '2025-01-01'")
        assert _number(connection, made) == before
        connection.execute(
            "UPDATE layer.parcels SET geom = ST_Translate(geom, 1, 0), valid_from = '2025-02-01' WHERE id = 1"
        )
        assert _number(connection, made) != before


_FINEST = "SELECT md5(ST_AsBinary(geom_3857)) FROM core.coarse WHERE level = 17 ORDER BY x, y LIMIT 1"
_PASSED = "SELECT coalesce(sum(passed_m2), -1) FROM core.coarse WHERE level = 17"
_SPLIT = """
    INSERT INTO layer.parcels (id, unit_code, sheet_no, parcel_no, source_date, valid_from, geom)
    SELECT id + 10000, unit_code, sheet_no, parcel_no || 'b', '2025-01-01', '2025-01-01',
           ST_Multi(ST_MakeEnvelope(
               ST_XMin(geom) + 5, ST_YMin(geom), ST_XMax(geom), ST_YMax(geom), ST_SRID(geom)))
    FROM layer.parcels WHERE id = 45;
    UPDATE layer.parcels SET valid_from = '2025-01-01', geom = ST_Multi(ST_MakeEnvelope(
        ST_XMin(geom), ST_YMin(geom), ST_XMin(geom) + 5, ST_YMax(geom), ST_SRID(geom)))
    WHERE id = 45
"""
_MERGE = """
    UPDATE layer.parcels t SET valid_from = '2025-02-01', geom = ST_Multi(ST_Union(t.geom, o.geom))
    FROM layer.parcels o WHERE t.id = 45 AND o.id = 10045;
    DELETE FROM layer.parcels WHERE id = 10045
"""
_SMALLER = """
    UPDATE layer.parcels SET valid_from = valid_from + 1, geom = ST_Multi(ST_Buffer(geom, -0.3, 'join=mitre'))
    WHERE id = 45
"""


def test_a_split_and_a_merge_leave_the_block_and_count(database: Logins) -> None:
    with psycopg.connect(database.owner) as connection:
        lay_parcels(connection, 10, 10)
        connection.commit()
        block = _number(connection, _FINEST)
        connection.execute(_SPLIT.encode())
        connection.commit()
        assert [row[1] for row in connection.execute(_DRAWN).fetchall()] == [101, 101, 101]
        assert _number(connection, _FINEST) == block
        connection.execute(_MERGE.encode())
        connection.commit()
        assert [row[1] for row in connection.execute(_DRAWN).fetchall()] == [100, 100, 100]
        assert _number(connection, _FINEST) == block
        assert _number(connection, "SELECT count(*) FROM core.coarse_moved") == 0


def test_small_changes_add_up_until_the_block_is_made_anew(database: Logins) -> None:
    """A fence 0.3 m further in all around is 11 m2 of the picture: nobody sees it, but not for ever."""
    with psycopg.connect(database.owner, autocommit=True) as connection:
        lay_parcels(connection, 10, 10)
        block = _number(connection, _FINEST)
        passed = []
        for _ in range(5):
            connection.execute(_SMALLER.encode())
            passed.append(float(_number(connection, _PASSED)))
        assert 0 < passed[0] < passed[1] <= 50
        assert max(passed) <= 50
        assert passed[-1] < max(passed)
        assert _number(connection, _FINEST) != block
        _agrees(connection, 100)


def test_what_moves_away_within_one_transaction_is_seen(database: Logins) -> None:
    """Statement by statement each change is little; what the transaction leaves is what counts."""
    with psycopg.connect(database.owner) as connection:
        lay_parcels(connection, 10, 10)
        connection.commit()
        connection.execute("DELETE FROM layer.parcels WHERE id = 12")
        connection.execute("DELETE FROM layer.parcels WHERE id = 13")
        connection.commit()
        _agrees(connection, 98)


def test_two_who_split_in_one_cell_at_once_both_count(database: Logins) -> None:
    with psycopg.connect(database.owner, autocommit=True) as connection:
        lay_parcels(connection, 10, 10)
    with psycopg.connect(database.owner) as first, psycopg.connect(database.owner) as second:
        first.execute(_SPLIT.encode())
        second.execute(_SPLIT.replace("45", "57").encode())
        waiting = threading.Thread(target=second.commit)
        first.execute("SET CONSTRAINTS ALL IMMEDIATE")
        waiting.start()
        first.commit()
        waiting.join(timeout=30)
        assert not waiting.is_alive()
    with psycopg.connect(database.owner) as reader:
        assert [row[1] for row in reader.execute(_DRAWN).fetchall()] == [102, 102, 102]
