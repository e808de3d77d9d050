"""Consultations: other bodies are asked what they think, several at once, each within a term by a dated rule.

Who was asked and what came of it every reader of the case may know; what was written, those who handle it.
Silence past the due day reads as consent: it follows from the day and is written down by nobody. What comes
later is taken all the same, and told as late.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gis_platform.access.caller import Caller
from gis_platform.casework.case import WHOLE_CITY, Case, find_case, hold_case, require_handles, require_open
from gis_platform.casework.clocks import begun_term
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.journal import append
from gis_platform.casework.parts import Move
from gis_platform.clock.calendar_store import load_calendar_async
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

Answer = Literal["agrees", "conditions", "objects"]
WAITING, SILENT = "waiting", "silent"
OUTCOMES = {
    WAITING: Text("Đang chờ ý kiến", "Waits for an answer"),
    "agrees": Text("Đồng ý", "Agrees"),
    "conditions": Text("Đồng ý kèm điều kiện", "Agrees on conditions"),
    "objects": Text("Không đồng ý", "Objects"),
    SILENT: Text("Quá hạn không trả lời, coi như đồng ý", "Silent past the due day, which is consent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an officer asks of a body, of the version of the case that he saw."""

    body: str
    question: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a body answered. ``answered_on``: the day its answer came, where that is not today."""

    answer: Answer
    words: str | None = None
    answered_on: date | None = None


def may_consult(workflow: Workflow, case: Case, caller: Caller) -> bool:
    """Whether the caller may ask bodies about the case."""
    mine = caller.role in workflow.handlers and caller.unit_code in (case.unit_code, WHOLE_CITY)
    return mine and workflow.consultation is not None and case.closed_at is None


async def ask(work: UnitOfWork, workflow: Workflow, code: str, asked: Question, on: date) -> Case:
    """Ask a body; its term begins by the rule in force on that day, which is not counted itself.

    Raises:
        BadParameter: nobody is consulted on such cases.
        Forbidden: the caller does not handle the case.
        Conflict: it was changed since, or is closed.
    """
    if workflow.consultation is None:
        raise BadParameter(
            f"Nobody is consulted on cases of {workflow.title.en}.",
            parameter="body",
            detail_vi=f"Loại hồ sơ “{workflow.title.vi}” không có bước lấy ý kiến.",
        )
    require_handles(work, workflow.handlers, await find_case(work, code))
    case = await hold_case(work, code, asked.version)
    require_open(case)
    term = await begun_term(work, workflow.consultation, on, await load_calendar_async(work.raw))
    number: int = await work.value(
        SQL["ask"],
        case_id=case.id,
        body=asked.body,
        counts=term.counts,
        days=term.days,
        rule=json.dumps(term.rule, ensure_ascii=False),
        asked_on=on,
        by=work.caller.username,
        due_on=term.due_on,
        working=json.dumps(term.working, ensure_ascii=False),
    )
    await work.rows(SQL["words"], consultation=number, part="question", words=asked.question)
    told = {"consultation": number, "body": asked.body, "due_on": term.due_on}
    return await _changed(work, case, "consultation.asked", told)


async def take_answer(
    work: UnitOfWork, workflow: Workflow, code: str, number: int, given: Answered, on: date
) -> Case:
    """Keep what a body answered; late or not.

    Raises:
        NotFound: the case has no such consultation.
        BadParameter: conditions or an objection without words, or a day it cannot have come on.
        Forbidden: the caller does not handle the case.
        Conflict: it has answered already, or the case is closed.
    """
    require_handles(work, workflow.handlers, await find_case(work, code))
    # Locked first: of two who write down an answer at once the other finds it.
    case = await hold_case(work, code, None)
    require_open(case)
    row = await work.row(SQL["one"], case_id=case.id, consultation=number)
    if row is None:
        raise NotFound(
            f"Case {case.shown} has no consultation {number}.",
            parameter="consultation",
            detail_vi=f"Hồ sơ {case.shown} không có lần lấy ý kiến số {number}.",
        )
    if row["answer"] is not None:
        raise Conflict(
            f"The answer of {row['body']} was written down already, by {row['written_by']}.",
            parameter="consultation",
            detail_vi=f"Ý kiến của {row['body']} đã được {row['written_by']} ghi nhận rồi.",
        )
    came = given.answered_on or on
    if not row["asked_on"] <= came <= on:
        raise BadParameter(
            f"An answer comes between {row['asked_on']}, when it was asked for, and today.",
            parameter="answered_on",
            detail_vi=f"Ngày trả lời phải từ ngày hỏi ý kiến ({row['asked_on']:%d/%m/%Y}) đến hôm nay.",
        )
    if given.answer != "agrees" and not given.words:
        raise BadParameter(
            "Say on which conditions, or why the body objects.",
            parameter="words",
            detail_vi="Chưa ghi điều kiện hoặc lý do không đồng ý.",
        )
    by = work.caller.username
    await work.rows(SQL["answer"], consultation=number, answer=given.answer, answered_on=came, by=by)
    if given.words:
        await work.rows(SQL["words"], consultation=number, part="answer", words=given.words)
    told = {
        "consultation": number,
        "body": row["body"],
        "answer": given.answer,
        "answered_on": came,
        "late": _late(row["due_on"], came),
    }
    return await _changed(work, case, "consultation.answered", told)


async def consultations_of(
    work: UnitOfWork, case_id: int, today: date, language: Language
) -> list[dict[str, Any]]:
    """Who was asked, when and with what outcome; the words as far as the caller may read them."""
    told = []
    for row in await work.rows(SQL["of_case"], case_id=case_id):
        outcome = _outcome(row["answer"], row["due_on"], today)
        told.append(
            {
                **row,
                "rule": row["rule"].get(language),
                "outcome": outcome,
                "outcome_title": OUTCOMES[outcome].in_language(language),
                "late": row["answered_on"] is not None and _late(row["due_on"], row["answered_on"]),
            }
        )
    return told


async def require_answered(work: UnitOfWork, case: Case, move: Move, on: date) -> None:
    """Raises Conflict where a body that was asked may still answer."""
    asked = await work.rows(SQL["of_case"], case_id=case.id)
    waiting = [row for row in asked if _outcome(row["answer"], row["due_on"], on) == WAITING]
    if not waiting:
        return
    vi = "; ".join(f"{row['body']} ({_until(row['due_on']).vi})" for row in waiting)
    en = "; ".join(f"{row['body']} ({_until(row['due_on']).en})" for row in waiting)
    raise Conflict(
        f"{move.title.en!r} waits for the answer of {en}.",
        parameter="consultations",
        waiting=[row["body"] for row in waiting],
        detail_vi=f"Chưa có ý kiến của {vi}. Cần có ý kiến hoặc hết hạn trả lời trước khi “{move.title.vi}”.",
    )


def _outcome(answer: str | None, due_on: date | None, today: date) -> str:
    """Where no rule was loaded nothing is due, and silence is no answer."""
    if answer is not None:
        return answer
    return SILENT if silent(due_on, today) else WAITING


def silent(due_on: date | None, today: date) -> bool:
    """Whether who has not answered has consented by it."""
    return due_on is not None and due_on < today


def _late(due_on: date | None, came: date) -> bool:
    return due_on is not None and due_on < came


def _until(due_on: date | None) -> Text:
    if due_on is None:
        return Text("chưa có hạn trả lời", "no due day is known")
    return Text(f"hạn {due_on:%d/%m/%Y}", f"due {due_on}")


async def _changed(work: UnitOfWork, case: Case, action: str, told: dict[str, Any]) -> Case:
    """Whoever is about to decide on what he saw before is told: the version counts on."""
    await work.rows(SQL["changed"], case_id=case.id)
    await append(work, case.id, action, told)
    return await find_case(work, case.code)
