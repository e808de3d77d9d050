"""The whole way of a case over HTTP: counter, check, supplement, proposal, decision."""

from datetime import date

import psycopg
import pytest

from gis_platform.casework.journal import verify_journal
from tests.support.office import GIVEN, PDF, WARD, Office
from tests.support.problems import problem


def test_from_the_counter_to_the_number(office: Office) -> None:
    case = office.open()
    assert case["state"]["name"] == "received"
    assert case["moves"]["next"]["name"] == "take_up"
    assert case["due_on"] == "2026-12-01"
    case = office.moved(case, "take_up", note="Đã gọi người nộp.")
    problem(office.move(case, "propose"), 409, "documents")
    assert office.add(case, "application", PDF).status_code == 201
    case = office.moved(office.read(case), "propose")
    assert [move["name"] for move in case["moves"]["others"]] == ["back_to_checking", "refuse", "withdraw"]
    case = office.moved(case, "issue", given=GIVEN)
    assert case["state"] == {"name": "issued", "title": "Đã cấp số nhà", "waits": False, "ends": True}
    assert case["moves"] == {"next": None, "others": [], "why_none": "closed"}
    assert case["due_on"] is None
    assert {clock["stopped_on"] for clock in case["clocks"]} == {"2026-11-16"}
    told = [(entry["action"], entry["detail"].get("to")) for entry in case["journal"]]
    assert told == [
        ("case.opened", "received"),
        ("note.written", None),
        ("case.moved", "checking"),
        ("document.added", None),
        ("case.moved", "proposed"),
        ("case.moved", "issued"),
    ]
    assert [note["words"] for note in case["notes"]] == ["Đã gọi người nộp."]
    assert {entry["actor"] for entry in case["journal"]} == {"an"}


def test_two_clocks_stand_still_while_the_applicant_adds(office: Office) -> None:
    case = office.moved(office.open(), "take_up")
    limit, target = case["clocks"]
    assert (limit["days"], limit["due_on"]) == (15, "2026-12-08")
    assert (target["days"], target["due_on"]) == (10, "2026-12-01")
    assert limit["rule"]["verified"] is False
    office.on(date(2026, 11, 18))
    problem(office.move(case, "ask_supplement"), 400, "reason")
    case = office.moved(case, "ask_supplement", reason="Thiếu bản sao giấy chứng nhận")
    assert case["state"]["waits"] is True
    limit, target, added = case["clocks"]
    assert (limit["paused"], limit["due_on"], limit["used"]) == (True, None, 2)
    assert (added["days"], added["counts"], added["due_on"]) == (30, "calendar", "2026-12-18")
    assert case["due_on"] == "2026-12-18"
    office.on(date(2026, 11, 23))
    case = office.moved(case, "supplemented")
    limit, target, added = case["clocks"]
    # Two of fifteen days were counted before; the others begin on the 24th, which is held to be a day off.
    assert limit["due_on"] == "2026-12-11"
    assert target["due_on"] == "2026-12-04"
    passed = [day["day"] for day in limit["working"] if day["reason"] == "paused"]
    assert passed == ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"]
    pause = {"from_on": "2026-11-18", "until_on": "2026-11-23", "reason": "Thiếu bản sao giấy chứng nhận"}
    assert limit["pauses"] == target["pauses"] == [pause]
    assert added["stopped_on"] == "2026-11-23"
    # A second supplement goes on with the time that is left of the thirty days.
    office.on(date(2026, 11, 25))
    case = office.moved(case, "ask_supplement", reason="Ảnh chưa rõ")
    assert case["clocks"][2]["due_on"] == "2026-12-21"


def test_where_no_rule_is_loaded_nothing_is_due_and_why_is_told(office: Office) -> None:
    """In a year before the circular, say, or in a city whose profile names no such rules."""
    office.on(date(2024, 10, 1))
    case = office.open()
    assert case["due_on"] is None
    assert [clock["due_on"] for clock in case["clocks"]] == [None, None]
    assert "chưa được nạp" in case["clocks"][0]["rule"]["missing"]
    assert office.moved(case, "take_up")["state"]["name"] == "checking"


def test_a_filing_after_hours_counts_as_of_the_next_day(office: Office) -> None:
    office.at(office.client.app.state.clock.now().replace(hour=17, minute=30))  # type: ignore[attr-defined]
    case = office.open()
    assert {clock["started_on"] for clock in case["clocks"]} == {"2026-11-17"}
    online = office.open(channel="online", feature=office.parcels[1])
    assert {clock["started_on"] for clock in online["clocks"]} == {"2026-11-16"}


def test_a_refusal_says_why_and_an_end_is_an_end(office: Office) -> None:
    case = office.proposed()
    problem(office.move(case, "refuse", reason="   "), 400, "reason")
    case = office.moved(case, "refuse", reason="Thửa đất chưa đủ điều kiện")
    assert case["journal"][-1]["detail"]["reason"] == "Thửa đất chưa đủ điều kiện"
    told = problem(office.move(case, "issue"), 409, "move")
    assert "Không cấp" in told["detail_vi"]


@pytest.mark.parametrize(
    ("change", "status", "parameter"),
    [
        ({"workflow": "nothing"}, 400, "workflow"),
        ({"feature": None}, 400, "feature"),
        ({"feature": 999_999}, 404, "feature"),
        ({"details": {"colour": "đỏ"}}, 400, "details"),
        ({"unit_code": "*"}, 400, "unit_code"),
        ({"unit_code": "28249"}, 403, None),
        ({"place": " "}, 400, "place"),
        ({"applicant": {"name": ""}}, 400, None),
        ({"applicant": {"name": "A", "email": "a@b>, c@d"}}, 400, None),
        ({"channel": "fax"}, 400, "channel"),
        ({"feature": 2**70}, 400, "feature"),
        ({"feature": True}, 400, "feature"),
        ({"feature": "1"}, 400, "feature"),
    ],
)
def test_what_cannot_be_taken_in_is_said_in_words(
    office: Office, change: dict[str, object], status: int, parameter: str | None
) -> None:
    problem(office.post("/api/cases", office.filing(**change)), status, parameter)


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"move": "fly", "version": 1}, "move"),
        ({"move": "take_up"}, "version"),
        ({"move": "take_up", "version": "x"}, "version"),
        ({"move": "take_up", "version": True}, "version"),
        ({"move": "take_up", "version": 1, "colour": "red"}, "colour"),
        ({"move": "take_up", "version": 1, "reason": "a\x00b"}, "reason"),
        ([], None),
    ],
)
def test_a_move_that_is_none_is_named(office: Office, body: object, parameter: str | None) -> None:
    case = office.open()
    problem(office.post(f"/api/cases/{case['code']}/moves", body), 400, parameter)
    assert office.read(case)["state"]["name"] == "received"


@pytest.mark.parametrize("code", ["K4TX", "K4TX-92MR-PAV0", "%00", "x" * 40, "K4TX-92MR-PAV2"])
def test_a_code_that_is_none_is_said_so(office: Office, code: str) -> None:
    problem(office.get(f"/api/cases/{code}"), 400, "code")


def test_a_case_is_given_to_an_officer_of_its_unit(office: Office) -> None:
    case = office.open()
    for name in ("chi", "binh", "thanh"):
        office.who(name)
    offered = office.get(f"/api/cases/{case['code']}/officers").json()["officers"]
    assert [one["username"] for one in offered] == ["an", "chi", "thanh"]

    def give(to: str | None, version: int) -> object:
        return office.post(f"/api/cases/{case['code']}/assignment", {"to": to, "version": version})

    problem(give("binh", case["version"]), 400, "to")
    given = give("chi", case["version"])
    assert given.json()["assigned_to"] == "chi"  # type: ignore[attr-defined]
    problem(give("an", case["version"]), 409, "version")
    mine = office.get("/api/cases", who="chi", assigned="me").json()["cases"]
    assert [one["code"] for one in mine] == [case["code"]]
    assert office.get("/api/cases", assigned="none").json()["cases"] == []


def test_the_journal_holds_together_and_shows_tampering(office: Office) -> None:
    office.proposed()
    with psycopg.connect(office.places.owner) as owner:
        assert verify_journal(owner, 1).seq == 4
        owner.execute("ALTER TABLE casework.journal DISABLE TRIGGER append_only")
        owner.execute("""UPDATE casework.journal SET detail = detail || '{"to": "issued"}' WHERE seq = 2""")
        with pytest.raises(Exception, match="2"):
            verify_journal(owner, 1)


def test_many_moves_at_once_tell_each_its_outcome(office: Office) -> None:
    cases = [office.open(feature=parcel) for parcel in office.parcels]
    office.moved(cases[1], "take_up")
    body = {"move": "take_up", "cases": [{"code": c["code"], "version": c["version"]} for c in cases]}
    told = office.post("/api/cases/moves", body).json()
    assert told["done"] == 2
    assert [one["outcome"] for one in told["outcomes"]] == ["done", "refused", "done"]
    refused = told["outcomes"][1]["problem"]
    assert (refused["status"], refused["changed_by"]) == (409, "an")
    assert [office.read(case)["state"]["name"] for case in cases] == ["checking"] * 3
    assert office.get("/api/cases", unit=WARD, state="checking").json()["counts"]["open"] == 3
