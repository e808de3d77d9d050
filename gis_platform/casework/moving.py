"""Making a move: everything it needs is looked at under the case's lock, then done at once or not at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gis_platform.casework.case import Case, find_case, hold_case, require_own
from gis_platform.casework.clocks import change_clocks, earliest_due, stop_all
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.effect import Acting
from gis_platform.casework.in_person import require_person
from gis_platform.casework.journal import append
from gis_platform.casework.needing import read_given, require_ready, require_words
from gis_platform.casework.notes import write_note
from gis_platform.casework.parts import Move
from gis_platform.casework.post import Post, tell_applicant, tell_webhook
from gis_platform.casework.subject import Subject, require_confirmed, subject_now
from gis_platform.clock.calendar_store import load_calendar_async
from gis_platform.clock.now import BUSINESS_ZONE, civil_date
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, Forbidden
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMove:
    """What an officer asks for, of the version that he saw.

    Attributes:
        reason: words that every reader of the case may know, and the applicant.
        note: words for colleagues of the unit.
        confirm_subject_version: the subject's present version, where it changed since it was last looked at.
        given: what was filled in, by the names of the move's inputs.
    """

    move: str
    version: int
    reason: str | None = None
    note: str | None = None
    confirm_subject_version: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)


async def make_move(
    work: UnitOfWork,
    workflow: Workflow,
    code: str,
    asked: AskedMove,
    now: datetime,
    post: Post | None = None,
    zone: ZoneInfo = BUSINESS_ZONE,
    language: Language = "vi",
) -> Case:
    """Move a case on; the case as it is then.

    Raises:
        NotFound, Forbidden: the case is not there for the caller, or not his to move.
        Conflict: it was changed since, is not where the move begins, or its subject changed unseen.
        BadParameter: there is no such move, or something it needs is missing.
    """
    move = _known(workflow, asked.move)
    _require_may(work, await find_case(work, code), move)
    case = await hold_case(work, code, asked.version)
    _require_here(workflow, case, move)
    on = civil_date(now, zone)
    require_words(move, asked.reason, asked.note)
    given = read_given(move, asked.given)
    await require_ready(work, workflow, case, move, on)
    subject = await _subject(work, case)
    if move.decides:
        require_confirmed(case, subject, asked.confirm_subject_version)
    calendar = await load_calendar_async(work.raw)
    outcome: Mapping[str, Any] = {}
    if move.does is not None:
        outcome = await move.does(Acting(work=work, case=case, given=given, on=on, language=language))
    state = workflow.state(move.to)
    why = asked.reason or move.title.vi
    await change_clocks(work, workflow, case, move.clocks, on, why, calendar)
    if state.ends:
        await stop_all(work, case.id, on)
    looked = subject is not None and move.decides and subject.there
    await work.rows(
        SQL["move"],
        case_id=case.id,
        state=move.to,
        waiting=state.waits,
        due_on=await earliest_due(work, case.id),
        closed_at=now if state.ends else None,
        outcome=json.dumps(outcome, ensure_ascii=False, default=str),
        subject_seen=subject.recorded_from if looked and subject else case.subject_seen,
    )
    if asked.note:
        await write_note(work, case, asked.note)
    told: dict[str, Any] = {"move": move.name, "from": case.state, "to": move.to, "reason": asked.reason}
    if outcome:
        told["result"] = outcome
    if move.decides and subject is not None:
        told["subject_version"] = subject.version()
    await append(
        work, case.id, "case.moved", {name: value for name, value in told.items() if value is not None}
    )
    moved = await find_case(work, case.code)
    await tell_webhook(work, post, moved, "case.moved", now)
    if move.tells is not None:
        await tell_applicant(work, post, moved, workflow, move, asked.reason)
    return moved


def _known(workflow: Workflow, name: str) -> Move:
    move = workflow.move(name)
    if move is None:
        known = ", ".join(one.name for one in workflow.moves)
        raise BadParameter(
            f"There is no move {name[:40]!r}. There are: {known}.",
            parameter="move",
            detail_vi=f"Hồ sơ không có bước “{name[:40]}”. Các bước: {known}.",
        )
    return move


def _require_may(work: UnitOfWork, case: Case, move: Move) -> None:
    if move.grave or move.decides:
        require_person(work, move.title)
    if work.caller.role not in move.roles:
        raise Forbidden(
            f"The move {move.title.en!r} is not open to the role {work.caller.role}.",
            detail_vi=f"Vai trò này không được thực hiện bước “{move.title.vi}”.",
        )
    if move.own_unit:
        require_own(work, case)


def _require_here(workflow: Workflow, case: Case, move: Move) -> None:
    if case.state not in move.sources:
        state = workflow.state(case.state)
        raise Conflict(
            f"{move.title.en!r} is no way on from {state.title.en!r}, where case {case.shown} is.",
            parameter="move",
            state=case.state,
            version=case.version,
            detail_vi=f"Hồ sơ {case.shown} đang ở trạng thái “{state.title.vi}”, không thực hiện được bước "
            f"“{move.title.vi}”.",
        )


async def _subject(work: UnitOfWork, case: Case) -> Subject | None:
    if case.subject_layer is None or case.subject_id is None:
        return None
    return await subject_now(work, case.subject_layer, case.subject_id)
