"""A citizen files without a sign-in: the ward follows from the ground, the clocks from the day it came."""

from datetime import datetime
from typing import Any

import psycopg
import pytest

from gis_platform.casework.journal import verify_journal
from tests.support.citizen import PERSON, Citizen
from tests.support.office import MONDAY, WARD, Office
from tests.support.problems import problem


def test_what_was_filed_is_a_case_of_the_ward_where_the_land_lies(citizen: Citizen, office: Office) -> None:
    answer = citizen.post(citizen.filing())
    assert answer.status_code == 201, answer.text
    assert "no-store" in answer.headers["cache-control"]
    filed = answer.json()
    assert filed["unit"] == {"code": WARD, "name": "Phường Mỹ Tho"}
    assert filed["place"] == "Thửa 41, tờ 12, Phường Mỹ Tho"
    assert filed["received_on"] == "2026-11-16"
    assert filed["tracking"].endswith(f"/ho-so/{filed['code']}")
    assert filed["qr"].startswith("<svg")
    case = citizen.case(filed)
    assert case["unit_code"] == WARD
    assert case["channel"] == "online"
    assert case["opened_by"] == "(online)"
    assert case["state"]["name"] == "received"
    assert case["due_on"] == filed["due_on"] is not None
    assert [clock["started_on"] for clock in case["clocks"]] == ["2026-11-16"] * 2
    first = case["journal"][0]
    assert (first["actor"], first["action"]) == ("(online)", "case.opened")
    assert first["detail"]["received_on"] == "2026-11-16"
    assert [clock["rule"]["verified"] for clock in filed["clocks"] if clock["due_on"]] == [False] * len(
        [clock for clock in filed["clocks"] if clock["due_on"]]
    )
    assert filed["key"] not in str(case)
    person = office.get(f"/api/cases/{filed['code']}/applicant", reason="để gọi điện").json()["applicant"]
    assert person == PERSON | {"helped_by": None, "agreed": None, "place_words": None}


def test_the_journal_of_a_filing_is_chained(citizen: Citizen, office: Office) -> None:
    filed = citizen.file()
    assert citizen.add(filed).status_code == 201
    with psycopg.connect(office.places.owner) as owner:
        assert verify_journal(owner, 1).seq == 2
        roles = owner.execute("SELECT DISTINCT role FROM casework.journal").fetchall()
    assert roles == [("gis_filing",)]


@pytest.mark.parametrize(
    ("moment", "received"), [("2026-11-16T23:50:00", "2026-11-16"), ("2026-11-22T10:00:00", "2026-11-22")]
)
def test_online_it_is_received_whenever_it_comes(
    citizen: Citizen, office: Office, moment: str, received: str
) -> None:
    office.at(datetime.fromisoformat(moment).replace(tzinfo=MONDAY.tzinfo))
    assert citizen.file()["received_on"] == received


def test_the_citizen_s_own_words_for_the_place_are_read_with_the_applicant_alone(
    citizen: Citizen, office: Office
) -> None:
    words = "Nhà ông Trần Văn Tư sau chợ, gọi 0907 654 321"
    filed = citizen.file(place=words)
    assert filed["place"] == citizen.seen(filed)["place"] == "Thửa 41, tờ 12, Phường Mỹ Tho"
    case = citizen.case(filed)
    assert case["place"] == filed["place"]
    listed = office.get("/api/cases/list.csv", "kien", workflow="house_number", list="open")
    assert listed.status_code == 200, listed.text
    assert filed["code"] in listed.text
    for text in (str(case), listed.text):
        assert "Trần Văn Tư" not in text
    address = f"/api/cases/{filed['code']}/applicant"
    assert office.get(address, reason="để tìm nhà").json()["applicant"]["place_words"] == words
    with psycopg.connect(office.places.owner) as owner:
        looked = owner.execute(
            "SELECT count(*) FROM core.audit_entry WHERE action = 'personal-data.read' AND subject = %s",
            [address.removeprefix("/api/")],
        ).fetchone()
    assert looked == (1,)


@pytest.mark.parametrize(
    "words", ["Cấp mới, gọi 0901234567", "0901 234 567", "(+84) 90-123.45.67", "CCCD 082190001234"]
)
def test_details_that_many_read_hold_no_telephone(citizen: Citizen, words: str) -> None:
    told = problem(citizen.post(citizen.filing(details={"purpose": words})), 400, "purpose")
    assert "số điện thoại" in told["detail_vi"]


@pytest.mark.parametrize("words", ["Cấp lại số 12/5 theo QĐ 15/2024, ngày 01/10/2025", "Tầng 1, 2, 3; 85 m2"])
def test_other_numbers_in_details_are_taken(citizen: Citizen, words: str) -> None:
    assert citizen.file(details={"purpose": words})["code"]


@pytest.mark.parametrize("agreed", ["signed", "spoken"])
def test_who_helped_and_how_that_was_agreed_to_is_shown_to_officers_alone(
    citizen: Citizen, office: Office, agreed: str
) -> None:
    helper = {"name": "Trần Văn Hai, tổ công nghệ số khu phố 3", "agreed": agreed}
    filed = citizen.file(helper=helper)
    told = office.get(f"/api/cases/{filed['code']}/applicant", reason="để gọi điện").json()["applicant"]
    assert told["helped_by"] == helper["name"]
    assert told["agreed"] == agreed
    case = citizen.case(filed)
    assert case["journal"][0]["detail"]["agreed"] == agreed
    assert "Trần Văn Hai" not in str(case)
    assert "Trần Văn Hai" not in str(citizen.seen(filed))
    tracked = office.get(f"/api/track/{filed['code']}", "").json()
    assert "Trần Văn Hai" not in str(tracked)


@pytest.mark.parametrize(
    ("helper", "named"),
    [
        ({"name": "Trần Văn Hai"}, "agreed"),
        ({"name": "Trần Văn Hai", "agreed": "có"}, "agreed"),
        ({"agreed": "signed"}, "name"),
        ({"name": "   ", "agreed": "signed"}, "name"),
    ],
)
def test_help_without_consent_is_no_filing(citizen: Citizen, helper: Any, named: str) -> None:
    assert named in problem(citizen.post(citizen.filing(helper=helper)), 400)["detail"]


def test_at_the_counter_help_is_recorded_the_same_way(office: Office) -> None:
    person = {"name": "Nguyễn Thị Đẹp", "helped_by": "Lê Thị Ba, bộ phận một cửa", "agreed": "spoken"}
    case = office.open(applicant=person)
    told = office.get(f"/api/cases/{case['code']}/applicant", reason="để gọi điện").json()["applicant"]
    assert (told["helped_by"], told["agreed"]) == ("Lê Thị Ba, bộ phận một cửa", "spoken")
    alone = {"name": "Nguyễn Thị Đẹp", "helped_by": "Lê Thị Ba"}
    problem(office.post("/api/cases", office.filing(applicant=alone)), 400, "agreed")
    alone = {"name": "Nguyễn Thị Đẹp", "agreed": "signed"}
    problem(office.post("/api/cases", office.filing(applicant=alone)), 400, "helped_by")


def test_one_more_on_the_same_lot_is_told_to_the_officer_and_not_to_the_public(
    citizen: Citizen, office: Office
) -> None:
    before = office.open()
    filed = citizen.file()
    elsewhere = citizen.file(feature=office.parcels[1])
    (told,) = citizen.case(filed)["alike"]
    assert (told["code"], told["state"], told["channel"]) == (before["code"], "Mới tiếp nhận", "counter")
    assert [one["code"] for one in office.read(before)["alike"]] == [filed["code"]]
    assert citizen.case(elsewhere)["alike"] == []
    assert before["code"] not in str(filed) + str(citizen.seen(filed))
    closed = office.moved(office.read(before), "withdraw", reason="Nộp trùng")
    assert closed["alike"] == []
    assert citizen.case(filed)["alike"] == []


def test_the_services_that_are_filed_on_line_tell_what_a_form_asks(citizen: Citizen) -> None:
    (service,) = (
        one
        for one in citizen.office.client.get("/api/filings").json()["services"]
        if one["workflow"] == "house_number"
    )
    assert service["title"] == "Cấp số nhà"
    assert [one["name"] for one in service["details"]] == ["purpose", "street"]
    # What the office makes is not asked of citizens.
    assert [one["name"] for one in service["documents"]] == ["application", "land_paper", "site_photo"]


def test_a_permit_is_filed_on_line_with_its_kind_and_dossier(citizen: Citizen) -> None:
    details = {"kind": "new", "use": "house"}
    filed = citizen.file(workflow="building_permit", details=details)
    told = citizen.seen(filed)
    assert [one["text"] for one in told["details"]] == ["Xây dựng mới", "Nhà ở riêng lẻ"]
    needed = [one["name"] for one in told["document_kinds"] if one["needed"]]
    assert needed == ["application", "land_paper", "drawings"]
    assert "decision" not in [one["name"] for one in told["document_kinds"]]
    assert citizen.add(filed, "drawings").status_code == 201
    problem(citizen.post(citizen.filing(workflow="building_permit", details={"use": "house"})), 400, "kind")
    # A revocation is the office's own.
    problem(citizen.post(citizen.filing(workflow="permit_revocation", details={})), 400, "workflow")


@pytest.mark.parametrize(
    ("change", "status", "parameter"),
    [
        ({"workflow": "khong_co"}, 400, "workflow"),
        ({"feature": None}, 400, "feature"),
        ({"feature": 999_999}, 404, "feature"),
        ({"feature": 0}, 400, None),
        ({"feature": 2**63}, 400, None),
        ({"feature": "1; DROP TABLE"}, 400, None),
        ({"details": {"la": "x"}}, 400, "details"),
        ({"details": {"purpose": "x" * 301}}, 400, "purpose"),
        ({"details": {"purpose": ["x"]}}, 400, None),
        ({"applicant": {}}, 400, None),
        ({"applicant": {"name": "  "}}, 400, None),
        ({"applicant": {"name": "A", "email": "không phải thư"}}, 400, None),
        ({"applicant": {"name": "A\0B"}}, 400, None),
        ({"applicant": {"name": "A", "helped_by": "B", "agreed": "signed"}}, 400, None),
        ({"applicant": None}, 400, None),
        ({"unit_code": "28249"}, 400, None),
        ({"channel": "counter"}, 400, None),
        ({"synthetic": False}, 400, None),
        ({"place": "x" * 301}, 400, None),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_of_it_stays(
    citizen: Citizen, office: Office, change: Any, status: int, parameter: str | None
) -> None:
    problem(citizen.post(citizen.filing(**change)), status, parameter)
    with psycopg.connect(office.places.owner) as owner:
        for table in ("case_file", "filing", "applicant", "journal"):
            assert owner.execute(f"SELECT count(*) FROM casework.{table}").fetchone() == (0,)  # noqa: S608


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"workflow": 1}', b'"x"'])
def test_a_body_that_is_none_is_told_so(office: Office, body: bytes) -> None:
    answer = office.client.post("/api/filings", content=body, headers={"Content-Type": "application/json"})
    problem(answer, 400)


def test_land_outside_every_ward_of_today_is_sent_to_the_desk(citizen: Citizen, office: Office) -> None:
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(
            "UPDATE layer.parcels SET geom = ST_Translate(geom, 2000, 0) WHERE id = %s", [office.parcels[0]]
        )
    told = problem(citizen.post(citizen.filing()), 409, "feature")
    assert "một cửa" in told["detail_vi"]


def test_each_refusal_has_words_in_the_language_asked_for(citizen: Citizen) -> None:
    told = problem(citizen.post(citizen.filing(feature=None), lang="en"), 400, "feature")
    assert told["detail"] == "Say which feature the filing is of."
    told = problem(citizen.post(citizen.filing(feature=None)), 400, "feature")
    assert told["detail"] == "Chưa chọn thửa đất của hồ sơ."


@pytest.mark.parametrize("feature", [True, "1", 1.0])
def test_what_is_filed_of_is_named_by_a_number(citizen: Citizen, feature: object) -> None:
    problem(citizen.post(citizen.filing(feature=feature)), 400, "feature")
