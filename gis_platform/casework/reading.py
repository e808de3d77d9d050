"""A case on one screen: everything the caller may know of it in one answer."""

from datetime import date
from typing import Any

from gis_platform.access.caller import Caller
from gis_platform.casework.alike import cases_alike
from gis_platform.casework.case import WHOLE_CITY, Case, find_case
from gis_platform.casework.clocks import clocks_of
from gis_platform.casework.consulting import OUTCOMES, consultations_of, may_consult
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.details import details_told
from gis_platform.casework.documents import documents_of
from gis_platform.casework.journal import entries
from gis_platform.casework.notes import notes_of
from gis_platform.casework.registry import installed_workflows
from gis_platform.casework.subject import subject_now
from gis_platform.casework.told import case_told, clocks_told, moves_told, results_told, subject_told
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import NotFound
from gis_platform.layer.text import Language


def workflow_of(case: Case) -> Workflow:
    """The workflow of a case.

    Raises:
        NotFound: it is not installed any more.
    """
    workflow = installed_workflows().get(case.workflow)
    if workflow is None:
        raise NotFound(
            f"The workflow {case.workflow!r} of case {case.shown} is not installed any more.",
            detail_vi=f"Loại hồ sơ của hồ sơ {case.shown} không còn được cài đặt. Hãy báo cho quản trị "
            "hệ thống.",
        )
    return workflow


async def whole_case(work: UnitOfWork, code: str, today: date, language: Language) -> dict[str, Any]:
    """The case with its clocks, documents, notes and journal; what is hidden from the caller is named."""
    case = await find_case(work, code)
    workflow = workflow_of(case)
    subject = None
    if case.subject_layer is not None and case.subject_id is not None:
        subject = await subject_now(work, case.subject_layer, case.subject_id)
    inside = _inside(case, workflow, work.caller)
    dossier = workflow.dossier(case.details)
    return {
        **case_told(case, workflow, language),
        "details": details_told(workflow, case.details, language),
        "outcome": case.outcome,
        "results": results_told(workflow, case.outcome, language),
        "moves": moves_told(case, workflow, work.caller, language),
        "clocks": clocks_told(await clocks_of(work, case.id), workflow, today, language),
        "subject": subject_told(case, subject),
        "alike": await cases_alike(work, workflow, case, language),
        "documents": await documents_of(work, workflow, case.id, language) if inside else [],
        "document_kinds": [
            {"name": kind.name, "title": kind.title.in_language(language), "needed": kind in dossier}
            for kind in workflow.documents
        ],
        "consultations": await consultations_of(work, case.id, today, language),
        "may_consult": may_consult(workflow, case, work.caller),
        "notes": await notes_of(work, case.id) if inside else [],
        "journal": [_entry(entry, workflow, language) for entry in await entries(work, case.id)],
        "hidden": [] if inside else _hidden(workflow),
    }


def _inside(case: Case, workflow: Workflow, caller: Caller) -> bool:
    """Whether the caller handles the case: the database shows him the rest by the same rule."""
    return caller.role in workflow.handlers and caller.unit_code in (case.unit_code, WHOLE_CITY)


def _hidden(workflow: Workflow) -> list[str]:
    words = ["consultation_words"] if workflow.consultation else []
    return ["applicant", "documents", "notes", *words]


def _entry(entry: dict[str, Any], workflow: Workflow, language: Language) -> dict[str, Any]:
    """An entry with the titles of what it names, as they are called today."""
    detail = dict(entry["detail"])
    move = workflow.move(str(detail.get("move")))
    if move is not None:
        detail["move_title"] = move.title.in_language(language)
    clock = next((c for c in workflow.clocks if c.name == detail.get("clock")), None)
    if clock is not None:
        detail["clock_title"] = clock.title.in_language(language)
    if entry["action"].startswith("case."):
        for end in ("from", "to"):
            state = next((s for s in workflow.states if s.name == detail.get(end)), None)
            if state is not None:
                detail[f"{end}_title"] = state.title.in_language(language)
    kind = workflow.document(str(detail.get("kind")))
    if kind is not None:
        detail["kind_title"] = kind.title.in_language(language)
    outcome = OUTCOMES.get(str(detail.get("answer")))
    if outcome is not None:
        detail["answer_title"] = outcome.in_language(language)
    return entry | {"detail": detail}
