"""Whose case it is: by route, and by the database itself for whoever comes past the routes."""

from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import Role
from tests.support.acting import Connection, connected_as
from tests.support.office import GIVEN, OTHER_WARD, PDF, WARD, Office
from tests.support.problems import problem

REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def case(office: Office) -> Any:
    """A case of the ward that waits for its decision."""
    return office.proposed()


def _as(connection: Connection, unit: str) -> None:
    connection.execute("SELECT set_config('gis.unit', %s, false)", [unit])


@pytest.mark.parametrize("who", ["binh", "khong"])
def test_an_officer_of_another_ward_reads_the_case_and_decides_nothing(
    office: Office, case: Any, who: str
) -> None:
    seen = office.read(case, who)
    assert seen["moves"] == {"next": None, "others": [], "why_none": "unit"}
    assert seen["hidden"] == ["applicant", "documents", "notes"]
    assert seen["documents"] == seen["notes"] == []
    for move, more in (("issue", {}), ("refuse", {"reason": "x" * 9}), ("withdraw", {"reason": "x" * 9})):
        told = problem(office.move(case, move, who, **more), 403)
        assert WARD in told["detail_vi"]
    path = f"/api/cases/{case['code']}"
    problem(office.post(f"{path}/notes", {"words": "xin chào"}, who), 403)
    problem(office.post(f"{path}/assignment", {"to": "binh", "version": case["version"]}, who), 403)
    problem(office.get(f"{path}/applicant", who, reason="để gọi điện"), 403)
    problem(office.get(f"{path}/documents/1", who), 403)
    problem(office.add(case, "application", PDF, who=who), 403)
    many = {
        "move": "back_to_checking",
        "note": "Xem lại",
        "cases": [{"code": case["code"], "version": case["version"]}],
    }
    (outcome,) = office.post("/api/cases/moves", many, who).json()["outcomes"]
    assert (outcome["outcome"], outcome["problem"]["status"]) == ("refused", 403)
    assert office.read(case) == case | {"journal": case["journal"]}


def test_who_works_for_the_whole_city_decides(office: Office, case: Any) -> None:
    assert office.moved(case, "issue", "thanh", given=GIVEN)["state"]["name"] == "issued"


@pytest.mark.parametrize("who", ["kien", "dung"])
def test_a_reader_reads_and_moves_nothing(office: Office, case: Any, who: str) -> None:
    assert office.read(case, who)["state"]["name"] == "proposed"
    problem(office.move(case, "issue", who), 403)
    problem(office.get(f"/api/cases/{case['code']}/applicant", who, reason="để gọi điện"), 403)
    problem(office.post("/api/cases", office.filing(), who), 403)


def test_a_role_outside_finds_no_case(office: Office, case: Any) -> None:
    problem(office.get(f"/api/cases/{case['code']}", "oanh"), 404, "code")
    assert office.get("/api/cases", "oanh").json()["counts"]["open"] == 0
    assert office.get("/api/workflows", "oanh").json() == {"workflows": []}


@pytest.mark.parametrize(
    "path", ["", "/AAAA", "/AAAA/applicant?reason=abcdef", "/AAAA/documents/1", "/list.csv"]
)
def test_who_has_not_signed_in_is_asked_to(office: Office, path: str) -> None:
    problem(office.client.get(f"/api/cases{path}"), 401)


def test_each_look_at_a_person_is_written_down(office: Office, case: Any) -> None:
    path = f"/api/cases/{case['code']}"
    problem(office.get(f"{path}/applicant"), 400, "reason")
    told = office.get(f"{path}/applicant", reason="Gọi hẹn đo đạc").json()
    assert told["applicant"]["name"] == "Nguyễn Thị Đẹp"
    office.get(f"{path}/documents/1")
    office.get("/api/cases", q="dep")
    with psycopg.connect(office.places.owner) as owner:
        looked = owner.execute(
            "SELECT actor, subject, detail FROM core.audit_entry WHERE action = 'personal-data.read' ORDER "
            "BY seq"
        ).fetchall()
    assert [(actor, subject) for actor, subject, _ in looked] == [
        ("an", f"cases/{case['code']}/applicant"),
        ("an", f"cases/{case['code']}/documents/1"),
        ("an", "cases"),
    ]
    assert looked[0][2] == {"reason": "Gọi hẹn đo đạc"}
    assert "dep" not in str(looked[2][2])
    answers = [office.read(case).items(), office.get("/api/cases").json().items()]
    assert "Đẹp" not in str(answers)


def test_the_database_keeps_cases_to_their_unit(office: Office, case: Any) -> None:
    with connected_as(office.places, Role.PERMIT) as connection:
        for unit, seen in ((WARD, 1), ("*", 1), (OTHER_WARD, 0), ("", 0)):
            _as(connection, unit)
            for table in ("applicant", "document"):
                rows = connection.execute(f"SELECT count(*) FROM casework.{table}")  # noqa: S608
                assert rows.fetchone() == (seen,), (unit, table)
        _as(connection, OTHER_WARD)
        change = "UPDATE casework.case_file SET state = 'issued', closed_at = now(), version = version + 1"
        assert connection.execute(change).rowcount == 0
        assert connection.execute("UPDATE casework.clock SET due_on = '2030-01-01'").rowcount == 0
        assert connection.execute("SELECT * FROM casework.case_file FOR UPDATE").fetchall() == []
        with pytest.raises(REFUSED):
            connection.execute(
                "INSERT INTO casework.note (case_id, by, words) SELECT id, 'binh', 'x' FROM "
                "casework.case_file"
            )
        with pytest.raises(REFUSED):
            connection.execute(
                "INSERT INTO casework.journal (case_id, action, detail) "
                "SELECT id, 'case.moved', '{}' FROM casework.case_file"
            )
    assert office.read(case)["version"] == case["version"]


@pytest.mark.parametrize(
    "change",
    [
        "state = 'issued', closed_at = now()",  # no version counted on
        "state = 'issued', version = version + 1",  # an end that is none
        "state = 'received', version = version + 1",  # no such way
        "state = 'checking', closed_at = now(), version = version + 1",
        "version = version + 2",
        "unit_code = '28249', version = version + 1",
        "code = 'AAAAAAAAAAAA'",
        "place = 'nơi khác'",
        "opened_by = 'ai đó'",
    ],
)
def test_the_database_knows_the_moves(office: Office, case: Any, change: str) -> None:
    with connected_as(office.places, Role.PERMIT) as connection:
        _as(connection, WARD)
        with pytest.raises(REFUSED):
            connection.execute(f"UPDATE casework.case_file SET {change}")  # noqa: S608
    assert office.read(case)["state"]["name"] == "proposed"


def test_a_declared_move_passes_where_the_others_were_refused(office: Office, case: Any) -> None:
    del case
    with connected_as(office.places, Role.PERMIT) as connection:
        _as(connection, WARD)
        made = connection.execute(
            "UPDATE casework.case_file SET state = 'issued', closed_at = now(), version = version + 1"
        )
        assert made.rowcount == 1
        with pytest.raises(REFUSED):
            connection.execute("UPDATE casework.case_file SET closed_at = NULL, version = version + 1")


@pytest.mark.parametrize("table", ["journal", "note", "document"])
@pytest.mark.parametrize(
    "verb", ["UPDATE casework.{} SET case_id = case_id", "DELETE FROM casework.{}", "TRUNCATE casework.{}"]
)
def test_nobody_rewrites_what_was_written(office: Office, case: Any, table: str, verb: str) -> None:
    del case
    for role in (Role.PERMIT, Role.ADMIN):
        with connected_as(office.places, role) as connection, pytest.raises(REFUSED):
            connection.execute(verb.format(table).encode())
    # Not even the owner, who would first have to take the trigger away.
    with psycopg.connect(office.places.owner) as owner, pytest.raises(REFUSED):
        owner.execute(verb.format(table).encode())


def test_a_journal_entry_is_signed_by_the_database(office: Office, case: Any) -> None:
    del case
    with connected_as(office.places, Role.PERMIT) as connection:
        _as(connection, WARD)
        with pytest.raises(REFUSED):
            connection.execute(
                "INSERT INTO casework.journal (case_id, seq, at, actor, role, action, subject, detail, "
                "previous, hash) "
                "VALUES (1, 9, now(), 'ai khác', 'gis_permit', 'case.moved', 'x', '{}', "
                "decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'))"
            )


def test_the_public_reads_no_table_of_cases(office: Office, case: Any) -> None:
    del case
    with connected_as(office.places, Role.PUBLIC) as connection:
        for table in ("case_file", "applicant", "journal", "note", "document", "clock", "pause", "workflow"):
            with pytest.raises(REFUSED):
                connection.execute(f"SELECT count(*) FROM casework.{table}")  # noqa: S608


def test_a_case_is_taken_in_by_the_ward_where_its_ground_lies_alone(office: Office) -> None:
    for who, unit in (("binh", OTHER_WARD), ("thanh", OTHER_WARD)):
        answer = office.post("/api/cases", office.filing(unit_code=unit), who)
        told = problem(answer, 403, "unit_code")
        assert (told["unit_code"], told["unit_name"]) == (WARD, "Phường Mỹ Tho")
        assert "Phường Mỹ Tho" in told["detail_vi"]
    assert office.get("/api/cases", "thanh", unit="*").json()["counts"]["open"] == 0
    assert office.open("thanh")["unit_code"] == WARD
    with office.no_ward_known():
        assert office.open("binh", unit_code=OTHER_WARD)["unit_code"] == OTHER_WARD
