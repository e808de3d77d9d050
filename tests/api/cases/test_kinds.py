"""Cases that tell their kinds apart: what they say of themselves, their terms, dossiers and moves."""

from datetime import date
from typing import Any

import psycopg
import pytest

from tests.support.office import PDF, Office
from tests.support.problems import problem
from tests.support.trials import open_trial


@pytest.mark.parametrize(
    ("details", "parameter", "vi", "en"),
    [
        ({}, "kind", "Chưa có mục “Loại”.", "Say: Kind."),
        ({"kind": "  "}, "kind", "Chưa có mục “Loại”.", "Say: Kind."),
        ({"kind": "huge"}, "kind", "phải là một trong: Nhỏ, Lớn.", "none of: small, large."),
        ({"kind": "small", "purpose": "x" * 21}, "purpose", "tối đa 20 ký tự", "at most 20 characters"),
        ({"kind": "small", "colour": "x"}, "details", "không có mục “colour”", "no detail 'colour'"),
    ],
)
def test_what_a_case_says_of_itself_is_held_against_its_workflow(
    trial: Office, details: dict[str, str], parameter: str, vi: str, en: str
) -> None:
    filing = trial.filing(workflow="trial", feature=None, details=details)
    told = problem(trial.post("/api/cases", filing), 400, parameter)
    assert vi in told["detail_vi"]
    assert en in told["detail"]
    assert trial.get("/api/cases").json()["counts"]["open"] == 0


def test_details_are_told_by_their_titles_and_empty_ones_left_out(trial: Office) -> None:
    filing = trial.filing(workflow="trial", feature=None, details={"kind": "large", "purpose": " "})
    case = trial.post("/api/cases", filing, lang="en").json()
    assert case["details"] == [{"name": "kind", "title": "Kind", "value": "large", "text": "Large"}]
    (declared,) = [one for one in trial.get("/api/workflows").json()["workflows"] if one["name"] == "trial"]
    kind, purpose = declared["details"]
    assert (declared["kind"], kind["required"], purpose["required"]) == ("kind", True, False)
    assert kind["choices"] == [{"name": "small", "title": "Nhỏ"}, {"name": "large", "title": "Lớn"}]
    assert purpose["most"] == 20
    assert declared["consultation"] == "trial.opinion"


@pytest.mark.parametrize(
    ("kind", "days", "due_on"), [("small", 5, "2026-11-23"), ("large", 10, "2026-12-01")]
)
def test_a_term_goes_by_the_kind(trial: Office, kind: str, days: int, due_on: str) -> None:
    (clock,) = open_trial(trial, kind)["clocks"]
    assert (clock["days"], clock["due_on"], clock["rule"]["code"]) == (days, due_on, f"trial.limit.{kind}")


def test_a_whole_dossier_is_what_belongs_to_the_kind(trial: Office) -> None:
    small, large = open_trial(trial, "small"), open_trial(trial, "large")
    assert [each["needed"] for each in small["document_kinds"]] == [True, False]
    assert [each["needed"] for each in large["document_kinds"]] == [True, True]
    assert small["moves"]["next"]["needs"]["documents"] == ["form"]
    assert large["moves"]["next"]["needs"]["documents"] == ["form", "plan"]
    told = problem(trial.move(large, "decide"), 409, "documents")
    assert "Mẫu đơn, Bản vẽ" in told["detail_vi"]
    for case in (small, large):
        assert trial.add(case, "form", PDF).status_code == 201
    assert trial.moved(small, "decide")["state"]["name"] == "done"
    told = problem(trial.move(large, "decide"), 409, "documents")
    assert "thiếu: Bản vẽ." in told["detail_vi"]
    assert trial.add(large, "plan", PDF).status_code == 201
    assert trial.moved(large, "decide")["state"]["name"] == "done"


def test_a_move_that_is_made_once_is_made_no_second_time(trial: Office) -> None:
    case = open_trial(trial)
    assert _move(case, "ask")["once"] is True
    case = trial.moved(trial.moved(case, "ask"), "added")
    told = problem(trial.move(case, "ask"), 409, "move")
    assert "đã thực hiện một lần" in told["detail_vi"]
    assert trial.read(case)["version"] == case["version"]
    # Another case has its own once.
    assert trial.moved(open_trial(trial), "ask")["state"]["name"] == "waiting"


def test_a_move_for_after_a_term_waits_until_its_day_is_over(trial: Office) -> None:
    case = trial.moved(open_trial(trial), "ask")
    assert case["clocks"][1]["due_on"] == "2026-11-18"
    assert _move(case, "drop")["after"] == "Thời hạn bổ sung"
    for day in (16, 17, 18):
        trial.on(date(2026, 11, day))
        told = problem(trial.move(case, "drop"), 409, "move")
        assert told["due_on"] == "2026-11-18"
        assert "hết ngày 18/11/2026" in told["detail_vi"]
    trial.on(date(2026, 11, 19))
    assert trial.moved(case, "drop")["state"]["name"] == "dropped"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE casework.clock SET days = NULL, due_on = NULL WHERE name = 'added'", "chưa nạp quy định"),
        (
            "WITH still AS (UPDATE casework.clock SET due_on = NULL WHERE name = 'added' RETURNING id) "
            "INSERT INTO casework.pause (clock_id, from_on, reason, number) "
            "SELECT id, '2026-11-17', 'thử', 1 FROM still",
            "đang tạm dừng",
        ),
        ("DELETE FROM casework.clock WHERE name = 'added'", "chưa bắt đầu tính"),
    ],
)
def test_a_term_that_nobody_can_count_is_never_over(trial: Office, change: str, words: str) -> None:
    case = trial.moved(open_trial(trial), "ask")
    with psycopg.connect(trial.places.owner) as owner:
        owner.execute(change)
    trial.on(date(2027, 11, 19))
    told = problem(trial.move(case, "drop"), 409, "move")
    assert words in told["detail_vi"]
    assert trial.read(case)["state"]["name"] == "waiting"


def _move(case: Any, name: str) -> Any:
    moves = case["moves"]
    return next(move for move in [moves["next"], *moves["others"]] if move["name"] == name)
