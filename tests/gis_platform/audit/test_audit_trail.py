"""The trail in a real database: who may do what to it, and that tampering by its owner is found."""

import threading
from typing import Any

import psycopg
import pytest
from psycopg import errors

from gis_platform.access.roles import STAFF, Role
from gis_platform.audit.chain import EMPTY, BrokenChain, Head
from gis_platform.audit.record import record_sync
from gis_platform.audit.trail import SQL, trail_head, verify_trail
from gis_platform.database.server import Logins

Connection = psycopg.Connection[tuple[Any, ...]]


def fill(connection: Connection, count: int = 5) -> Head:
    for number in range(1, count + 1):
        record_sync(connection, "test.looked", f"thửa {number}", {"số": number, "m2": 1.50}, actor="hoa")
    return trail_head(connection)


def as_superuser_without_triggers(connection: Connection, statement: str) -> None:
    connection.execute("ALTER TABLE core.audit_entry DISABLE TRIGGER ALL")
    connection.execute(statement.encode())
    connection.execute("ALTER TABLE core.audit_entry ENABLE ALWAYS TRIGGER append_only")


def test_an_empty_trail_is_whole(connection: Connection) -> None:
    assert verify_trail(connection) == EMPTY == trail_head(connection)


def test_python_recomputes_what_the_database_wrote(connection: Connection) -> None:
    awkward = {
        "longer key": 'quote " backslash \\ tab \t \x01 \x7f é 😀',
        "b": [1, 1.50, -0.0, 1e30, 1e-9, True, None],
        "aa": {"b": {}, "a": []},
    }
    record_sync(connection, "test.awkward", "", awkward)
    record_sync(connection, "test.awkward", "NFD e\u0301", {"": ""}, actor="người thứ nhất")
    assert verify_trail(connection) == trail_head(connection)
    assert trail_head(connection).seq == 2


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh"])
def test_the_session_s_time_zone_does_not_matter(connection: Connection, zone: str) -> None:
    fill(connection)
    connection.execute("SELECT set_config('timezone', %s, true)", [zone])
    assert verify_trail(connection).seq == 5


@pytest.mark.parametrize(
    ("statement", "seq", "said"),
    [
        ("UPDATE core.audit_entry SET actor = 'x' WHERE seq = 3", 3, "entry 3 was changed"),
        ("UPDATE core.audit_entry SET role = 'x' WHERE seq = 3", 3, "entry 3 was changed"),
        ("UPDATE core.audit_entry SET action = 'x' WHERE seq = 3", 3, "entry 3 was changed"),
        ("UPDATE core.audit_entry SET subject = 'x' WHERE seq = 3", 3, "entry 3 was changed"),
        ("UPDATE core.audit_entry SET at = at + interval '1 microsecond' WHERE seq = 3", 3, "was changed"),
        ("UPDATE core.audit_entry SET detail = detail || '{\"a\": 1}' WHERE seq = 3", 3, "was changed"),
        ("UPDATE core.audit_entry SET hash = sha256('x') WHERE seq = 3", 3, "entry 3 was changed"),
        ("UPDATE core.audit_entry SET previous = sha256('x') WHERE seq = 3", 3, "entry 3 was changed"),
        ("DELETE FROM core.audit_entry WHERE seq = 3", 3, "entry 3 is missing"),
        ("DELETE FROM core.audit_entry WHERE seq = 1", 1, "entry 1 is missing"),
        ("UPDATE core.audit_entry SET seq = 99 WHERE seq = 5", 5, "entry 5 is missing"),
        (
            "WITH forged AS (SELECT e.*, sha256(previous || core.audit_canonical(seq, at, 'x', role, action,"
            " subject, detail)) AS new FROM core.audit_entry e WHERE seq = 3)"
            " UPDATE core.audit_entry e SET actor = 'x', hash = f.new FROM forged f WHERE e.seq = f.seq",
            4,
            "entry 4 does not follow entry 3",
        ),
        (
            "ALTER TABLE core.audit_entry ALTER subject DROP NOT NULL;"
            " UPDATE core.audit_entry SET subject = NULL WHERE seq = 2",
            2,
            "entry 2 was changed",
        ),
        (
            "ALTER TABLE core.audit_entry DROP CONSTRAINT audit_entry_at_check;"
            " UPDATE core.audit_entry SET at = 'infinity' WHERE seq = 2",
            2,
            "entry 2 was changed",
        ),
    ],
)
def test_tampering_is_found(connection: Connection, statement: str, seq: int, said: str) -> None:
    fill(connection)
    as_superuser_without_triggers(connection, statement)
    with pytest.raises(BrokenChain, match=said) as caught:
        verify_trail(connection)
    assert caught.value.seq == seq


def test_a_cut_off_end_needs_a_noted_head(connection: Connection) -> None:
    noted = fill(connection)
    as_superuser_without_triggers(connection, "DELETE FROM core.audit_entry WHERE seq > 3")
    assert verify_trail(connection).seq == 3
    with pytest.raises(BrokenChain, match="the end was cut off"):
        verify_trail(connection, noted)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core.audit_entry SET actor = 'x' WHERE false",
        "DELETE FROM core.audit_entry WHERE seq = 1",
        "TRUNCATE core.audit_entry",
    ],
)
@pytest.mark.parametrize("replication", ["origin", "replica"])
def test_its_owner_too_can_only_append(connection: Connection, statement: str, replication: str) -> None:
    fill(connection)
    connection.execute("SELECT set_config('session_replication_role', %s, true)", [replication])
    with pytest.raises(errors.InsufficientPrivilege, match="append only"):
        connection.execute(statement.encode())


@pytest.mark.parametrize("role", [*Role, "app"])
def test_who_may_read_it(connection: Connection, role: str) -> None:
    fill(connection)
    connection.execute(f"SET LOCAL ROLE gis_{role}".encode())
    if role in (Role.AUDITOR, Role.ADMIN):
        assert verify_trail(connection).seq == 5
        return
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute(SQL["head"].text.encode())


@pytest.mark.parametrize("role", [*Role, "app"])
def test_no_role_writes_it_directly(connection: Connection, role: str) -> None:
    fill(connection)
    connection.execute(f"SET LOCAL ROLE gis_{role}".encode())
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute("INSERT INTO core.audit_entry (seq) VALUES (99)")


def test_the_public_appends_nothing(connection: Connection) -> None:
    connection.execute("SET LOCAL ROLE gis_public")
    with pytest.raises(errors.InsufficientPrivilege):
        record_sync(connection, "test.looked", "x")


@pytest.mark.parametrize("role", sorted(STAFF))
def test_every_member_of_staff_can_append_and_is_named(connection: Connection, role: Role) -> None:
    connection.execute(f"SET LOCAL ROLE {role.database_role}".encode())
    record_sync(connection, "test.looked", "x", actor="hoa")
    connection.execute("RESET ROLE")
    row = connection.execute("SELECT actor, role FROM core.audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    assert row == ("hoa", role.database_role)


def test_without_an_actor_it_is_anonymous(connection: Connection) -> None:
    record_sync(connection, "test.looked", "x")
    row = connection.execute("SELECT actor, role FROM core.audit_entry").fetchone()
    assert row is not None
    assert row[0] == "anonymous"


def test_appends_at_the_same_time_stay_one_chain(database: Logins) -> None:
    faults: list[BaseException] = []

    def append_many(actor: str) -> None:
        try:
            with psycopg.connect(database.app, autocommit=True) as own:
                for number in range(25):
                    with own.transaction():
                        record_sync(own, "test.looked", str(number), actor=actor)
        except psycopg.Error as fault:
            faults.append(fault)

    threads = [threading.Thread(target=append_many, args=(f"actor {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with psycopg.connect(database.owner) as owner:
        assert verify_trail(owner).seq == 150


def test_a_rolled_back_append_leaves_no_gap(database: Logins) -> None:
    with psycopg.connect(database.owner) as owner:
        record_sync(owner, "test.first", "x")
        owner.commit()
        record_sync(owner, "test.lost", "x")
        owner.rollback()
        record_sync(owner, "test.second", "x")
        assert verify_trail(owner).seq == 2


def test_an_old_snapshot_is_refused_and_not_forked(database: Logins) -> None:
    with psycopg.connect(database.owner) as old, psycopg.connect(database.owner) as other:
        old.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        old.execute("SELECT 1 FROM core.city")
        record_sync(other, "test.looked", "x")
        other.commit()
        with pytest.raises(errors.SerializationFailure):
            record_sync(old, "test.looked", "y")
        old.rollback()
        assert verify_trail(old).seq == 1
