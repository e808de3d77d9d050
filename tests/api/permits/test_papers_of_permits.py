"""The paper of a permit: frozen, one at most holds, and anybody with its code sees what has become of it."""

from datetime import date
from typing import Any

import psycopg
import pytest

from gis_platform.casework.codes import new_code
from tests.api.permits.test_register_of_permits import ZONE
from tests.api.permits.test_way_of_a_permit import rows
from tests.support.extracts import pages_of
from tests.support.office import Office
from tests.support.permit_desk import DESPITE, SIGNED, building, checked, handed, issued
from tests.support.problems import problem

PAPERS = "/api/permits/papers"


@pytest.fixture
def code(office: Office) -> str:
    """The code of a permit that was issued."""
    return str(issued(office)["outcome"]["paper"])


def test_the_sheet_says_what_a_permit_must_say_and_names_nobody(office: Office, code: str) -> None:
    sheet = office.get(f"{PAPERS}/{code}.pdf", "")
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "application/pdf")
    (said,) = pages_of(sheet.content)
    for words in (
        *(
            "GIẤY PHÉP XÂY DỰNG",
            "15/GPXD",
            code,
            "PHƯỜNG MỸ THO",
            "Cốt nền xây dựng",
            "Mật độ xây dựng",
            "48 %",
        ),
        *(
            "Hệ số sử dụng đất",
            "Diện tích xây dựng tầng 1",
            "96 m²",
            "Tổng diện tích sàn",
            "288 m²",
            "11,5 m",
        ),
        *("16/11/2027", "PHÓ CHỦ TỊCH", "Chỉ giới, khoảng lùi", "chưa đối chiếu với mẫu", "tờ bản đồ số 12"),
    ):
        assert words in said, words
    assert "HẾT HIỆU LỰC" not in said
    assert office.get(f"{PAPERS}/{code}.pdf", "").content == sheet.content
    for text in (said, office.get(f"{PAPERS}/{code}", "").text, office.get(f"/giay-phep/{code}", "").text):
        assert SIGNED["signer"] not in text
        assert "Nguyễn Thị Đẹp" not in text


def test_what_was_printed_stays_and_its_hash_with_it(office: Office, code: str) -> None:
    before = office.get(f"{PAPERS}/{code}", "").json()
    assert office.get(f"{PAPERS}/{code.lower().replace('-', ' ')}", "").json() == before
    assert len(before["sha256"]) == 64
    assert {"lot", "footprint", "rules", "lines", "document"} <= set(before)
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("UPDATE layer.building_permits SET floors = 9")
    told = office.get(f"{PAPERS}/{code}", "").json()
    assert (told["state"], told["floors"], told["sha256"]) == ("superseded", 3, before["sha256"])
    (said,) = pages_of(office.get(f"{PAPERS}/{code}.pdf", "").content)
    assert "THAY THẾ" in said
    for statement in (
        "UPDATE permits.paper SET content = '{}'",
        "UPDATE permits.paper SET ended_at = NULL, ended_why = NULL",
        "DELETE FROM permits.paper",
    ):
        with (
            psycopg.connect(office.places.owner) as owner,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            owner.execute(statement)


@pytest.mark.parametrize("change", ["height_m = 20", "parcel_id = NULL", "geom = ST_Translate(geom, 1, 0)"])
def test_whatever_changes_the_permit_ends_its_paper(office: Office, code: str, change: str) -> None:
    stored = code.replace("-", "")
    with psycopg.connect(office.places.owner) as owner:
        ended = "SELECT ended_why FROM permits.paper WHERE code = %s"
        owner.execute("UPDATE layer.building_permits SET started_on = issued_on, address = 'khác'")
        assert owner.execute(ended, [stored]).fetchone() == (None,)
        owner.rollback()
        owner.execute(f"UPDATE layer.building_permits SET {change}")  # noqa: S608
        assert owner.execute(ended, [stored]).fetchone() == ("changed",)
        owner.rollback()
        owner.execute("DELETE FROM layer.building_permits")
        assert owner.execute(ended, [stored]).fetchone() == ("removed",)
        owner.rollback()


def test_two_papers_never_hold_for_one_permit(office: Office) -> None:
    issued(office)
    (permit,) = rows(office, "id")
    again = (
        "INSERT INTO permits.paper (code, permit_id, content, signer, made_by) "
        "VALUES (%s, %s, '{}', 'x', 'x')"
    )
    with psycopg.connect(office.places.owner) as owner, pytest.raises(psycopg.errors.UniqueViolation):
        owner.execute(again, [new_code(), permit[0]])


def test_a_permit_that_was_not_begun_in_time_has_expired(office: Office, code: str) -> None:
    office.on(date(2027, 11, 16))
    assert office.get(f"{PAPERS}/{code}", "").json()["state"] == "valid"
    office.on(date(2027, 11, 17))
    told: dict[str, Any] = office.get(f"{PAPERS}/{code}", "", lang="en").json()
    assert (told["state"], told["valid"]) == ("expired", False)
    assert "2027-11-16" in told["state_told"]
    (said,) = pages_of(office.get(f"{PAPERS}/{code}.pdf", "").content)
    assert "ĐÃ HẾT HIỆU LỰC" in said


def test_what_is_no_code_and_what_nothing_has(office: Office) -> None:
    for path in (PAPERS, "/giay-phep"):
        problem(office.get(f"{path}/abc", ""), 400, "code")
        assert office.get(f"{path}/{new_code()}", "").status_code == 404
    told = [office.get(f"{PAPERS}/{new_code()}", "").status_code for _ in range(130)]
    assert (told[0], told[-1]) == (404, 429)


def test_the_paper_says_how_its_rules_are_known_and_which_lines_failed(office: Office) -> None:
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(ZONE, {"code": "ODT", "x0": 566_000, "x1": 568_000})
    case = checked(office)
    handed(office, case, building(inset=0.1, floors=2))
    case = office.moved(office.read(case), "propose", given=DESPITE)
    code = office.moved(case, "issue", given=SIGNED)["outcome"]["paper"]
    told = office.get(f"{PAPERS}/{code}", "").json()
    with psycopg.connect(office.places.owner) as owner:
        (answer,) = owner.execute("SELECT answer FROM permits.submission").fetchone() or ({},)
        held = [line for line in answer["lines"] if line["rule"] and line["outcome"] != "cannot_decide"]
        (why,) = owner.execute("SELECT outcome ->> 'why_despite' FROM casework.case_file").fetchone() or ("",)
    assert {(one["document"], one["article"]) for one in told["rules"]} == {
        (line["rule"]["document"], line["rule"]["article"]) for line in held
    }
    assert not any(one["article"] in ("Điều 44", "Điều 43 khoản 2 điểm g") for one in told["rules"])
    assert told["rules"], "Table 2.8 decided"
    failed = [line for line in answer["lines"] if line["outcome"] == "fail"]
    assert "density" in told["failed"]
    assert told["failed"] == list(dict.fromkeys(line["code"] for line in failed))
    assert told["in_spite"] is True
    (sheet,) = pages_of(office.get(f"{PAPERS}/{code}.pdf", "").content)
    page = office.get(f"/giay-phep/{code}", "").text
    for text in (" ".join(sheet.split()), page):
        assert "(chưa kiểm chứng" in text
        assert f"Mục không đạt: {', '.join(told['failed_titles'])}." in text
        assert why not in text
    for one in told["rules"]:
        assert (one["verified"], one["state"].partition(",")[0]) == (False, "chưa kiểm chứng")
        assert f"{one['document']}, {one['article']} (chưa kiểm chứng" in " ".join(sheet.split())
    english = office.get(f"{PAPERS}/{code}", "", lang="en").json()
    assert english["rules"][0]["state"].startswith("not verified")


def test_a_paper_of_before_tells_its_rules_as_not_verified(office: Office, code: str) -> None:
    with psycopg.connect(office.places.owner) as owner:
        owner.execute(
            "ALTER TABLE permits.paper DISABLE TRIGGER as_printed; UPDATE permits.paper SET content = "
            'content - \'failed\' - \'in_spite\' || \'{"rules": [{"document": "QCVN", "article": "1"}]}\'; '
            "ALTER TABLE permits.paper ENABLE TRIGGER as_printed"
        )
    assert office.get(f"{PAPERS}/{code}", "").json()["failed_titles"] == []
    (sheet,) = pages_of(office.get(f"{PAPERS}/{code}.pdf", "").content)
    for text in (sheet, office.get(f"/giay-phep/{code}", "").text):
        assert "QCVN, 1 (chưa kiểm chứng)" in text
        assert "Mục không đạt" not in text
