"""What the paper says that an applicant takes home: what was handed in, and on which day to come back."""

from typing import Any

from gis_platform.casework.case import Case, require_handles
from gis_platform.casework.clocks import Running, clocks_of
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.details import details_told
from gis_platform.casework.documents import documents_of
from gis_platform.casework.people import applicant_of
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language


async def receipt_of(
    work: UnitOfWork, workflow: Workflow, case: Case, language: Language = "vi"
) -> dict[str, Any]:
    """The receipt of a case as it stands now; the applicant's name is on it, so the look is audited.

    Raises:
        Forbidden: the role handles no such cases, or not those of the unit.
    """
    require_handles(work, workflow.handlers, case)
    promised = next((one for one in await clocks_of(work, case.id) if one.name in workflow.starts[:1]), None)
    documents = await documents_of(work, workflow, case.id, language)
    # Last: writing to the trail takes a lock.
    person = await applicant_of(work, workflow, case, "Giấy tiếp nhận hồ sơ", "receipt")
    return {
        "code": case.shown,
        "unit_code": case.unit_code,
        "kind": workflow.title.in_language(language),
        "details": details_told(workflow, case.details, language),
        "place": case.place,
        "applicant": person.get("name"),
        "channel": case.channel,
        "opened_at": case.opened_at,
        "opened_by": case.opened_by,
        "received_on": promised.started_on if promised else None,
        "closed_at": case.closed_at,
        "term": _term(promised, language) if promised else None,
        "documents": [
            {"kind": one["kind_title"], "name": one["name"], "sha256": one["sha256"]} for one in documents
        ],
        "synthetic": case.synthetic,
    }


def _term(clock: Running, language: Language) -> dict[str, Any]:
    return {
        "days": clock.days,
        "counts": clock.counts.value,
        "paused": clock.paused and clock.stopped_on is None,
        "due_on": clock.due_on,
        "rule": clock.rule.get(language),
    }
