"""One move on many cases: each is done or refused by itself, and tells its own outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from gis_platform.casework.case import find_case
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.moving import AskedMove, make_move
from gis_platform.casework.post import Post
from gis_platform.casework.reading import workflow_of
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Problem

MOST_AT_ONCE = 100


async def move_each(
    work: UnitOfWork,
    cases: Mapping[str, int],
    asked: AskedMove,
    now: datetime,
    post: Post | None = None,
) -> Sequence[Mapping[str, Any]]:
    """Make a move on each case of ``cases`` (code to the version seen); a refusal undoes its own case alone.

    Returns:
        For each case, in the order asked: ``code``, ``outcome`` (``done`` or ``refused``), and the problem.
    """
    outcomes: dict[str, Mapping[str, Any]] = {}
    # Always in one order: two officers with the same cases wait for each other and never in a circle.
    for code in sorted(cases):
        try:
            async with work.raw.transaction():
                workflow = workflow_of(await find_case(work, code))
                _require_alike(workflow, asked.move)
                case = await make_move(work, workflow, code, replace(asked, version=cases[code]), now, post)
            outcomes[code] = {
                "code": case.shown,
                "outcome": "done",
                "state": case.state,
                "version": case.version,
            }
        except Problem as refusal:
            outcomes[code] = {"code": code, "outcome": "refused", "problem": refusal.body()}
    return [outcomes[code] for code in cases]


def _require_alike(workflow: Workflow, name: str) -> None:
    """Raises BadParameter for a move that does more than move: each case has answers of its own to it."""
    move = workflow.move(name)
    if move is not None and move.does is not None:
        raise BadParameter(
            f"{move.title.en!r} is made on one case at a time.",
            parameter="move",
            detail_vi=f"Bước “{move.title.vi}” được thực hiện trên từng hồ sơ.",
        )
