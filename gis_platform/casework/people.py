"""The applicant of a case: personal data, by reason, and each look leaves an entry in the audit trail."""

from typing import Any

from gis_platform.audit.record import record
from gis_platform.casework.case import Case, require_handles
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.in_person import PERSONAL_DATA, require_person
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


async def applicant_of(
    work: UnitOfWork, workflow: Workflow, case: Case, reason: str, at: str = "applicant"
) -> dict[str, Any]:
    """Who applied; ``at``: what of the case is looked at, as the trail says it.

    Raises:
        Forbidden: the role handles no such cases, or not those of the unit; or a machine asks.
    """
    require_person(work, PERSONAL_DATA)
    require_handles(work, workflow.handlers, case)
    row = await work.row(SQL["applicant"], case_id=case.id)
    await record(work, "personal-data.read", f"cases/{case.shown}/{at}", {"reason": reason})
    return dict(row) if row else {}
