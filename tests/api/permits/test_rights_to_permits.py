"""Who sees and does what: by route, and by the database itself for whoever comes past the routes."""

import json
from typing import Any

import psycopg
import pytest

from gis_platform.access.roles import Role
from tests.api.permits.test_way_of_a_permit import rows
from tests.support.acting import Connection, connected_as
from tests.support.office import OTHER_WARD, WARD, Office, all_at_once
from tests.support.permit_desk import SIGNED, building, checked, handed, issued, path, proposed
from tests.support.problems import problem

REFUSED = psycopg.errors.InsufficientPrivilege


def _as(connection: Connection, unit: str) -> None:
    connection.execute("SELECT set_config('gis.unit', %s, false)", [unit])


@pytest.mark.parametrize(
    ("who", "status"), [("", 401), ("binh", 403), ("kien", 403), ("dung", 403), ("oanh", 403)]
)
def test_a_building_is_the_business_of_its_own_ward(office: Office, who: str, status: int) -> None:
    case = checked(office)
    handed(office, case, building())
    problem(office.post(path(case), building(), who), status)
    problem(office.get(path(case), who), status)
    with psycopg.connect(office.places.owner) as owner:
        assert owner.execute("SELECT count(*) FROM permits.submission").fetchone() == (1,)


def test_who_works_for_the_whole_city_does_it_all(office: Office) -> None:
    case = proposed(office, who="thanh")
    office.moved(case, "issue", "thanh", given=SIGNED)
    assert rows(office, "unit_code") == [(WARD,)]


def test_another_ward_issues_nothing(office: Office) -> None:
    case = proposed(office)
    problem(office.move(case, "issue", "binh", given=SIGNED), 403)
    problem(office.move(case, "issue", "kien", given=SIGNED), 403)
    # Nor does a case of its own ward on a lot of this one.
    asked: dict[str, Any] = {
        "workflow": "building_permit",
        "unit_code": OTHER_WARD,
        "feature": office.parcels[1],
        "details": {"kind": "extension", "use": "house", "permit": "15/GPXD"},
    }
    told = problem(office.post("/api/cases", office.filing(**asked), "binh"), 403, "unit_code")
    assert "Phường Mỹ Tho" in told["detail_vi"]
    # Nor one that was taken in while nobody knew.
    with office.no_ward_known():
        own = office.open("binh", **asked)
    own = office.moved(own, "take_up", "binh")
    for paper in ("application", "old_permit"):
        office.add(own, paper, b"%PDF-1.7\n%%EOF\n", who="binh")
    told = problem(office.move(office.read(own, "binh"), "propose", "binh"), 403, "feature")
    assert WARD in told["detail_vi"]
    assert rows(office) == []


def test_the_database_keeps_buildings_and_permits_to_their_unit(office: Office) -> None:
    case = checked(office)
    handed(office, case, building())
    issued(office, 2)
    change = json.dumps({"id": rows(office, "id")[0][0], "state": "revoked", "unit_code": OTHER_WARD})
    write = "SELECT permits.write_permit(CAST(%s AS jsonb), NULL)"
    with connected_as(office.places, Role.PERMIT) as connection:
        for unit, seen in ((WARD, 2), ("*", 2), (OTHER_WARD, 0), ("", 0)):
            _as(connection, unit)
            found = connection.execute("SELECT count(*) FROM permits.submission").fetchone()
            assert found == (seen,), unit
        connection.commit()
        for unit in (OTHER_WARD, ""):
            _as(connection, unit)
            with pytest.raises(REFUSED):
                connection.execute(write, [change])
            connection.rollback()
    for role in (Role.PUBLIC, Role.AUDITOR, Role.PLANNER):
        with connected_as(office.places, role) as connection:
            for statement in (
                "SELECT count(*) FROM permits.submission",
                "SELECT signer FROM permits.paper",
                "SELECT content FROM permits.paper",
                "UPDATE layer.building_permits SET state = 'revoked'",
                f"SELECT permits.write_permit('{change}', NULL)",
                "SELECT permits.give_paper('222222222222', 1, '{}', 'x', 'x')",
            ):
                with pytest.raises(REFUSED):
                    connection.execute(statement)
                connection.rollback()
    assert rows(office, "state") == [("valid",)]


def test_the_case_of_a_permit_is_told_to_staff_alone(office: Office) -> None:
    case = issued(office)
    items = "/ogc/collections/building_permits/items"
    shown = office.get(items, "")
    assert shown.json()["hidden"] == ["case_code"]
    for text in (shown.text, office.get(f"/giay-phep/{case['outcome']['paper']}", "").text):
        assert case["code"] not in text
        assert case["code"].replace("-", "") not in text
    assert office.get(items, "kien").json()["features"][0]["properties"]["case_code"] == case["code"].replace(
        "-", ""
    )


def test_who_signed_is_told_to_officers_and_each_look_is_written_down(office: Office) -> None:
    code = issued(office)["outcome"]["paper"]
    signer = f"/api/permits/papers/{code}/signer"
    problem(office.get(signer, "", reason="Đối chiếu chữ ký"), 401)
    problem(office.get(signer, "kien", reason="Đối chiếu chữ ký"), 403)
    problem(office.get(signer), 400, "reason")
    assert office.get(signer, reason="Đối chiếu chữ ký").json() == {"signer": SIGNED["signer"]}
    with psycopg.connect(office.places.owner) as owner:
        looked = owner.execute(
            "SELECT actor, subject, detail FROM core.audit_entry WHERE action = 'personal-data.read' "
            "AND subject LIKE '%/signer'"
        ).fetchall()
    assert looked == [("an", f"permits/papers/{code}/signer", {"reason": "Đối chiếu chữ ký"})]


def test_of_twenty_who_issue_one_case_one_does(office: Office) -> None:
    case = proposed(office)
    for name in ("an", "chi", "thanh"):
        office.who(name)

    def call(number: int) -> Any:
        given = SIGNED | {"document": f"{number}/GPXD"}
        return office.move(case, "issue", ("an", "chi", "thanh")[number % 3], given=given)

    answers = all_at_once([lambda n=n: call(n) for n in range(1, 21)])
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19
    assert len(rows(office)) == 1
    with psycopg.connect(office.places.owner) as owner:
        assert owner.execute("SELECT count(*) FROM permits.paper").fetchone() == (1,)


def test_of_twenty_permits_on_one_ground_one_is_issued(office: Office) -> None:
    """Twenty cases of one lot, each decided by itself: the second finds the ground taken."""
    cases = [proposed(office) for _ in range(20)]

    def call(case: Any, number: int) -> Any:
        return office.move(case, "issue", given=SIGNED | {"document": f"{number}/GPXD"})

    answers = all_at_once([lambda c=c, n=n: call(c, n) for n, c in enumerate(cases, 1)])
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19
    told = [answer.json()["parameter"] for answer in answers if answer.status_code == 409]
    assert told == ["why_overlap"] * 19
    assert len(rows(office)) == 1
