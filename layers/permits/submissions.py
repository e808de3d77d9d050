"""The building that is meant: handed in as often as the applicant likes, each time with its check."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import shapely

from gis_platform.casework.case import Case, hold_case, require_handles, require_open
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.journal import append
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.layer.text import Language, Text
from gis_platform.sqlfiles import named_queries
from layers.permits.check import USES, Proposal, check_for
from layers.permits.check.proposal import CHANGES
from layers.permits.register import permit_named
from layers.planning.asking.question import Ground
from layers.planning.asking.refusing import refusal

SQL = named_queries(__file__)

#: Once it was proposed a decision rests on it: another building is handed in after it was sent back.
TAKEN_IN = frozenset({"received", "checking", "supplement"})

Row = dict[str, Any]


async def hand_in(
    work: UnitOfWork,
    workflow: Workflow,
    code: str,
    ground: Ground,
    *,
    floors: int,
    height_m: float,
    use: str | None,
    today: date,
    language: Language,
) -> Row:
    """Keep a building for a case with the answer of its check; parcel, kind and use are the case's.

    Raises:
        NotFound, Forbidden: the case is not there for the caller, or not his.
        Conflict: it is closed, was proposed already, or its kind changes no building.
        BadParameter: the use is not that of the case, or the footprint cannot be checked.
    """
    case = await hold_case(work, code, None)
    require_handles(work, workflow.handlers, case)
    require_open(case)
    proposal = proposed_for(case, ground, floors, height_m, use, language)
    proposal = await with_permit(work, case, proposal, today, language)
    answer = await check_for(work, proposal, today, language)
    return await keep(work, case, proposal, answer, work.caller.username)


def proposed_for(
    case: Case, ground: Ground, floors: int, height_m: float, use: str | None, language: Language
) -> Proposal:
    """The building as it is held against the rules for a case: parcel, kind and use are the case's.

    Raises:
        Conflict: the case was proposed already, or its kind changes no building.
        BadParameter: the use is not that of the case, or the case has no parcel.
    """
    if case.state not in TAKEN_IN:
        raise refusal(Conflict, _PROPOSED, language, parameter="state")
    if case.details["kind"] == "extension":
        raise refusal(Conflict, _EXTENSION, language, parameter="kind")
    if case.subject_id is None:
        raise refusal(BadParameter, _NO_LOT, language, parameter="feature")
    asked = str(case.details["use"])
    if use is not None and use != asked:
        raise refusal(BadParameter, _other_use(asked), language, parameter="use")
    own = case.details.get("permit")
    kind = str(case.details["kind"])
    return Proposal(ground, floors, height_m, asked, kind, case.subject_id, permit=own)


async def with_permit(
    work: UnitOfWork, case: Case, proposal: Proposal, today: date, language: Language
) -> Proposal:
    """The same with the permit that it changes, where there is one of that number: proposing tells what is
    wrong.
    """
    if proposal.kind not in CHANGES or proposal.permit is None or case.subject_id is None:
        return proposal
    try:
        found = await permit_named(work, proposal.permit, case.subject_id, today, language)
    except (NotFound, Conflict):
        return proposal
    return replace(proposal, permit_id=found["id"])


async def keep(work: UnitOfWork, case: Case, proposal: Proposal, answer: Row, by: str) -> Row:
    """Keep the building with the answer of its check, the case being held; as handing it in answers."""
    kept = await work.row(
        SQL["keep"],
        case_id=case.id,
        parcel=answer["parcel"]["id"],
        seen=answer["parcel"]["recorded_from"],
        ground=shapely.to_wkb(proposal.footprint.geometry),
        floors=proposal.floors,
        height_m=proposal.height_m,
        use=proposal.use,
        by=by,
        answer=json.dumps(answer, ensure_ascii=False, default=str),
    )
    if kept is None:
        raise AssertionError("an INSERT with RETURNING returns a row")
    told = {"submission": kept["number"], "outcome": answer["outcome"]}
    await append(work, case.id, "building.submitted", told)
    return _told(kept)


async def handed_in(work: UnitOfWork, case: Case, number: int | None, language: Language) -> Row:
    """The last building of a case, or one of the earlier ones, as the answer to handing it in was.

    Raises:
        NotFound: there is none, or none that the caller may see.
    """
    row = await submission_of(work, case.id, number)
    if row is None:
        raise refusal(NotFound, _NONE, language, parameter="submission")
    return _told(row)


async def submission_of(work: UnitOfWork, case_id: int, number: int | None = None) -> Row | None:
    """A building as it is kept, the last one where no number is given. ``stale`` where its parcel is not the
    version that the check read.
    """
    row = await work.row(SQL["one"], case_id=case_id, number=number)
    return None if row is None else dict(row)


def _told(row: Row) -> Row:
    return {
        "submission": row["number"],
        "made_at": row["made_at"],
        "made_by": row["made_by"],
        "floors": row["floors"],
        "height_m": row["height_m"],
        "use": row["use"],
        "footprint": row["footprint"],
        "check": row["answer"],
    }


def _other_use(use: str) -> Text:
    title = USES[use]
    return Text(
        f"Hồ sơ đề nghị công năng “{title.vi}”. Công năng khác thì lập hồ sơ mới.",
        f"The case asks for: {title.en}. Another use is another case.",
    )


_PROPOSED = Text(
    "Hồ sơ đã trình quyết định hoặc đã kết thúc nên không nhận công trình khác. Cần thay đổi thì trả lại để "
    "kiểm tra trước.",
    "The case is before the one who decides, or has ended: no other building is taken. Send it back first.",
)
_EXTENSION = Text(
    "Gia hạn không thay đổi công trình nên không nhận công trình mới. Cần thay đổi thì lập hồ sơ điều chỉnh.",
    "An extension changes no building. For another building apply for an adjustment.",
)
_NO_LOT = Text(
    "Hồ sơ chưa gắn với thửa đất. Hãy lập hồ sơ mới và chọn thửa đất.",
    "The case is bound to no parcel. Take it in anew and choose one.",
)
_NONE = Text(
    "Hồ sơ chưa có công trình nào được nộp.",
    "No building was handed in for this case.",
)
