"""Other open cases of the same kind on the same ground: told to officers, who decide what that means."""

from typing import Any

from gis_platform.casework.case import Case
from gis_platform.casework.codes import shown_code
from gis_platform.casework.declaration import Workflow
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.layer.text import Language
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


async def cases_alike(
    work: UnitOfWork, workflow: Workflow, case: Case, language: Language
) -> list[dict[str, Any]]:
    """Those that are open beside an open case, the oldest first; a closed one has none."""
    if case.subject_id is None or case.closed_at is not None:
        return []
    rows = await work.rows(
        SQL["alike"],
        case_id=case.id,
        workflow=case.workflow,
        layer=case.subject_layer,
        feature=case.subject_id,
        kind=workflow.kind,
        of_kind=case.details.get(workflow.kind) if workflow.kind else None,
    )
    return [
        {
            "code": shown_code(row["code"]),
            "state": workflow.state(row["state"]).title.in_language(language),
            "opened_at": row["opened_at"],
            "channel": row["channel"],
        }
        for row in rows
    ]
