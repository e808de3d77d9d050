"""Cases filed on line by who has not signed in, and what the holder of a filing's key may do with it.

What is written is written as a role of its own (``gis_filing``), which sees the one filing whose key the
transaction holds, may read nothing of the applicant, and moves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gis_platform.casework.case import Case, find_case, hold_case
from gis_platform.casework.clocks import Running
from gis_platform.casework.codes import new_code, read_code
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.journal import append
from gis_platform.casework.keys import key_hash, new_key
from gis_platform.casework.opening import NewCase, looked_at, put_down
from gis_platform.casework.post import Post
from gis_platform.casework.reading import workflow_of
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter, Conflict, NotFound
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: Who opened it, added a paper, or said something, where that was the holder of the key. No username
# looks so.
ONLINE = "(online)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What the applicant is told once; the key is kept as a hash alone."""

    case: Case
    key: str
    received_on: date
    due_on: date | None
    clocks: Sequence[Running]


async def file_case(
    work: UnitOfWork, workflow: Workflow, new: NewCase, now: datetime, post: Post | None = None
) -> Filed:
    """Take a case in that came on line; from here on the transaction acts for this filing alone.

    Raises:
        BadParameter: such cases are not filed on line, or as `open_case`.
        NotFound: its subject is not there.
    """
    require_online(workflow)
    ready = await looked_at(work, workflow, new, now)
    key, code = new_key(), new_code()
    hashed = key_hash(key)
    if hashed is None:
        raise RuntimeError("a key that was just made is none")
    await _act(work, hashed)
    await work.rows(SQL["file"], code=code, key_hash=hashed)
    case = await put_down(work, workflow, new, ready, code, ONLINE, now, post)
    return Filed(case=case, key=key, received_on=ready.on, due_on=case.due_on, clocks=ready.clocks)


def require_online(workflow: Workflow) -> None:
    """Raises BadParameter where citizens do not file such cases themselves."""
    if not workflow.online:
        raise BadParameter(
            f"{workflow.title.en} is not filed on line. Please go to the one-stop desk of the ward.",
            parameter="workflow",
            detail_vi=f"Thủ tục “{workflow.title.vi}” chưa nhận hồ sơ trực tuyến. Đề nghị nộp tại "
            "bộ phận một cửa của phường, xã.",
        )


async def open_filing(work: UnitOfWork, code: str, key: str) -> Case:
    """The case of a code for the holder of its key; the transaction acts for it from here on.

    Raises:
        BadParameter: it is no code.
        NotFound: no filing has this code and this key; which of them is wrong is not told.
    """
    stored, hashed = read_code(code), key_hash(key)
    if hashed is not None:
        await _act(work, hashed)
        if await work.value(SQL["there"], code=stored):
            return await find_case(work, stored)
    raise NotFound(
        "No filing has this code and this key. Compare both with the receipt.",
        parameter="code",
        detail_vi="Không có hồ sơ trực tuyến nào khớp với mã hồ sơ và khoá này. Đề nghị "
        "đối chiếu cả hai với giấy hẹn.",
    )


async def hold_filing(work: UnitOfWork, code: str, key: str) -> Case:
    """The same, locked until the transaction ends: an officer who moves it waits, or is waited for."""
    case = await open_filing(work, code, key)
    return await hold_case(work, case.code, None)


def may_add(workflow: Workflow, case: Case) -> bool:
    """Whether papers may be added: nobody has taken it up yet, or it waits for the applicant."""
    return case.closed_at is None and (case.waiting or case.state == workflow.initial)


def require_may_add(workflow: Workflow, case: Case) -> None:
    """Raises Conflict where no papers are taken now."""
    if not may_add(workflow, case):
        state = workflow.state(case.state)
        raise Conflict(
            f"Case {case.shown} is in the state {(state.public or state.title).en!r}: papers can be "
            f"added before it "
            "is taken up, and when a supplement is asked for.",
            state=case.state,
            detail_vi=f"Hồ sơ {case.shown} đang ở trạng thái “{(state.public or state.title).vi}”. Chỉ "
            "gửi thêm giấy tờ được khi hồ sơ chưa được tiếp nhận xử lý hoặc khi được yêu cầu bổ sung.",
        )


async def tell_complete(work: UnitOfWork, code: str, key: str) -> Case:
    """The applicant says that all that was asked for is there: noted and told to officers; it moves nothing.

    Raises:
        NotFound: as `open_filing`.
        Conflict: nothing is asked of the applicant now.
    """
    case = await hold_filing(work, code, key)
    workflow = workflow_of(case)
    if not case.waiting or case.closed_at is not None:
        raise Conflict(
            f"Nothing is asked of the applicant of case {case.shown} now.",
            state=case.state,
            detail_vi=f"Hồ sơ {case.shown} hiện không chờ người nộp bổ sung.",
        )
    if await is_told_complete(work, case):
        return case
    await work.rows(SQL["complete"], code=case.code)
    await append(work, case.id, "supplement.told", {})
    await work.raw.execute(
        SQL["notice"].text.encode(),
        {"subject": case.code, "unit_code": case.unit_code, "roles": sorted(workflow.handlers)}
        | completed_words(case.shown),
    )
    return case


async def is_told_complete(work: UnitOfWork, case: Case) -> bool:
    """Whether the applicant has said so since the case was last moved."""
    return bool(case.waiting and await work.value(SQL["told_complete"], case_id=case.id, code=case.code))


def completed_words(shown: str) -> dict[str, str]:
    """What the officers' notice says."""
    return {
        "text_vi": f"Hồ sơ {shown}: người nộp báo đã bổ sung đủ giấy tờ, cần kiểm tra.",
        "text_en": f"Case {shown}: the applicant says that the supplement is complete; it waits to be "
        "checked.",
    }


async def _act(work: UnitOfWork, hashed: bytes) -> None:
    await work.rows(SQL["act"], key_hash=hashed.hex(), actor=ONLINE)
