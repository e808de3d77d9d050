"""A steward's word: what it needs, that one of two wins, what it does, and what the trail says of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from gis_platform.access.roles import Role
from tests.support.delivered import Sample, parcels
from tests.support.desk import Desk, changed
from tests.support.problems import problem


def _renamed(word: str, *sheets: str) -> Sample:
    """Both sheets with other addresses."""
    held = [parcels(6, sheet).with_column("address", f"{word} {sheet}") for sheet in sheets]
    columns = {name: [v for s in held for v in s.columns[name]] for name in held[0].columns}
    return Sample(columns, [shape for s in held for shape in s.shapes])


def test_doubtful_changes_wait_for_a_word(desk: Desk) -> None:
    number = desk.propose(changed())
    told = problem(desk.post(f"/{number}/approve", {"note": "x"}), 409)
    assert "1 doubtful" in told["detail"]
    (change,) = desk.get(f"/{number}/changes", doubtful="true")["changes"]
    place = f"/{number}/changes/{change['change_no']}/decision"
    assert desk.post(place, {"decision": "separate"}).status_code == 204
    assert desk.get(f"/{number}")["doubtful"] == {"found": 1, "waiting": 0}
    # Somebody else, whose page still shows that nothing was said.
    problem(desk.post(place, {"decision": "accepted"}, Role.ADMIN), 409)
    again = {"decision": "accepted", "instead_of": "separate"}
    assert desk.post(place, again, Role.ADMIN).status_code == 204
    (now,) = desk.get(f"/{number}/changes", doubtful="true")["changes"]
    assert now["decision"] == "accepted"
    (sure, *_) = desk.get(f"/{number}/changes", doubtful="false")["changes"]
    problem(desk.post(f"/{number}/changes/{sure['change_no']}/decision", {"decision": "separate"}), 409)
    problem(desk.post(f"/{number}/changes/999999/decision", {"decision": "separate"}), 404, "number")
    said = [entry for entry in desk.audited(number) if entry[1] == "delivery.change-decided"]
    assert said == [("demo-steward", "delivery.change-decided"), ("demo-admin", "delivery.change-decided")]


@pytest.mark.parametrize(
    ("path", "body", "parameter"),
    [
        ("approve", {"parts": ["28249/99"]}, "parts"),
        ("approve", {"parts": []}, "parts"),
        ("approve", {"part": "28249/7"}, "part"),
        ("approve", {"note": "x" * 2001}, "note"),
        ("approve", {"note": "x\0"}, "note"),
        ("approve", {"parts": ["28249/7", "\0"]}, "parts"),
        ("reject", {"note": "x\0"}, "note"),
        ("rollback", {"note": "x\0"}, "note"),
        ("mapping", {"columns": {"parcel_no": "b\0"}}, "columns"),
        ("mapping", {"where": "\0"}, "where"),
        ("reject", {}, "note"),
        ("reject", {"note": "  "}, "note"),
        ("rollback", {"note": ""}, "note"),
        ("mapping", {"columns": {"nothing": "a"}}, "mapping"),
        ("changes/1/decision", {"decision": "perhaps"}, "decision"),
    ],
)
def test_what_cannot_be_understood_is_named(desk: Desk, path: str, body: Any, parameter: str) -> None:
    number = desk.propose(_renamed("đường Hùng Vương", "7"))
    problem(desk.post(f"/{number}/{path}", body), 400, parameter)
    assert desk.get(f"/{number}")["status"] == "ready"


def test_warnings_need_a_note(desk: Desk) -> None:
    twice = parcels(6, "8").with_column("parcel_no", ["1", "1", "3", "4", "5", "6"])
    number = desk.propose(twice)
    assert desk.get(f"/{number}")["warnings"]
    told = problem(desk.post(f"/{number}/approve", {"accept_doubtful": True}), 400, "note")
    assert told["detail_vi"]


def test_of_two_words_at_once_one_counts(desk: Desk) -> None:
    number = desk.propose(_renamed("đường Nguyễn Trãi", "7", "8"))
    roles = [Role.STEWARD, Role.ADMIN] * 3

    def say(role: Role) -> int:
        return int(desk.post(f"/{number}/approve", {"note": "seen"}, role).status_code)

    with ThreadPoolExecutor(len(roles)) as pool:
        answers = sorted(pool.map(say, roles))
    assert answers == [202, *[409] * (len(roles) - 1)]
    told = desk.until(number, "applied")
    assert told["decided_by"] in ("demo-steward", "demo-admin")
    assert [action for _, action in desk.audited(number)].count("delivery.approved") == 1


def test_by_part_then_the_rest_then_back(desk: Desk) -> None:
    before = _addresses(desk)
    number = desk.propose(_renamed("đường Ấp Bắc", "7", "8"))
    assert desk.post(f"/{number}/approve", {"parts": ["28249/8"], "note": "8 first"}).status_code == 202
    told = desk.until(number, "partly_applied")
    assert told["applied_parts"] == ["28249/8"]
    assert {a for sheet, a in _addresses(desk) if sheet == "8"} == {"đường Ấp Bắc 8"}
    assert {a for sheet, a in _addresses(desk) if sheet == "7"} == {a for sheet, a in before if sheet == "7"}
    problem(desk.post(f"/{number}/approve", {"parts": ["28249/8"]}), 400, "parts")
    assert desk.post(f"/{number}/approve", {}).status_code == 202
    desk.until(number, "applied")
    effect = desk.get(f"/{number}/rollback")
    assert effect["features"] == 12
    asked = desk.post(f"/{number}/rollback", {"note": "wrong month"})
    assert asked.status_code == 202
    problem(desk.post(f"/{number}/rollback", {"note": "me too"}), 409)
    undone = desk.until(asked.json()["rollback"], "applied")
    assert (undone["kind"], undone["undoes"]) == ("rollback", number)
    assert desk.get(f"/{number}")["undone_by"] == undone["id"]
    assert _addresses(desk) == before
    problem(desk.client.get(f"/api/deliveries/{number}/rollback", headers=desk.steward), 409)


def _addresses(desk: Desk) -> list[tuple[str, str]]:
    answer = desk.client.get("/ogc/collections/parcels/items", params={"limit": 100}, headers=desk.steward)
    found = [feature["properties"] for feature in answer.json()["features"]]
    return sorted((p["sheet_no"], p["address"]) for p in found)


def test_no_is_no(desk: Desk) -> None:
    before = _addresses(desk)
    number = desk.propose(_renamed("đường Lý Thường Kiệt", "7"))
    answer = desk.post(f"/{number}/reject", {"note": "Thiếu tờ 8"})
    assert answer.json()["status"] == "rejected"
    told = desk.get(f"/{number}")
    assert (told["decided_by"], told["decision_note"]) == ("demo-steward", "Thiếu tờ 8")
    for path, body in {"approve": {}, "reject": {"note": "x"}, "mapping": {}, "resume": {}}.items():
        problem(desk.post(f"/{number}/{path}", body), 409)
    assert ("demo-steward", "delivery.rejected") in desk.audited(number)
    assert _addresses(desk) == before
