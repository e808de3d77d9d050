"""Bodies that are asked about a case: terms with their working, silence, late answers, and who reads what."""

import asyncio
from datetime import date
from functools import partial
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from gis_platform.access.roles import Role
from gis_platform.casework.recounting import recount
from gis_platform.database.server import Logins
from gis_platform.settings import Settings
from tests.support.acting import connected_as
from tests.support.office import OTHER_WARD, PDF, WARD, Office, all_at_once
from tests.support.problems import problem
from tests.support.trials import open_trial

REFUSED = psycopg.errors.InsufficientPrivilege
FIRE, POWER = "Phòng Cảnh sát PCCC", "Điện lực Mỹ Tho"


def _ask(office: Office, case: Any, body: str = FIRE, who: str = "an", **change: Any) -> Any:
    said = {"body": body, "question": "Lối thoát nạn có đạt không?", "version": case["version"]} | change
    return office.post(f"/api/cases/{case['code']}/consultations", said, who)


def _asked(office: Office, case: Any, body: str = FIRE) -> Any:
    answer = _ask(office, case, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _answer(office: Office, case: Any, number: int, answer: str, who: str = "an", **more: Any) -> Any:
    path = f"/api/cases/{case['code']}/consultations/{number}/answer"
    return office.post(path, {"answer": answer, **more}, who)


def _answered(office: Office, case: Any, number: int, answer: str, **more: Any) -> Any:
    told = _answer(office, case, number, answer, **more)
    assert told.status_code == 200, told.text
    return told.json()


@pytest.fixture
def case(trial: Office) -> Any:
    """One whose dossier is whole."""
    opened = open_trial(trial)
    assert trial.add(opened, "form", PDF).status_code == 201
    return trial.read(opened)


def test_several_are_asked_at_once_each_within_a_term_that_shows_its_working(
    trial: Office, case: Any
) -> None:
    assert case["consultations"] == []
    assert case["may_consult"] is True
    case = _asked(trial, _asked(trial, case), POWER)
    fire, power = case["consultations"]
    assert (fire["body"], power["body"]) == (FIRE, POWER)
    assert (fire["asked_on"], fire["due_on"], fire["days"], fire["outcome"]) == (
        "2026-11-16", "2026-11-18", 2, "waiting",
    )  # fmt: skip
    assert [(day["day"], day["number"]) for day in fire["working"]] == [
        ("2026-11-16", None), ("2026-11-17", 1), ("2026-11-18", 2),
    ]  # fmt: skip
    assert (fire["rule"]["code"], fire["rule"]["verified"]) == ("trial.opinion", False)
    assert (fire["question"], fire["asked_by"]) == ("Lối thoát nạn có đạt không?", "an")
    case = _answered(trial, case, fire["id"], "conditions", words="Bổ sung bình chữa cháy")
    fire, power = case["consultations"]
    assert (fire["outcome"], fire["words"], fire["late"]) == ("conditions", "Bổ sung bình chữa cháy", False)
    assert (fire["outcome_title"], power["outcome"]) == ("Đồng ý kèm điều kiện", "waiting")
    told = [(one["action"], one["detail"]["body"]) for one in case["journal"] if "body" in one["detail"]]
    assert told == [
        ("consultation.asked", FIRE),
        ("consultation.asked", POWER),
        ("consultation.answered", FIRE),
    ]
    assert case["journal"][-1]["detail"]["answer_title"] == "Đồng ý kèm điều kiện"
    assert "bình chữa cháy" not in str(case["journal"])


def test_a_decision_waits_for_who_was_asked_and_silence_reads_as_consent(trial: Office, case: Any) -> None:
    assert case["moves"]["next"]["needs"]["consulted"] is True
    case = _asked(trial, _asked(trial, case), POWER)
    fire, power = (one["id"] for one in case["consultations"])
    told = problem(trial.move(case, "decide"), 409, "consultations")
    assert told["waiting"] == [FIRE, POWER]
    assert f"Chưa có ý kiến của {FIRE} (hạn 18/11/2026); {POWER} (hạn 18/11/2026)" in told["detail_vi"]
    case = _answered(trial, case, fire, "agrees")
    trial.on(date(2026, 11, 18))  # its last day is not over
    assert problem(trial.move(case, "decide"), 409)["waiting"] == [POWER]
    trial.on(date(2026, 11, 19))
    case = trial.read(case)
    assert [one["outcome"] for one in case["consultations"]] == ["agrees", "silent"]
    assert case["consultations"][1]["answer"] is None
    assert trial.moved(case, "decide")["state"]["name"] == "done"
    del power


def test_what_comes_late_is_taken_and_told_as_late_and_an_objection_is_shown(
    trial: Office, case: Any
) -> None:
    case = _asked(trial, case)
    number = case["consultations"][0]["id"]
    trial.on(date(2026, 11, 20))
    case = _answered(trial, case, number, "objects", words="Không đủ lối thoát nạn")
    (told,) = case["consultations"]
    assert (told["outcome"], told["late"], told["answered_on"]) == ("objects", True, "2026-11-20")
    assert told["outcome_title"] == "Không đồng ý"
    assert case["journal"][-1]["detail"]["late"] is True
    # It is for the officer to weigh: silence had been consent by then.
    assert trial.moved(case, "decide")["state"]["ends"] is True


def test_an_answer_that_came_in_time_and_is_written_down_later_is_not_late(trial: Office, case: Any) -> None:
    case = _asked(trial, case)
    number = case["consultations"][0]["id"]
    trial.on(date(2026, 11, 20))
    for day in ("2026-11-15", "2026-11-21"):
        problem(_answer(trial, case, number, "agrees", answered_on=day), 400, "answered_on")
    case = _answered(trial, case, number, "agrees", answered_on="2026-11-18")
    assert case["consultations"][0]["late"] is False


def test_who_decides_on_what_he_saw_before_is_told_of_the_answer(trial: Office, case: Any) -> None:
    case = _asked(trial, case)
    trial.on(date(2026, 11, 19))
    seen = trial.read(case)
    _answered(trial, case, seen["consultations"][0]["id"], "objects", words="Không đạt")
    problem(trial.move(seen, "decide"), 409, "version")
    problem(_ask(trial, seen, POWER), 409, "version")


def test_an_answer_is_written_down_once_also_by_many_at_once(
    database: Logins, settings: Settings, trial: Office, case: Any
) -> None:
    number = _asked(trial, case)["consultations"][0]["id"]
    roomy = settings.model_copy(update={"pool_size": 8, "run_jobs": False})
    headers = dict(trial.who("an"))
    path = f"/api/cases/{case['code']}/consultations/{number}/answer"
    with TestClient(create_app(roomy, database), raise_server_exceptions=False) as client:
        client.app.state.clock = trial.client.app.state.clock  # type: ignore[attr-defined]
        call = partial(client.post, path, json={"answer": "agrees"}, headers=headers)
        answers = all_at_once([call] * 8)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert "đã được an ghi nhận" in refused.json()["detail_vi"]


def test_where_no_rule_is_loaded_silence_is_no_answer(trial: Office) -> None:
    trial.on(date(2026, 6, 1))  # before the rule of the trial
    case = open_trial(trial)
    assert trial.add(case, "form", PDF).status_code == 201
    case = _asked(trial, case)
    (told,) = case["consultations"]
    assert (told["due_on"], told["days"], told["outcome"]) == (None, None, "waiting")
    assert "chưa được nạp" in told["rule"]["missing"]
    trial.on(date(2026, 9, 1))
    assert "chưa có hạn trả lời" in problem(trial.move(case, "decide"), 409)["detail_vi"]


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"body": " "}, "body"),
        ({"body": "x" * 201}, "body"),
        ({"question": ""}, "question"),
        ({"version": 0}, "version"),
        ({"more": 1}, "more"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(
    trial: Office, case: Any, change: dict[str, Any], parameter: str
) -> None:
    problem(_ask(trial, case, **change), 400, parameter)
    assert trial.read(case)["consultations"] == []


def test_an_answer_that_cannot_be_taken_is_told(trial: Office, case: Any) -> None:
    case = _asked(trial, case)
    number = case["consultations"][0]["id"]
    problem(_answer(trial, case, number, "silent"), 400, "answer")
    problem(_answer(trial, case, number, "objects"), 400, "words")
    problem(_answer(trial, case, number, "conditions", words=" "), 400, "words")
    problem(_answer(trial, case, number + 1, "agrees"), 404, "consultation")
    other = open_trial(trial)
    problem(_answer(trial, other, number, "agrees"), 404, "consultation")
    trial.on(date(2026, 11, 19))
    trial.moved(case, "decide")
    told = problem(_answer(trial, case, number, "agrees"), 409)
    assert "đã kết thúc" in told["detail_vi"]
    problem(_ask(trial, trial.read(case)), 409)
    assert trial.read(case)["may_consult"] is False


def test_cases_that_consult_nobody_say_so(trial: Office) -> None:
    case = trial.open()
    assert (case["consultations"], case["may_consult"]) == ([], False)
    problem(_ask(trial, case), 400, "body")


def test_readers_see_who_was_asked_and_the_outcome_and_no_words(trial: Office, case: Any) -> None:
    case = _asked(trial, case)
    number = case["consultations"][0]["id"]
    _answered(trial, case, number, "objects", words="Không đạt khoảng cách")
    for who in ("binh", "kien", "khong"):
        told = trial.read(case, who)
        (seen,) = told["consultations"]
        assert (seen["body"], seen["outcome"], seen["question"], seen["words"]) == (
            FIRE,
            "objects",
            None,
            None,
        )
        assert "consultation_words" in told["hidden"]
        assert told["may_consult"] is False
        problem(_ask(trial, told, who=who), 403)
        problem(_answer(trial, told, number, "agrees", who), 403)
    problem(_ask(trial, case, who="oanh"), 404)
    problem(_ask(trial, case, who=""), 401)


def test_the_database_keeps_consultations_to_their_unit_and_as_they_were_written(
    trial: Office, case: Any
) -> None:
    case = _asked(trial, _asked(trial, case), POWER)
    _answered(trial, case, case["consultations"][0]["id"], "objects", words="Không đạt")
    insert = (
        "INSERT INTO casework.consultation (case_id, body, counts, rule, asked_on, asked_by) "
        "SELECT id, 'x', 'working', '{}', current_date, 'binh' FROM casework.case_file"
    )
    answer = (
        "INSERT INTO casework.consultation_answer (consultation_id, answer, answered_on, written_by) "
        "SELECT max(id), 'agrees', current_date, 'binh' FROM casework.consultation"
    )
    with connected_as(trial.places, Role.PERMIT) as connection:
        for unit, words in ((WARD, 3), ("*", 3), (OTHER_WARD, 0), ("", 0)):
            _as(connection, unit)
            assert _count(connection, "consultation") == 2
            assert _count(connection, "consultation_answer") == 1
            assert _count(connection, "consultation_words") == words, unit
        _as(connection, OTHER_WARD)
        for statement in (insert, answer):
            with pytest.raises(REFUSED):
                connection.execute(statement)
        _as(connection, WARD)
        with pytest.raises(REFUSED):
            connection.execute("UPDATE casework.consultation SET due_on = '2030-01-01'")
    for table in ("consultation", "consultation_answer", "consultation_words"):
        with connected_as(trial.places, Role.PUBLIC) as connection, pytest.raises(REFUSED):
            _count(connection, table)
        column = "body" if table == "consultation" else "consultation_id"
        for verb in (f"UPDATE casework.{table} SET {column} = {column}", f"DELETE FROM casework.{table}"):  # noqa: S608
            with psycopg.connect(trial.places.owner) as owner, pytest.raises(REFUSED):
                owner.execute(verb)


def test_a_changed_calendar_moves_what_still_waits(trial: Office, case: Any) -> None:
    case = _asked(trial, _asked(trial, case), POWER)
    fire, power = (one["id"] for one in case["consultations"])
    _answered(trial, case, fire, "agrees")
    _recount(trial)
    with psycopg.connect(trial.places.owner) as owner:
        owner.execute(
            """INSERT INTO core.calendar_day (day, kind, name, confirmed, source)
               VALUES ('2026-11-17', 'off', 'Nghỉ bù', true, 'administrator')"""
        )
    try:
        _recount(trial)
        after = trial.read(case)
    finally:
        with psycopg.connect(trial.places.owner) as owner:
            owner.execute("DELETE FROM core.calendar_day WHERE day = '2026-11-17'")
    assert [one["due_on"] for one in after["consultations"]] == ["2026-11-18", "2026-11-19"]
    (told,) = [one["detail"] for one in after["journal"] if one["action"] == "consultation.recounted"]
    assert told == {"consultation": power, "body": POWER, "before": "2026-11-18", "now": "2026-11-19"}


def _recount(office: Office) -> None:
    async def run() -> None:
        async with await psycopg.AsyncConnection[Any].connect(office.places.app) as connection:
            await recount(connection)

    asyncio.run(run())


def _as(connection: psycopg.Connection[Any], unit: str) -> None:
    connection.execute("SELECT set_config('gis.unit', %s, false)", [unit])


def _count(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM casework.{table}").fetchone()  # noqa: S608
    assert row is not None
    return int(row[0])
