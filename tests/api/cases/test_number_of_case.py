"""The steps of an application keep, give and let go the number itself, or do nothing at all."""

from typing import Any

import psycopg
import pytest

from tests.support.office import GIVEN, PDF, Office, all_at_once
from tests.support.problems import problem


def _numbers(office: Office) -> list[tuple[Any, ...]]:
    with psycopg.connect(office.places.owner) as owner:
        return owner.execute(
            "SELECT address, state, parcel_id, document FROM layer.house_numbers ORDER BY id"
        ).fetchall()


def _checked(office: Office, parcel: int = 0) -> Any:
    """A case that only waits for the number."""
    case = office.moved(office.open(feature=office.parcels[parcel]), "take_up")
    assert office.add(case, "application", PDF).status_code == 201
    return office.read(case)


def test_the_number_proposed_is_kept_and_then_given(office: Office) -> None:
    proposed = office.get("/api/house-numbers/propose", "", parcel=office.parcels[0]).json()
    case = office.moved(_checked(office), "propose")
    lot, code = office.parcels[0], case["code"]
    assert _numbers(office) == [(proposed["address"], "reserved", lot, None)]
    # The code by which a case is followed is the applicant's alone.
    shown = office.get("/ogc/collections/house_numbers/items", "").text
    assert proposed["address"] in shown
    assert code not in shown
    assert case["outcome"]["address"] == proposed["address"]
    assert case["outcome"]["as_proposed"] is True
    problem(office.move(case, "issue"), 400, "document")
    named = {"document": "15/QĐ-UBND ông Trần Văn B 0912345678"}
    assert "công khai" in problem(office.move(case, "issue", given=named), 400, "document")["detail_vi"]
    case = office.moved(case, "issue", given=GIVEN)
    assert _numbers(office) == [(proposed["address"], "issued", lot, GIVEN["document"])]
    assert case["outcome"]["document"] == GIVEN["document"]
    paper = next(one for one in case["results"] if one["name"] == "certificate")
    assert paper["link"] == f"/so-nha/{paper['text']}"
    assert proposed["address"] in office.get(paper["link"], "").text
    assert case["journal"][-1]["detail"]["result"]["address"] == proposed["address"]


def test_another_number_needs_a_reason_and_takes_the_place_of_the_first(office: Office) -> None:
    case = _checked(office)
    problem(office.move(case, "propose", given={"number": "99"}), 400, "reason")
    assert _numbers(office) == []
    assert office.read(case)["state"]["name"] == "checking"
    because = {"number": "99", "why_not_proposed": "Nhà đã gắn số 99 từ trước"}
    case = office.moved(case, "propose", given=because)
    assert case["outcome"]["as_proposed"] is False
    case = office.moved(case, "back_to_checking", note="Lấy số theo đề xuất")
    case = office.moved(case, "propose")
    assert [state for _, state, _, _ in _numbers(office)] == ["reserved"]
    assert case["outcome"]["as_proposed"] is True


@pytest.mark.parametrize("move", ["refuse", "withdraw"])
def test_what_is_refused_or_withdrawn_keeps_no_number(office: Office, move: str) -> None:
    case = office.moved(_checked(office), "propose")
    address = case["outcome"]["address"]
    reserved = office.get("/api/planning/lookup", "", address=address).json()
    assert any("chưa cấp" in notice for notice in reserved["notices"])
    case = office.moved(case, move, reason="Người nộp thôi đề nghị")
    assert _numbers(office) == []
    assert "house_number" not in case["outcome"]
    # It was nobody's: no address of it is told as a number of before.
    problem(office.get("/api/planning/lookup", "", address=address), 404)
    # The next one on the lot gets that very number.
    assert office.moved(_checked(office), "propose")["outcome"]["address"] == address


def test_a_number_that_the_city_kept_for_the_lot_stays_kept(office: Office) -> None:
    lot = office.parcels[0]
    body = {"parcel": lot, "state": "reserved"}
    kept = office.post("/api/house-numbers", body).json()
    case = office.moved(_checked(office), "propose")
    assert case["outcome"]["house_number"] == kept["id"]
    # A second application for the lot does not get it too, and does not undo it.
    other = _checked(office)
    told = problem(office.move(other, "propose"), 409, "number")
    assert case["code"] in told["detail_vi"]
    office.moved(case, "withdraw", reason="Người nộp thôi đề nghị")
    assert [(state, parcel) for _, state, parcel, _ in _numbers(office)] == [("reserved", lot)]
    assert office.moved(office.read(other), "propose")["outcome"]["house_number"] == kept["id"]


def test_no_two_cases_keep_one_number(office: Office) -> None:
    cases = [_checked(office, place) for place in range(3)]
    because = {"number": "7", "why_not_proposed": "Theo sổ cũ của phường"}
    calls = [lambda case=case: office.move(case, "propose", given=because) for case in cases]
    answers = all_at_once(calls)
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert [address for address, *_ in _numbers(office)] == ["7 Hùng Vương"]
    assert sorted(office.read(case)["state"]["name"] for case in cases) == [
        "checking",
        "checking",
        "proposed",
    ]


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ({"number": "số mười hai"}, "number"),
        ({"number": "12", "street": "Không Có", "why_not_proposed": "x"}, "street"),
        ({"colour": "xanh"}, "given"),
        ({"number": "1" * 61}, "number"),
    ],
)
def test_what_cannot_be_read_moves_nothing(office: Office, given: dict[str, str], parameter: str) -> None:
    case = _checked(office)
    answer = office.move(case, "propose", given=given)
    assert answer.status_code in (400, 404), answer.text
    told = problem(answer, answer.status_code, parameter)
    assert told["detail_vi"]
    assert office.read(case)["version"] == case["version"]
    assert _numbers(office) == []


def test_a_street_without_direction_is_named_by_the_officer(office: Office) -> None:
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM numbering.axis")
    case = _checked(office)
    told = problem(office.move(case, "propose"), 400, "street")
    assert "chiều" in told["detail_vi"]
    given = {"number": "12", "street": "hung vuong", "why_not_proposed": "Đường chưa xác định chiều"}
    assert office.moved(case, "propose", given=given)["outcome"]["address"] == "12 Hùng Vương"


def test_such_a_step_is_made_on_one_case_at_a_time(office: Office) -> None:
    case = _checked(office)
    many = {"move": "propose", "cases": [{"code": case["code"], "version": case["version"]}]}
    (outcome,) = office.post("/api/cases/moves", many).json()["outcomes"]
    assert (outcome["outcome"], outcome["problem"]["status"]) == ("refused", 400)
    assert "từng hồ sơ" in outcome["problem"]["detail_vi"]
    assert _numbers(office) == []


def test_a_lot_that_is_gone_gets_no_number(office: Office) -> None:
    case = _checked(office)
    with psycopg.connect(office.places.owner) as owner:
        owner.execute("DELETE FROM layer.parcels WHERE id = %s", [office.parcels[0]])
    version = problem(office.move(case, "propose"), 409)["subject_version"]
    told = problem(office.move(case, "propose", confirm_subject_version=version), 400, "feature")
    assert "thửa đất" in told["detail_vi"]
