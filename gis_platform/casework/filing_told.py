"""What is said of filing: the services that citizens file for, and one filing to who holds its key."""

from datetime import date
from typing import Any

from gis_platform.casework.case import Case
from gis_platform.casework.clocks import clocks_of
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.details import details_asked, details_told
from gis_platform.casework.filed_documents import MOST_FILES, filed_documents, room_left
from gis_platform.casework.filing import is_told_complete, may_add
from gis_platform.casework.told import results_told
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_MB = 2**20


def service_told(workflow: Workflow, language: Language, most_mb: int) -> dict[str, Any]:
    """A service that is filed for on line: what a form asks, and which papers belong to it."""
    return {
        "workflow": workflow.name,
        "title": workflow.title.in_language(language),
        "about": workflow.about.in_language(language),
        "subject": workflow.subject,
        "details": details_asked(workflow, language),
        "kind": workflow.kind,
        "documents": [
            {
                "name": one.name,
                "title": one.title.in_language(language),
                "most_bytes": min(one.most_bytes, most_mb * _MB),
                "needed_for": sorted(one.needed_for),
            }
            for one in workflow.documents
            if not one.office
        ],
        "most_files": MOST_FILES,
    }


async def filing_told(
    work: UnitOfWork, case: Case, workflow: Workflow, language: Language, most_mb: int
) -> dict[str, Any]:
    """Where the filing is, what is asked of the applicant, what it holds and what came of it; no person.

    The transaction acts for the filing: its own papers, clocks and steps are all that it sees.
    """
    steps = await work.rows(SQL["steps"], case_id=case.id)
    state = workflow.state(case.state)
    last = steps[-1] if steps else None
    papers = await filed_documents(work, case)
    kinds = {one.name: one.title.in_language(language) for one in workflow.documents}
    dossier = workflow.dossier(case.details)
    room = await room_left(work, case, most_mb)
    return {
        "code": case.shown,
        "workflow": {"name": workflow.name, "title": workflow.title.in_language(language)},
        "place": case.place,
        "unit_code": case.unit_code,
        "received_on": date.fromisoformat(steps[0]["received_on"]) if steps else None,
        "state": {
            "name": state.name,
            "title": (state.public or state.title).in_language(language),
            "ends": state.ends,
        },
        "waits_for_you": case.waiting,
        "reason": last["reason"] if last and (case.waiting or state.ends) else None,
        "may_add": may_add(workflow, case),
        "told_complete": await is_told_complete(work, case),
        "details": details_told(workflow, case.details, language),
        "documents": [paper | {"kind_title": kinds.get(paper["kind"], paper["kind"])} for paper in papers],
        "document_kinds": [
            {
                "name": one.name,
                "title": kinds[one.name],
                "needed": one in dossier,
                "held": any(paper["kind"] == one.name for paper in papers),
            }
            for one in workflow.documents
            if not one.office
        ],
        "files_left": room.files,
        "bytes_left": room.size,
        "clocks": [
            {
                "title": workflow.clock(clock.name).title.in_language(language),
                "due_on": clock.due_on,
                "stopped_on": clock.stopped_on,
                "paused": clock.paused and clock.stopped_on is None,
                "rule": clock.rule.get(language),
            }
            for clock in await clocks_of(work, case.id)
        ],
        "results": results_told(workflow, case.outcome, language, applicant=True),
        "synthetic": case.synthetic,
    }
