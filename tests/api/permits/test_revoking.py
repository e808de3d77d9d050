"""A revocation is a case of its own: its last move takes the permit back, and its paper with it."""

from typing import Any

import psycopg

from tests.api.permits.test_way_of_a_permit import rows
from tests.support.accounts import audited
from tests.support.office import PDF, Office
from tests.support.permit_desk import SIGNED, issued, proposed
from tests.support.problems import problem

DECISION = {"document": "20/QĐ-UBND"}


def _case(office: Office) -> Any:
    with psycopg.connect(office.places.owner) as owner:
        row = owner.execute("SELECT id FROM layer.building_permits").fetchone()
    assert row is not None
    return office.open(
        workflow="permit_revocation",
        feature=row[0],
        place="Giấy phép 15/GPXD",
        details={"finding": "7/KL-TTr", "grounds": "Cấp không đúng quy định"},
    )


def _proposed(office: Office) -> Any:
    case = _case(office)
    assert office.add(case, "finding", PDF).status_code == 201
    return office.moved(office.read(case), "propose")


def test_the_last_move_revokes_the_permit_and_its_paper(office: Office) -> None:
    permit = issued(office)
    case = _case(office)
    (clock,) = case["clocks"]
    assert (clock["days"], clock["counts"]) == (10, "working")
    assert (clock["rule"]["article"], clock["rule"]["verified"]) == ("Điều 65", False)
    problem(office.move(case, "propose"), 409, "documents")
    office.add(case, "finding", PDF)
    case = office.moved(office.read(case), "propose")
    problem(office.move(case, "revoke"), 400, "document")
    problem(office.move(case, "revoke", given={"document": "của ông A"}), 400, "document")
    paper = f"/api/permits/papers/{permit['outcome']['paper']}"
    assert office.get(paper, "").json()["state"] == "valid"
    case = office.moved(case, "revoke", given=DECISION)
    assert rows(office, "permit_no, state") == [("15/GPXD", "revoked")]
    told = office.get(paper, "").json()
    assert (told["state"], told["valid"]) == ("revoked", False)
    assert "thu hồi" in office.get(f"/giay-phep/{permit['outcome']['paper']}", "").text
    assert case["outcome"]["document"] == "20/QĐ-UBND"
    assert [one for one in audited(office.places) if one[1] == "building-permit.revoked"]
    # The ground is free for another, and there is nothing to revoke twice.
    office.moved(proposed(office), "issue", given=SIGNED | {"document": "16/GPXD"})


def test_what_is_revoked_is_not_revoked_again(office: Office) -> None:
    issued(office)
    first, second = _proposed(office), _proposed(office)
    office.moved(first, "revoke", given=DECISION)
    second = office.read(second)
    version = problem(office.move(second, "revoke", given=DECISION), 409)["subject_version"]
    again = office.move(second, "revoke", given=DECISION, confirm_subject_version=version)
    assert "bị thu hồi" in problem(again, 409, "permit")["detail_vi"]


def test_a_permit_that_is_kept_stays_as_it_is(office: Office) -> None:
    permit = issued(office)
    office.moved(_case(office), "keep", reason="Đã khắc phục xong")
    assert rows(office, "permit_no, state") == [("15/GPXD", "valid")]
    assert office.get(f"/api/permits/papers/{permit['outcome']['paper']}", "").json()["valid"] is True


def test_another_ward_revokes_nothing(office: Office) -> None:
    issued(office)
    case = _proposed(office)
    problem(office.move(case, "revoke", "binh", given=DECISION), 403)
    # Nor by a case of its own ward on a permit of this one.
    asked: dict[str, Any] = {
        "workflow": "permit_revocation",
        "unit_code": "28249",
        "feature": rows(office, "id")[0][0],
        "details": {"finding": "7/KL-TTr", "grounds": "Không rõ"},
    }
    told = problem(office.post("/api/cases", office.filing(**asked), "binh"), 403, "unit_code")
    assert "Phường Mỹ Tho" in told["detail_vi"]
    # Nor one that was taken in while nobody knew.
    with office.no_ward_known():
        own = office.open("binh", **asked)
    office.add(own, "finding", PDF, who="binh")
    told = problem(office.move(office.read(own, "binh"), "propose", "binh"), 403)
    assert "28261" in told["detail_vi"]
    assert rows(office, "state") == [("valid",)]
