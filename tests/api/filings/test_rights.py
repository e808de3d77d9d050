"""What the database lets whoever files do, over connections of its own: nothing but its one filing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import FILING_ROLE, STAFF, Role
from gis_platform.casework.codes import new_code
from gis_platform.casework.keys import key_hash, new_key
from tests.support.acting import Connection, connected_as
from tests.support.citizen import Citizen
from tests.support.office import OTHER_WARD, WARD, Office

REFUSED = psycopg.errors.InsufficientPrivilege
TABLES = (
    "case_file",
    "applicant",
    "journal",
    "note",
    "document",
    "clock",
    "pause",
    "workflow",
    "filing",
    "move",
)

_OPEN = """
    INSERT INTO casework.case_file (code, workflow, state, unit_code, place, channel, opened_by)
    VALUES (%(code)s, %(workflow)s, %(state)s, '28261', 'x', %(channel)s, %(by)s) RETURNING id
"""


@contextmanager
def _filing(office: Office, key: str | None = None) -> Iterator[Connection]:
    """The application's login as it is while it acts for the holder of a key."""
    with psycopg.connect(office.places.app, autocommit=True) as connection:
        connection.execute(f"SET ROLE {FILING_ROLE}".encode())
        hashed = key_hash(key) if key else None
        connection.execute("SELECT set_config('gis.filing', %s, false)", [hashed.hex() if hashed else ""])
        yield connection


def _said() -> dict[str, str]:
    """What a filing is opened with."""
    said = {"workflow": "house_number", "state": "received", "channel": "online", "by": "(online)"}
    return said | {"code": new_code()}


def _both(connection: Connection, said: dict[str, str]) -> bool:
    """The key of a filing and its case."""
    connection.execute("INSERT INTO casework.filing VALUES (%s, casework.filing_key())", [said["code"]])
    return connection.execute(_OPEN, said).fetchone() is not None


def _count(connection: Connection, table: str) -> Any:
    row = connection.execute(f"SELECT count(*) FROM casework.{table}").fetchone()  # noqa: S608
    return row[0] if row else None


def test_the_public_inserts_and_reads_nothing(citizen: Citizen, office: Office) -> None:
    citizen.file()
    with connected_as(office.places, Role.PUBLIC) as connection:
        connection.execute("SET default_transaction_read_only = off")
        for table in TABLES:
            for statement in (
                f"SELECT 1 FROM casework.{table}",  # noqa: S608
                f"INSERT INTO casework.{table} DEFAULT VALUES",
                f"DELETE FROM casework.{table}",  # noqa: S608
            ):
                with pytest.raises(REFUSED):
                    connection.execute(statement.encode())
        for function in ("filing_key()", "filed(1)", "filing_open(1)"):
            with pytest.raises(REFUSED):
                connection.execute(f"SELECT casework.{function}".encode())
        for taken in (FILING_ROLE, "gis_app", "gis_permit"):
            with pytest.raises(REFUSED):
                connection.execute(f"SET ROLE {taken}".encode())


@pytest.mark.parametrize("role", sorted(STAFF))
def test_no_officer_takes_the_role_or_reads_a_key(citizen: Citizen, office: Office, role: Role) -> None:
    citizen.file()
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(f"SET ROLE {role.database_role}".encode())
        with pytest.raises(REFUSED):
            owner.execute("SELECT key_hash FROM casework.filing")
    with psycopg.connect(office.places.owner) as owner:
        member = owner.execute(
            "SELECT pg_has_role(%s, %s, 'MEMBER')", [role.database_role, FILING_ROLE]
        ).fetchone()
    assert member == (False,)


def test_without_a_key_nothing_is_seen_and_with_one_its_filing_alone(
    citizen: Citizen, office: Office
) -> None:
    mine, _ = citizen.file(), citizen.file(feature=office.parcels[1])
    office.open(feature=office.parcels[2])
    citizen.add(mine)
    for key in (None, new_key()):
        with _filing(office, key) as connection:
            for table in ("case_file", "journal", "document", "clock", "filing"):
                assert _count(connection, table) == 0, table
    with _filing(office, mine["key"]) as connection:
        assert _count(connection, "case_file") == 1
        assert _count(connection, "document") == 1
        assert _count(connection, "filing") == 1
        code = connection.execute("SELECT code FROM casework.case_file").fetchone()
        assert code == (mine["code"].replace("-", ""),)


def test_the_applicant_is_write_only(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    with _filing(office, filed["key"]) as connection:
        for statement in (
            "SELECT name FROM casework.applicant",
            "SELECT case_id FROM casework.applicant",
            "UPDATE casework.applicant SET name = 'x'",
            "DELETE FROM casework.applicant",
            "SELECT words FROM casework.note",
            "SELECT actor FROM casework.journal",
            "SELECT username FROM core.account",
            "SELECT holder_name FROM layer.parcel_owners",
            "SELECT id FROM layer.parcels",
            "INSERT INTO casework.note (case_id, by, words) VALUES (1, 'x', 'y')",
        ):
            with pytest.raises(REFUSED):
                connection.execute(statement.encode())


@pytest.mark.parametrize(
    "change",
    [
        "version = version + 1",
        "version = version",
        "state = 'issued'",
        "closed_at = now()",
        "unit_code = '28249'",
        "assigned_to = 'an'",
        "due_on = '2030-01-01'",
        "outcome = '{}'",
    ],
)
def test_it_moves_nothing(citizen: Citizen, office: Office, change: str) -> None:
    filed = citizen.file()
    with _filing(office, filed["key"]) as connection:
        assert connection.execute("SELECT id FROM casework.case_file FOR UPDATE").fetchall() != []
        with pytest.raises(REFUSED):
            connection.execute(f"UPDATE casework.case_file SET {change}".encode())  # noqa: S608
        for statement in (
            "DELETE FROM casework.case_file",
            "UPDATE casework.clock SET due_on = '2030-01-01'",
        ):
            with pytest.raises(REFUSED):
                connection.execute(statement.encode())
    assert citizen.case(filed)["version"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"channel": "counter"},
        {"by": "an"},
        {"state": "issued"},
        {"state": "checking"},
        {"workflow": "khong_co"},
    ],
)
def test_what_it_opens_is_online_at_its_beginning_and_says_so(
    office: Office, database: Any, change: dict[str, str]
) -> None:
    del database
    said = _said()
    with _filing(office, new_key()) as connection:
        with pytest.raises(REFUSED):
            connection.execute(_OPEN, said)  # no key is kept for it
        with connection.transaction(force_rollback=True):
            assert _both(connection, said)
        with pytest.raises(REFUSED), connection.transaction():
            _both(connection, said | change)


def test_a_workflow_that_is_not_online_is_not_opened(office: Office) -> None:
    said = _said()
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE casework.workflow SET online = false")
    try:
        with _filing(office, new_key()) as connection, pytest.raises(REFUSED), connection.transaction():
            _both(connection, said)
    finally:
        with psycopg.connect(office.places.owner) as owner:
            owner.execute("UPDATE casework.workflow SET online = true WHERE name = 'house_number'")


def test_a_key_made_up_for_a_case_of_the_counter_opens_nothing(office: Office) -> None:
    case = office.open()
    code = case["code"].replace("-", "")
    with _filing(office, new_key()) as connection, connection.transaction(force_rollback=True):
        connection.execute("INSERT INTO casework.filing VALUES (%s, casework.filing_key())", [code])
        for table in ("case_file", "journal", "document", "clock"):
            assert _count(connection, table) == 0, table


def test_papers_and_entries_go_to_the_own_filing_while_it_takes_them(
    citizen: Citizen, office: Office
) -> None:
    filed, other = citizen.file(), citizen.file(feature=office.parcels[1])
    paper = """INSERT INTO casework.document (case_id, kind, name, media_type, size_bytes, sha256, added_by)
               SELECT %s, 'land_paper', 'x', 'application/pdf', 1, decode(repeat('00', 32), 'hex'), %s"""
    entry = "INSERT INTO casework.journal (case_id, action, detail) VALUES (%s, %s, '{}')"
    with _filing(office, filed["key"]) as connection:
        mine = connection.execute("SELECT id FROM casework.case_file").fetchone()
        assert mine is not None
        theirs = 3 - mine[0]
        for statement, values in (
            (paper, [theirs, "(online)"]),
            (paper, [mine[0], "an"]),
            (entry, [theirs, "document.added"]),
            (entry, [mine[0], "case.moved"]),
            (entry, [mine[0], "note.written"]),
        ):
            with pytest.raises(REFUSED):
                connection.execute(statement, values)
        connection.execute(paper, [mine[0], "(online)"])
        office.moved(citizen.case(filed), "take_up")
        with pytest.raises(REFUSED):
            connection.execute(paper, [mine[0], "(online)"])
    assert len(citizen.case(other)["journal"]) == 1


def test_messages_go_to_nobody_s_address_and_notices_speak_of_the_own_case(
    citizen: Citizen, office: Office
) -> None:
    filed, other = citizen.file(), citizen.file(feature=office.parcels[1])
    notice = """INSERT INTO core.notice (kind, subject, unit_code, text_vi, text_en, roles)
                VALUES (%s, %s, %s, 'x', 'x', '{permit}')"""
    with _filing(office, filed["key"]) as connection:
        with pytest.raises(REFUSED):
            connection.execute(
                "INSERT INTO core.outbox (channel, recipient, content) VALUES ('mail', 'a@b.vn', '{}')"
            )
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("INSERT INTO core.outbox (channel, content) VALUES ('mail', '{}')")
        for kind, code in (("case_completed", other["code"]), ("delivery_failed", filed["code"])):
            with pytest.raises(REFUSED):
                connection.execute(notice, [kind, code.replace("-", ""), WARD])
        with pytest.raises(REFUSED):
            connection.execute("SELECT text_vi FROM core.notice")


def test_another_ward_sees_that_there_is_a_case_and_no_person(citizen: Citizen, office: Office) -> None:
    filed = citizen.file(helper={"name": "Trần Văn Hai", "agreed": "spoken"})
    assert citizen.case(filed, "binh")["hidden"] == ["applicant", "documents", "notes"]
    assert (
        office.get(f"/api/cases/{filed['code']}/applicant", "binh", reason="để gọi điện").status_code == 403
    )
    with connected_as(office.places, Role.PERMIT) as connection:
        connection.execute("SELECT set_config('gis.unit', %s, false)", [OTHER_WARD])
        assert connection.execute("SELECT helped_by FROM casework.applicant").fetchall() == []
