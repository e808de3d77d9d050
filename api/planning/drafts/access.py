"""Who may work with drafts: planners and administrators. Others do not learn that there are any."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query

from api.dependencies import CurrentCaller, Work
from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.errors import Conflict, Forbidden, SignInNeeded
from layers.planning.drafts.register import Row, draft_of

ROLES = frozenset({Role.PLANNER, Role.ADMIN})
# In OpenAPI `complete` adds what every operation may answer.
MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "No such draft."}}
NOT_DONE: dict[int | str, dict[str, Any]] = MISSING | {409: {"description": "It is not compared yet."}}

DraftId = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the draft.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]


def planner(caller: CurrentCaller) -> Caller:
    """The caller, who works with drafts.

    Raises:
        SignInNeeded: nobody is signed in.
        Forbidden: somebody of another role is.
    """
    if not caller.signed_in:
        raise SignInNeeded(
            "Draft plans are the work of planners. Sign in as one.",
            detail_vi="Phần bản thảo quy hoạch dành cho cán bộ quản lý đô thị. Hãy đăng nhập.",
        )
    if caller.role not in ROLES:
        raise Forbidden(
            f"Draft plans are not open to the role {caller.role}.",
            detail_vi="Vai trò của bạn không được xem bản thảo quy hoạch.",
        )
    return caller


Planner = Annotated[Caller, Depends(planner)]


async def known_draft(work: Work, draft: DraftId) -> Row:
    """The row of the draft in the address."""
    return await draft_of(work, draft)


Draft = Annotated[Row, Depends(known_draft)]


def compared_draft(draft: Draft) -> Row:
    """The same of one that has been compared. Raises `Conflict` where it has not."""
    if draft["state"] != "done":
        raise Conflict(
            f"Draft {draft['id']} is {draft['state']}: what it would change is not there yet.",
            detail_vi=f"Bản thảo số {draft['id']} chưa có kết quả so sánh.",
            state=draft["state"],
        )
    return draft


Compared = Annotated[Row, Depends(compared_draft)]
