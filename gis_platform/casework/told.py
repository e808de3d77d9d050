"""A case as an answer tells it: its state, what may be done next, its clocks with their working."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gis_platform.access.caller import Caller
from gis_platform.casework.case import WHOLE_CITY, Case
from gis_platform.casework.clocks import Running
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.details import details_asked
from gis_platform.casework.parts import Move, State
from gis_platform.casework.subject import Subject, has_changed
from gis_platform.layer.text import Language


def case_told(case: Case, workflow: Workflow, language: Language) -> dict[str, Any]:
    """What is said of a case wherever it is named; no personal data."""
    return {
        "code": case.shown,
        "workflow": {"name": workflow.name, "title": workflow.title.in_language(language)},
        "state": state_told(workflow.state(case.state), language),
        "unit_code": case.unit_code,
        "place": case.place,
        "assigned_to": case.assigned_to,
        "version": case.version,
        "due_on": case.due_on,
        "opened_at": case.opened_at,
        "opened_by": case.opened_by,
        "closed_at": case.closed_at,
        "channel": case.channel,
        "synthetic": case.synthetic,
    }


def state_told(state: State, language: Language) -> dict[str, Any]:
    """A state for people, and what follows from it."""
    return {
        "name": state.name,
        "title": state.title.in_language(language),
        "waits": state.waits,
        "ends": state.ends,
    }


def results_told(
    workflow: Workflow, outcome: Mapping[str, Any], language: Language, *, applicant: bool = False
) -> list[dict[str, Any]]:
    """What came of a case, as far as people are told, each with where it leads."""
    return [
        {
            "name": name,
            "title": one.title.in_language(language),
            "text": str(outcome[name]),
            "link": one.link.format(outcome[name]) if one.link else None,
        }
        for name, one in workflow.outcomes.items()
        if name in outcome and not (applicant and one.inside)
    ]


def moves_told(case: Case, workflow: Workflow, caller: Caller, language: Language) -> dict[str, Any]:
    """What the caller may do: the one next step, other moves, and why there is none where there is none."""
    if case.closed_at is not None:
        return {"next": None, "others": [], "why_none": "closed"}
    mine = caller.unit_code in (case.unit_code, WHOLE_CITY)
    ways = workflow.moves_from(case.state)
    open_to = [move for move in ways if caller.role in move.roles and (mine or not move.own_unit)]
    following = next((move for move in open_to if move.next_step), None)
    return {
        "next": _move(following, workflow, language, case.details) if following else None,
        "others": [
            _move(move, workflow, language, case.details) for move in open_to if move is not following
        ],
        "why_none": None if open_to else "unit" if caller.role in workflow.handlers and not mine else "role",
    }


def _move(
    move: Move, workflow: Workflow, language: Language, details: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "name": move.name,
        "title": move.title.in_language(language),
        "help": move.help.in_language(language),
        "to": workflow.state(move.to).title.in_language(language),
        "needs": {
            "reason": move.reason,
            "note": move.note,
            "documents": [one.name for one in workflow.needs(move, details or {})],
            "subject_confirmed": move.decides,
            "consulted": move.consulted,
        },
        "tells_applicant": move.tells is not None,
        "grave": move.grave,
        "once": move.once,
        "after": workflow.clock(move.after).title.in_language(language) if move.after else None,
        "alone": move.does is not None,
        "asks": [
            {
                "name": one.name,
                "title": one.title.in_language(language),
                "hint": one.hint.in_language(language),
                "required": one.required,
                "most": one.most,
            }
            for one in move.asks
        ],
    }


def clocks_told(
    clocks: Iterable[Running], workflow: Workflow, today: date, language: Language
) -> list[dict[str, Any]]:
    """Each clock with its rule, its pauses, and every day as it was counted."""
    return [_clock(clock, workflow, today, language) for clock in clocks]


def _clock(clock: Running, workflow: Workflow, today: date, language: Language) -> dict[str, Any]:
    counted = [day["number"] for day in clock.working if day["number"] is not None]
    return {
        "name": clock.name,
        "title": workflow.clock(clock.name).title.in_language(language),
        "days": clock.days,
        "counts": clock.counts.value,
        "rule": clock.rule.get(language),
        "started_on": clock.started_on,
        "stopped_on": clock.stopped_on,
        "paused": clock.paused and clock.stopped_on is None,
        "due_on": clock.due_on,
        "overdue": clock.stopped_on is None and clock.due_on is not None and clock.due_on < today,
        "used": max(counted, default=0) if clock.paused else None,
        "left": None
        if clock.due_on is None or clock.stopped_on is not None
        else sum(day["number"] is not None and day["day"] > today.isoformat() for day in clock.working),
        "pauses": [
            {"from_on": pause.from_on, "until_on": pause.until_on, "reason": reason}
            for pause, reason in zip(clock.pauses, clock.reasons, strict=True)
        ],
        "working": list(clock.working),
    }


def subject_told(case: Case, subject: Subject | None) -> dict[str, Any] | None:
    """The feature a case speaks of and whether it is as it was; None where it speaks of none."""
    if subject is None:
        return None
    return {
        "layer": case.subject_layer,
        "id": case.subject_id,
        "there": subject.there,
        "changed": has_changed(case, subject),
        "version": subject.version(),
        "seen": case.subject_seen,
        "became": list(subject.became),
    }


def workflow_told(workflow: Workflow, caller: Caller, language: Language) -> dict[str, Any]:
    """A workflow for people and programs: states, moves (which of them are the caller's), kinds of
    documents.
    """
    return {
        "name": workflow.name,
        "title": workflow.title.in_language(language),
        "about": workflow.about.in_language(language),
        "subject": workflow.subject,
        "may_open": caller.role in workflow.openers and caller.unit_code is not None,
        "states": [state_told(state, language) for state in workflow.states],
        "moves": [
            _move(move, workflow, language)
            | {"from": list(move.sources), "mine": caller.role in move.roles, "next_step": move.next_step}
            for move in workflow.moves
        ],
        "documents": [
            {
                "name": kind.name,
                "title": kind.title.in_language(language),
                "most_bytes": kind.most_bytes,
                "needed_for": sorted(kind.needed_for),
            }
            for kind in workflow.documents
        ],
        "details": details_asked(workflow, language),
        "kind": workflow.kind,
        "consultation": workflow.consultation,
        "clocks": [{"name": c.name, "title": c.title.in_language(language)} for c in workflow.clocks],
    }
