"""Numbering a whole street: told first, then done at once, alleys and all; old numbers are found for ever."""

from typing import Any

import psycopg
import pytest
import shapely

from tests.api.house_numbers.conftest import Office
from tests.support.accounts import audited
from tests.support.problems import problem
from tests.support.towns import UNIT, UNIT_NAME, Town

REVIEW = "/api/house-numbers/review"
STREET = [(0.0, 100.0), (0.0, 0.0)]
ALLEY = [(0.0, 50.0), (60.0, 50.0)]
BRANCH = [(40.0, 50.0), (40.0, 90.0)]


@pytest.fixture
def street(owner: psycopg.Connection[Any]) -> dict[str, Any]:
    """A street numbered wrongly, with alley 8 that opens behind its third house, and branch 8/2 of it."""
    row = owner.execute("SELECT count(*) FROM layer.streets").fetchone()
    assert row is not None
    count = row[0]
    town = Town(owner, 567_000.0 + 400 * count)
    town.unit(UNIT if not count else f"{UNIT}-{count}", UNIT_NAME, (-150, -100, 150, 200))
    line = town.line(f"Lê Lợi {count}", STREET)
    town.axis(line, STREET)
    alley = town.line(None, ALLEY, width=3.0, kind="hem")
    town.axis(alley, ALLEY, line, "8")
    branch = town.line(None, BRANCH, width=2.5, kind="hem")
    town.axis(branch, BRANCH, line, "8/2")
    houses = {}
    for place, number in enumerate(("3", "1", "8", "6")):
        # East is on the left, facing south: odd numbers belong here.
        lot = town.lot(shapely.box(5, 90 - 10 * place, 15, 100 - 10 * place))
        houses[number] = town.house(line, number, (5.0, 95.0 - 10 * place), lot=lot)
    houses["8/2"] = town.house(line, "8/2", (30.0, 48.0))
    houses["8/2/1"] = town.house(line, "8/2/1", (39.0, 70.0))
    vacant = town.lot(shapely.box(5, 20, 15, 30))
    return {"line": line, "name": f"Lê Lợi {count}", "houses": houses, "vacant": vacant, "alley": alley}


def _plan(office: Office, street: dict[str, Any], **asked: Any) -> Any:
    answer = office.review(street=street["line"], **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _apply(office: Office, street: dict[str, Any], plan: str, **more: Any) -> Any:
    body = {"street": street["line"], "plan": plan, "reason": "Chỉnh số nhà toàn tuyến", **more}
    return office.post(REVIEW, body)


def test_who_changes_is_told_and_nothing_is_stored(office: Office, street: dict[str, Any]) -> None:
    told = _plan(office, street)
    houses = street["houses"]
    assert {(one["id"], one["before"], one["after"]) for one in told["changes"]} == {
        (houses["3"], "3", "1"),
        (houses["1"], "1", "3"),
        (houses["8"], "8", "5"),
        (houses["6"], "6", "7"),
        (houses["8/2"], "8/2", "7/2"),
        (houses["8/2/1"], "8/2/1", "7/2/1"),
    }
    # The mouth lies behind the fourth house, whose number becomes 7.
    assert [(one["before"], one["after"]) for one in told["alleys"]] == [("8", "7"), ("8/2", "7/2")]
    assert [(one["parcel_id"], one["after"]) for one in told["reserved"]] == [(street["vacant"], "9")]
    codes = {(one["code"], one["number"]) for one in told["collisions"]}
    assert ("wrong_parity", "8") in codes
    assert {code for code, _ in codes} == {"wrong_parity", "out_of_order"}
    assert _plan(office, street)["plan"] == told["plan"]


def test_it_is_done_at_once_and_former_numbers_are_found(office: Office, street: dict[str, Any]) -> None:
    told = _plan(office, street)
    done = _apply(office, street, told["plan"], document="77/QĐ-UBND")
    assert done.status_code == 200, done.text
    assert (done.json()["changed"], done.json()["reserved"], done.json()["alleys"]) == (6, 1, 2)
    after = _plan(office, street)
    assert (after["changes"], after["alleys"], after["reserved"]) == ([], [], [])
    name, houses = street["name"], street["houses"]
    # 1 and 3 have changed places: both are found as what they are, and as what they were.
    found = office.get("/api/geocode", q=f"3 {name}").json()["results"]
    assert [(one["id"], one["match"]) for one in found] == [
        (houses["1"], "current"),
        (houses["3"], "old_number"),
    ]
    deep = office.get("/api/geocode", q=f"8/2/1 {name}").json()["results"]
    assert [(one["id"], one["address"], one["match"]) for one in deep] == [
        (houses["8/2/1"], f"7/2/1 {name}", "old_number")
    ]
    action = [e for e in audited(office.places) if e[1] == "house-number.review"][-1]
    assert (action[0], action[3]["document"], action[3]["changed"]) == ("hoa", "77/QĐ-UBND", 6)


def test_an_alley_alone_is_reviewed_too(office: Office, street: dict[str, Any]) -> None:
    told = _plan(office, street, alley="8")
    # Facing inwards its one house is on the right, and has an even number already.
    assert (told["alley"], told["changes"], told["unchanged"]) == ("8", [], 1)


def test_what_is_not_what_was_looked_at_is_not_done(
    office: Office, street: dict[str, Any], owner: psycopg.Connection[Any]
) -> None:
    told = _plan(office, street)
    owner.execute(
        "UPDATE layer.house_numbers SET number = 11, valid_from = '2021-01-01' WHERE id = %s",
        [street["houses"]["6"]],
    )
    problem(_apply(office, street, told["plan"]), 409)
    row = owner.execute(
        "SELECT count(*) FROM layer.house_numbers WHERE street_id = %s AND number = 5", [street["line"]]
    ).fetchone()
    assert row == (0,)


def test_a_document_with_a_name_in_it_is_refused(office: Office, street: dict[str, Any]) -> None:
    """Everybody sees it with each house of the street."""
    told = _plan(office, street)
    named = "77/QĐ-UBND ông Trần Văn B"
    problem(_apply(office, street, told["plan"], document=named), 400, "document")
    assert _plan(office, street)["plan"] == told["plan"]


def test_two_who_apply_one_review_are_told_apart(office: Office, street: dict[str, Any]) -> None:
    told = _plan(office, street)
    assert _apply(office, street, told["plan"]).status_code == 200
    problem(_apply(office, street, told["plan"]), 409)


def test_it_tells_whom_it_concerns(
    office: Office, street: dict[str, Any], owner: psycopg.Connection[Any]
) -> None:
    """A kept planning answer that speaks of one of the lots, made the way anybody makes one."""
    row = owner.execute(
        "SELECT parcel_id FROM layer.house_numbers WHERE id = %s", [street["houses"]["8"]]
    ).fetchone()
    assert row is not None
    before = _plan(office, street)["concerns"]
    number = owner.execute("SELECT sheet_no, parcel_no FROM layer.parcels WHERE id = %s", [row[0]]).fetchone()
    assert number is not None
    kept = office.get("/api/planning/lookup", sheet=number[0], parcel=number[1])
    assert kept.status_code == 200, kept.text
    after = _plan(office, street)["concerns"]
    assert before == []
    assert [(one["name"], one["count"]) for one in after] == [("planning_answers", 1)]
    assert after[0]["examples"][0]["id"] == kept.json()["id"]


def test_only_officers_review_and_only_their_own_unit(office: Office, street: dict[str, Any]) -> None:
    path = {"street": street["line"]}
    problem(office.client.get(REVIEW, params=path), 401)
    problem(office.client.get(REVIEW, params=path, headers=office.planner), 403)
    told = _plan(office, street)
    body = {**path, "plan": told["plan"], "reason": "Chỉnh số nhà toàn tuyến"}
    assert UNIT in problem(office.post(REVIEW, body, office.elsewhere), 403)["detail_vi"]


def test_a_street_without_direction_is_not_reviewed(office: Office, owner: psycopg.Connection[Any]) -> None:
    bare = Town(owner).line("Đường mới", [(300.0, 0.0), (300.0, 90.0)])
    refused = problem(office.review(street=bare), 400, "street")
    assert "chưa có chiều đánh số" in refused["detail_vi"]
    problem(office.review(street=bare, alley="x"), 400, "alley")
