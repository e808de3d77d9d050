"""Lists of cases, and workflows as they are declared."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.cases.asking import Staff, Today
from api.dependencies import Work
from api.parameters import Lang
from gis_platform.casework.case import WHOLE_CITY
from gis_platform.casework.listing import MOST_ROWS, ListName, Wanted, known_workflow, page_of
from gis_platform.casework.reading import workflow_of
from gis_platform.casework.registry import installed_workflows
from gis_platform.casework.told import case_told, moves_told, workflow_told

router = APIRouter(prefix="/api", tags=["cases"])

ListParam = Annotated[
    ListName, Query(alias="list", description="Overdue, due today, due soon, waiting on others.")
]
WorkflowParam = Annotated[
    str | None, Query(max_length=40, description="Kind of case, as /api/workflows names it.")
]
UnitParam = Annotated[
    str | None,
    Query(max_length=20, description="Code of a unit, or *; without it the caller's own, where he has one."),
]
StateParam = Annotated[str | None, Query(max_length=40, description="State of the workflow.")]
AssignedParam = Annotated[
    str | None, Query(max_length=100, description="A username, `me`, or `none` for cases nobody works on.")
]
TextParam = Annotated[
    str | None, Query(max_length=200, description="Code, place or applicant; accents may be left out.")
]


def wanted_of(
    caller: Staff,
    name: ListParam = "open",
    workflow: WorkflowParam = None,
    unit: UnitParam = None,
    state: StateParam = None,
    assigned: AssignedParam = None,
    q: TextParam = None,
) -> Wanted:
    """The list that a query asks for."""
    known_workflow(workflow)
    own = caller.unit_code if caller.unit_code != WHOLE_CITY else None
    return Wanted(
        name=name,
        workflow=workflow,
        unit_code=own if unit is None else None if unit == WHOLE_CITY else unit,
        state=state,
        assigned_to={"me": caller.username, "none": ""}.get(assigned or "?", assigned),
        text=q,
    )


@router.get("/workflows")
async def workflows(caller: Staff, lang: Lang = "vi") -> dict[str, Any]:
    """The kinds of cases that the caller may read: states, moves, documents, clocks."""
    seen = [one for one in installed_workflows().values() if caller.role in one.readers]
    return {"workflows": [workflow_told(one, caller, lang) for one in seen]}


@router.get("/cases")
async def cases(
    work: Work,
    caller: Staff,
    today: Today,
    name: ListParam = "open",
    workflow: WorkflowParam = None,
    unit: UnitParam = None,
    state: StateParam = None,
    assigned: AssignedParam = None,
    q: TextParam = None,
    after: Annotated[str | None, Query(max_length=80, description="The `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
    lang: Lang = "vi",
) -> dict[str, Any]:
    """A page of a list, the first due first; `counts` tells how many each list holds."""
    wanted = wanted_of(caller, name, workflow, unit, state, assigned, q)
    page = await page_of(work, wanted, today, after=after, limit=limit)
    told = []
    for case in page.cases:
        kind = workflow_of(case)
        following = moves_told(case, kind, caller, lang)["next"]
        late = case.closed_at is None and case.due_on is not None and case.due_on < today
        told.append(case_told(case, kind, lang) | {"next": following and following["title"], "overdue": late})
    return {
        "list": name,
        "today": today,
        "unit": wanted.unit_code,
        "counts": page.counts,
        "cases": told,
        "next": page.after,
    }
